/** A simple product to hang things on, and what a test asks about it afterwards. */
import type { MockClient } from '../mock.js';

/** Creates a product; gives its id. Names are unique in a store, so a second product needs one of its own. */
export async function newProduct(mock: MockClient, body: object = {}): Promise<number> {
  const product = { name: 'Linen towel', type: 'physical', weight: 1, price: 20, ...body };
  const { body: answer } = await mock.post('/v3/catalog/products', product).expect(200);
  return answer.data.id as number;
}

/** Moves the mock's clock on by a minute, so that whatever is written next has a later date. */
export async function aMinutePasses(mock: MockClient): Promise<void> {
  await mock.raw.post('/_mock/clock').send({ advance_ms: 60_000 }).expect(200);
}

export async function dateModified(mock: MockClient, product_id: number): Promise<string> {
  const { body } = await mock.get(`/v3/catalog/products/${product_id}`).expect(200);
  return body.data.date_modified as string;
}

/** The property of a list's rows. */
export function pluck(
  answer: { readonly body: { readonly data: readonly Record<string, unknown>[] } },
  name: string,
): unknown[] {
  return answer.body.data.map((row) => row[name]);
}
