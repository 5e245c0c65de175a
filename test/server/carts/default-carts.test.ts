import { describe, expect, it } from 'vitest';
import { cartId } from '../../../fixtures/index.js';
import { startChecked } from './checked-calls.js';

interface Shown {
  data: { [name: string]: unknown; cart: { line_items: Record<string, unknown[]> } };
}

describe('carts of the small store', () => {
  it('have one with lines of each kind that becomes an order as it stands', async () => {
    const mock = await startChecked({ size: 'small' });
    const path = `/v3/checkouts/${cartId(1, 1)}`;
    const { data } = (await mock.call(200, 'GET', path)).body as Shown;
    expect(data).toMatchObject({
      billing_address: { country_code: 'US' },
      consignments: [{ selected_shipping_option: { type: 'shipping_flatrate' } }],
      fees: [{ type: 'custom_fee' }],
    });
    const { physical_items, custom_items, gift_certificates } = data.cart.line_items;
    expect([physical_items, custom_items, gift_certificates].map((items) => items?.length)).toEqual([2, 1, 1]);
    await mock.call(200, 'POST', `${path}/orders`);
  });

  it('offer the shipping that was chosen under the same id', async () => {
    const mock = await startChecked({ size: 'small' });
    const include = 'include=consignments.available_shipping_options';
    const { body } = await mock.call(200, 'GET', `/v3/checkouts/${cartId(1, 1)}?${include}`);
    const [consignment] = (
      body as {
        data: {
          consignments: { selected_shipping_option: { id: string }; available_shipping_options: { id: string }[] }[];
        };
      }
    ).data.consignments;
    const offered = consignment!.available_shipping_options.map(({ id }) => id);
    expect(offered).toContain(consignment!.selected_shipping_option.id);
  });

  it('have one with a coupon and a gift certificate that is to pay for it', async () => {
    const mock = await startChecked({ size: 'small' });
    const { body } = await mock.call(200, 'GET', `/api/storefront/checkouts/${cartId(1, 2)}`);
    expect(body).toMatchObject({
      coupons: [{ code: 'WELCOME' }],
      giftCertificates: [{ used: expect.any(Number) as number }],
    });
  });
});
