/** Trees and categories by the tree service, and how it refuses. */
import type { MockClient } from '../mock.js';
import { pluck } from './new-product.js';

export const TREES = '/v3/catalog/trees';
export const TREE_CATEGORIES = '/v3/catalog/trees/categories';

/** The title of whatever it refuses in a body. */
export const REFUSAL =
  'Please verify if all required fields are present in the request body and are filled with values correctly.';

/** Creates a tree for a channel; gives its id. */
export async function newTree(mock: MockClient, channel = 2): Promise<number> {
  const { body } = await mock.put(TREES, [{ name: `Tree of ${channel}`, channels: [channel] }]).expect(200);
  return body.data[0].id as number;
}

/** Creates one category; gives its id. */
export async function newTreeCategory(mock: MockClient, row: object): Promise<number> {
  const { body } = await mock.post(TREE_CATEGORIES, [row]).expect(201);
  return body.data[0].category_id as number;
}

/** Names of the categories that a query finds in all trees. */
export async function treeCategoryNames(mock: MockClient, query = ''): Promise<unknown[]> {
  return pluck(await mock.get(`${TREE_CATEGORIES}?${query}`).expect(200), 'name');
}
