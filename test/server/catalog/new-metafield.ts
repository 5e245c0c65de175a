/** Metafields of a brand, to try what holds for all metafields. */
import { startMock, type MockClient } from '../mock.js';
import { newBrand } from './new-category.js';

/** Where the metafields of all brands are. */
export const BRAND_METAFIELDS = '/v3/catalog/brands/metafields';

/** A body that is accepted. */
export function metafieldBody(body: object = {}): object {
  return { permission_set: 'read', namespace: 'Shelves', key: 'aisle', value: '4-2', ...body };
}

/** A mock with a brand; gives the path of the brand's metafields. */
export async function mockWithBrand(): Promise<{ mock: MockClient; path: string; id: number }> {
  const mock = await startMock();
  const id = await newBrand(mock, 'Acme');
  return { mock, id, path: `/v3/catalog/brands/${id}/metafields` };
}

/** Creates a metafield; gives its id. */
export async function newMetafield(mock: MockClient, path: string, body: object = {}): Promise<number> {
  const answer = await mock.post(path, metafieldBody(body)).expect(200);
  return answer.body.data.id as number;
}
