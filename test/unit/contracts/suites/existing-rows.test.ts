import { describe, expect, it } from 'vitest';
import { ExistingRows, type PathValues } from '../../../../contracts/suites/existing-rows.js';
import { referenceTo } from '../../../../contracts/suites/references.js';
import type { Send, Target } from '../../../../contracts/index.js';
import { operationById } from '../../../../openapi/index.js';

const plain = {
  id: 'cart-1',
  coupons: [],
  cart: { line_items: { physical_items: [], custom_items: [{ id: 'c-1' }] } },
};
const withCoupon = { ...plain, id: 'cart-2', coupons: [{ id: 5, code: 'TEN' }], fees: [{ id: 'f-1' }] };

/** A store that shows two checkouts, and no list of anything. */
const send: Send = (request) => {
  const found = [plain, withCoupon].find(({ id }) => request.url.endsWith(`/checkouts/${id}`));
  const body = JSON.stringify(found ? { data: found } : {});
  return Promise.resolve({ request, response: { status: found ? 200 : 404, headers: {}, body } });
};

function rowsOf(more: Partial<Target> = {}): ExistingRows {
  const known = { checkoutId: ['cart-1', 'cart-2'] };
  return new ExistingRows({ storeHash: 'abc', tokens: { fullAccess: 't' }, send, known, ...more });
}

const below = (path: string): string => `/stores/{store_hash}/v3/checkouts/{checkoutId}${path}`;

async function allOf(rows: ExistingRows, template: string): Promise<PathValues[]> {
  const found: PathValues[] = [];
  for await (const values of rows.all(template)) found.push(values);
  return found;
}

describe('ExistingRows', () => {
  it('tries each of the values that the target knows', async () => {
    const found = await allOf(rowsOf(), below(''));
    expect(found.map(({ checkoutId }) => checkoutId)).toEqual(['cart-1', 'cart-2']);
  });

  it('finds rows inside of the row above, by the code that the path asks for', async () => {
    expect(await allOf(rowsOf(), below('/coupons/{couponCode}'))).toEqual([
      { store_hash: 'abc', checkoutId: 'cart-2', couponCode: 'TEN' },
    ]);
  });

  it('looks for them further inside, whatever words are before the name', async () => {
    const found = await rowsOf().list(below('/items'), { store_hash: 'abc', checkoutId: 'cart-1' });
    expect(found).toEqual([{ id: 'c-1' }]);
  });
});

describe('referenceTo', () => {
  const values = { store_hash: 'abc', checkoutId: 'cart-2' };

  it('names a row inside of the row that the path leads to', async () => {
    const operation = operationById('CheckoutsFeesByCheckoutIdPut');
    expect(await referenceTo('id', operation, rowsOf(), values)).toBe('f-1');
  });

  it('takes what the target says is to be sent, by the operation first', async () => {
    const rows = rowsOf({ sendable: { coupon_code: 'ANY', 'addCheckoutCoupon.coupon_code': 'OWN' } });
    expect(await referenceTo('coupon_code', operationById('addCheckoutCoupon'), rows, values)).toBe('OWN');
    expect(await referenceTo('coupon_code', operationById('createCart'), rows, values)).toBe('ANY');
  });
});
