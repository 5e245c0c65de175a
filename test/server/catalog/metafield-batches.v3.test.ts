/** Batches of metafields, whose rows stand or fall each on its own. */
import { describe, expect, it } from 'vitest';
import { BRAND_METAFIELDS, metafieldBody, mockWithBrand, newMetafield } from './new-metafield.js';
import { pluck } from './new-product.js';

const BULK = 'Bulk operation has failed';

describe('createBrandsMetafields', () => {
  it('saves the sound rows, and names each that it refused with the reason', async () => {
    const { mock, id: resource_id } = await mockWithBrand();
    const rows = [
      metafieldBody({ resource_id }),
      metafieldBody({ resource_id }),
      { resource_id, permission_set: 'read', namespace: 'Shelves', key: 'bin' },
      metafieldBody({ key: 'no owner' }),
      metafieldBody({ resource_id, key: 'row' }),
    ];
    const { body } = await mock.post(BRAND_METAFIELDS, rows).expect(422);
    expect(body).toEqual({
      data: [expect.objectContaining({ key: 'aisle' }), expect.objectContaining({ key: 'row' })],
      errors: [
        {
          status: 422,
          title: BULK,
          type: expect.stringContaining('api-status-codes'),
          errors: {
            '1.key': expect.any(String),
            '2.value': 'Please provide a value.',
            '3.resource_id': 'Please provide a resource_id.',
          },
        },
      ],
      meta: { total: 5, success: 2, failed: 3 },
    });
    expect(pluck(await mock.get(BRAND_METAFIELDS), 'key')).toEqual(['aisle', 'row']);
  });

  it('says why in the journal, though the answer is no plain refusal', async () => {
    const { mock } = await mockWithBrand();
    await mock.post(BRAND_METAFIELDS, [metafieldBody({ resource_id: 999 })]).expect(422);
    const { body } = await mock.raw.get('/_mock/requests?operation_id=createBrandsMetafields').expect(200);
    expect(JSON.stringify(body)).toContain(BULK);
  });

  it('wants a list', async () => {
    const { mock, id: resource_id } = await mockWithBrand();
    const { body } = await mock.post(BRAND_METAFIELDS, metafieldBody({ resource_id })).expect(422);
    expect(body.title).toBe('The request payload has to be a JSON array for the endpoint.');
    await mock.post(BRAND_METAFIELDS).type('json').send('[').expect(400);
  });
});

describe('updateBrandsMetafields', () => {
  it('changes what it may and leaves the rest as it was', async () => {
    const { mock, path } = await mockWithBrand();
    const other = mock.asApp('another-app');
    const own = await newMetafield(mock, path);
    const secret = await newMetafield(other, path, { permission_set: 'app_only' });
    const readable = await newMetafield(other, path, { key: 'bin' });
    const rows = [own, secret, readable, 999].map((id) => ({ id, value: 'new' }));
    const { body } = await mock.put(BRAND_METAFIELDS, [...rows, { value: 'new' }]).expect(422);
    expect(pluck({ body }, 'id')).toEqual([own]);
    expect(body.errors[0]).toMatchObject({
      title: BULK,
      errors: {
        '1': 'Metafield does not exist',
        '2.value': expect.any(String),
        '3': 'Metafield does not exist',
        '4.id': 'Please provide a id.',
      },
    });
    expect(body.meta).toEqual({ total: 5, success: 1, failed: 4 });
    expect(pluck(await other.get(path), 'value')).toEqual(['new', '4-2', '4-2']);
  });
});

describe('deleteBrandsMetafields', () => {
  it('deletes what it may and names the rest', async () => {
    const { mock, path } = await mockWithBrand();
    const other = mock.asApp('another-app');
    const own = await newMetafield(mock, path);
    const theirs = await newMetafield(other, path);
    const { body } = await mock.delete(BRAND_METAFIELDS, [999, theirs, own, 'x'] as object).expect(422);
    expect(body).toMatchObject({
      data: [own],
      errors: [
        {
          title: BULK,
          errors: { '0': 'Metafield does not exist', '1': 'Unauthorized to delete', '3': expect.any(String) },
        },
      ],
      meta: { total: 4, success: 1, failed: 3 },
    });
    expect(pluck(await mock.get(BRAND_METAFIELDS), 'id')).toEqual([theirs]);
  });

  it('needs the list of ids', async () => {
    const { mock, path } = await mockWithBrand();
    await newMetafield(mock, path);
    await mock.delete(BRAND_METAFIELDS).type('json').expect(400);
    expect((await mock.get(BRAND_METAFIELDS)).body.data).toHaveLength(1);
  });
});
