/** Links that open a cart in a browser. Described in openapi/documents/carts/carts.v3.yaml. */
import type { CartRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { NotFoundError } from '../../errors.js';
import type { Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { requireCart } from './carts.v3.js';
import { sentBody } from './sent-body.js';
import { textId } from './text-ids.js';

type Schemas = components['schemas'];

/** @throws NotFoundError for a cart that a shopper made (documented; status assumed) */
const createCartRedirectURL: Handler<'createCartRedirectURL'> = (context) => {
  const cart = requireCart(context.keys[0], context);
  if (cart.origin === 'storefront') throw new NotFoundError('The requested cart was not made by the management API.');
  const sent = sentBody(context)?.query_params ?? {};
  const pairs: readonly Pair[] = Array.isArray(sent) ? sent.map((pair) => ({ ...pair })) : [sent];
  const added = pairs.flatMap((pair): [string, string][] =>
    typeof pair['key'] === 'string'
      ? [[pair['key'], typeof pair['value'] === 'string' ? pair['value'] : '']]
      : textEntries(pair),
  );
  return { status: 201, body: { data: redirectUrls(cart, context, added), meta: {} } };
};

type Pair = Readonly<Record<string, unknown>>;

function textEntries(pair: Pair): [string, string][] {
  return Object.entries(pair).map(([name, value]) => [name, String(value)]);
}

/** Links that lead to the storefront, each with a token of its own. */
export function redirectUrls(
  cart: CartRow,
  { store, origin }: Actor,
  added: readonly (readonly [string, string])[] = [],
): Required<Schemas['CartRedirectUrls']> {
  const token = textId(store, 'cart-redirects').replaceAll('-', '');
  const link = (path: string, fields: Record<string, string>): string => {
    const query = new URLSearchParams({ ...fields, id: cart.id, token });
    for (const [name, value] of added) query.append(name, value);
    return `${origin}/${path}?${query.toString()}`;
  };
  return {
    cart_url: link('cart.php', { action: 'load' }),
    checkout_url: link('cart.php', { action: 'loadInCheckout' }),
    embedded_checkout_url: link('cart.php', { embedded: '1', action: 'loadInCheckout' }),
  };
}

export const cartRedirectsDomain: Domain = { resources: [], handlers: { createCartRedirectURL } };
