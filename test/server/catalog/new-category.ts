/** Categories and brands to refer to. */
import type { MockClient } from '../mock.js';

/** Creates a category at the top of the default tree; gives its id. */
export async function newCategory(mock: MockClient, name: string): Promise<number> {
  const { body } = await mock.post('/v3/catalog/categories', { name, parent_id: 0 }).expect(200);
  return body.data.id as number;
}

/** Creates a brand; gives its id. */
export async function newBrand(mock: MockClient, name: string): Promise<number> {
  const { body } = await mock.post('/v3/catalog/brands', { name }).expect(200);
  return body.data.id as number;
}
