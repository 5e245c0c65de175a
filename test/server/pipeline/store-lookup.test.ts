/** Whose shoppers are asking: paths of the storefront do not name the store, the host does. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

const kettle = { name: 'Kettle', type: 'physical', weight: 1, price: 30, is_visible: true };

/** A mock with a second store, the only one with a product, which shoppers can put into a cart. */
async function withSecondStore(): Promise<(host?: string) => Promise<number>> {
  const mock = await startMock();
  const { body: made } = await mock.raw.post('/_mock/stores').send({ store_hash: 'acme' }).expect(201);
  const products = mock.raw.post('/stores/acme/v3/catalog/products').set('X-Auth-Token', made.tokens.full_access);
  const { body } = await products.send(kettle).expect(200);
  const cart = { lineItems: [{ productId: body.data.id as number, quantity: 1 }] };
  const cartAt = async (host?: string): Promise<number> => {
    const call = mock.raw.post('/api/storefront/carts').send(cart);
    return (await (host === undefined ? call : call.set('Host', host))).status;
  };
  return cartAt;
}

describe('a path of the storefront', () => {
  it.each(['store-acme.mybigcommerce.com', 'Store-Acme.MyBigCommerce.com:4010', 'store-acme-3.mybigcommerce.com'])(
    'is of the store whose domain is %s',
    async (host) => {
      const cartAt = await withSecondStore();
      expect(await cartAt(host)).toBe(200);
    },
  );

  it('is of the default store on any other host', async () => {
    const cartAt = await withSecondStore();
    const statuses = await Promise.all([undefined, 'store-acme.example.com', 'acme.mybigcommerce.com'].map(cartAt));
    expect(new Set(statuses)).toEqual(new Set([await cartAt('store-mockstore1.mybigcommerce.com')]));
    expect(statuses).not.toContain(200);
  });

  it('is unknown at the domain of a store that is not there', async () => {
    const cartAt = await withSecondStore();
    expect(await cartAt('store-nowhere.mybigcommerce.com')).toBe(404);
  });
});
