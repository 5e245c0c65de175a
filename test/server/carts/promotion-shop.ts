/** Carts, promotions and their codes, made for a test on a mock of its own. */
import { productOf, startChecked, type CheckedMock } from './checked-calls.js';

export interface Item {
  id: string;
  product_id: number;
  quantity: number;
  sale_price: number;
  discount_amount: number;
  coupon_amount: number;
  added_by_promotion: boolean;
  is_mutable: boolean;
}

export interface Cart {
  id: string;
  base_amount: number;
  discount_amount: number;
  manual_discount_amount: number;
  cart_amount: number;
  coupons: { code: string; discounted_amount: number }[];
  line_items: { physical_items: Item[] };
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export class Shop {
  /** Names of products are unique. */
  #products = 0;

  private constructor(readonly mock: CheckedMock) {}

  static async open(): Promise<Shop> {
    return new Shop(await startChecked());
  }

  async call<Data = Cart>(status: number, method: Method, path: string, body?: unknown): Promise<Data> {
    return ((await this.mock.call(status, method, path, body)).body as { data: Data }).data;
  }

  async product(price: number, fields: object = {}): Promise<number> {
    this.#products += 1;
    return (await productOf(this.mock, { name: `Thing ${String(this.#products)}`, price, ...fields })).id;
  }

  async cartOf(...lines: readonly (readonly [product: number, quantity: number])[]): Promise<Cart> {
    const line_items = lines.map(([product_id, quantity]) => ({ product_id, quantity }));
    return this.call(201, 'POST', '/v3/carts', { line_items });
  }

  read({ id }: Pick<Cart, 'id'>): Promise<Cart> {
    return this.call(200, 'GET', `/v3/carts/${id}`);
  }

  /** An automatic promotion of one rule, unless more is said. */
  async promotion(
    action: object,
    { condition, apply_once = true, ...more }: Record<string, unknown> = {},
  ): Promise<number> {
    const rules = [{ action, ...(condition ? { condition } : {}), apply_once }];
    const body = { name: 'Sale', redemption_type: 'AUTOMATIC', rules, ...more };
    return (await this.call<{ id: number }>(201, 'POST', '/v3/promotions', body)).id;
  }

  async couponPromotion(code: string, action: object, more: Record<string, unknown> = {}): Promise<number> {
    const id = await this.promotion(action, { redemption_type: 'COUPON', ...more });
    await this.mock.call(201, 'POST', `/v3/promotions/${String(id)}/codes`, { code });
    return id;
  }

  use(status: number, { id }: Pick<Cart, 'id'>, coupon_code: string) {
    return this.mock.call(status, 'POST', `/v3/checkouts/${id}/coupons`, { coupon_code });
  }
}

export const percent = (percentage_amount: string) => ({ discount: { percentage_amount } });
export const fixed = (fixed_amount: string) => ({ discount: { fixed_amount } });

export const priced = ({ line_items }: Cart) => line_items.physical_items.map(({ sale_price }) => sale_price);
