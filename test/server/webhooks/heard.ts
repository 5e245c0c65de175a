/** What an app hears of that subscribed to everything: for tests of which write raises which event. */
import { startMock, type MockClient } from '../mock.js';
import type { MockServerOptions } from '../../../mock-server/index.js';

/** Every wildcard there is. */
const EVERYTHING = [
  ...['order', 'product', 'sku', 'category', 'brand', 'customer', 'cart', 'shipment', 'subscriber', 'app'],
  ...['information', 'metafield', 'modifier', 'option', 'priceList', 'priceLists', 'inventory', 'channel'],
].map((family) => `store/${family}/*`);

const OF_CHANNELS = ['cart/*', 'category/*', 'categoryTree/updated', 'category/product/assigned'].concat(
  ['category/product/unassigned', 'product/assigned', 'product/unassigned', 'order/*', 'page/*', 'script/*'],
  ['inventory/product/stock_changed', 'inventory/product/low_stock_reached', 'inventory/product/out_of_stock_reached'],
  ['inventory/product/settings_changed', 'settings/*', 'email/templates/updated', 'email/templates/deleted'],
  ['notifications/abandonedCart/updated', 'notifications/inventory/updated', 'theme/configuration/*'],
);

export interface Heard {
  readonly scope: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- every event has a form of its own
  readonly data: any;
}

export interface Listening {
  readonly mock: MockClient;
  /** Events since the last call, each once, in their order; those of channels only where asked for. */
  readonly heard: (which?: { readonly channels?: boolean }) => Promise<readonly Heard[]>;
  /** Their kinds alone. */
  readonly scopes: (which?: { readonly channels?: boolean }) => Promise<readonly string[]>;
}

/** A mock with one webhook for everything; nothing is sent. */
export async function listen(options: MockServerOptions = {}): Promise<Listening> {
  const mock = await startMock({ webhooks: 'off', ...options });
  const scopes = [...EVERYTHING, ...OF_CHANNELS.map((scope) => `store/channel/*/${scope}`)];
  for (const [place, scope] of scopes.entries())
    await mock.post('/v3/hooks', { scope, destination: `https://example.com/${String(place)}` }).expect(200);
  let after = 0;
  const heard: Listening['heard'] = async ({ channels = false } = {}) => {
    // Webhooks are told once the reply is out.
    await new Promise((resolve) => setImmediate(resolve));
    const { body } = await mock.raw.get('/_mock/webhooks/deliveries?limit=1000').expect(200);
    const rows = body.data as { id: number; hash: string; payload: Heard }[];
    const fresh = rows.filter(({ id }) => id > after);
    after = rows.at(-1)?.id ?? after;
    const byHash = new Map(fresh.map(({ hash, payload: { scope, data } }) => [hash, { scope, data }]));
    return [...byHash.values()].filter(({ scope }) => channels || !/^store\/channel\/[\d*]/.test(scope));
  };
  return { mock, heard, scopes: async (which) => (await heard(which)).map(({ scope }) => scope) };
}
