/** Videos of a product. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';
import { aMinutePasses, dateModified, newProduct, pluck } from './new-product.js';

const videosOf = (product: number): string => `/v3/catalog/products/${product}/videos`;

describe('createProductVideo', () => {
  it('leaves blank what a real store would ask the host for', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(videosOf(product), { video_id: 'z3fRu9pkuXE' }).expect(200);
    const video = {
      id: 1,
      product_id: product,
      title: '',
      description: '',
      length: '',
      sort_order: 0,
      type: 'youtube',
      video_id: 'z3fRu9pkuXE',
    };
    expect(body).toEqual({ data: video, meta: {} });
    const read = await mock.get(`${videosOf(product)}/1`).expect(200);
    expect(read.body.data).toEqual(video);
  });

  it('puts a new video last and moves others down when its place is taken', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await mock.post(videosOf(product), { video_id: 'first' }).expect(200);
    await mock.post(videosOf(product), { video_id: 'second' }).expect(200);
    await mock.post(videosOf(product), { video_id: 'inserted', sort_order: 0 }).expect(200);
    const list = await mock.get(videosOf(product)).expect(200);
    expect(pluck(list, 'video_id')).toEqual(['first', 'second', 'inserted']);
    expect(pluck(list, 'sort_order')).toEqual([1, 2, 0]);
  });

  it.each([{}, { video_id: '' }])('refuses %j, which names no video', async (video) => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(videosOf(product), { title: 'Untitled', ...video }).expect(422);
    expect(body).toMatchObject({
      title: 'Missing Required Fields',
      errors: { video_id: 'Please provide a video_id.' },
    });
  });

  it('refuses another host than YouTube', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(videosOf(product), { video_id: 'abc', type: 'vimeo' }).expect(422);
    expect(body.errors).toHaveProperty('type');
  });

  it('counts as a change of the product', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const before = await dateModified(mock, product);
    await aMinutePasses(mock);
    await mock.post(videosOf(product), { video_id: 'abc' }).expect(200);
    expect(Date.parse(await dateModified(mock, product))).toBeGreaterThan(Date.parse(before));
  });
});

describe('updateProductVideo', () => {
  it('changes what is sent and leaves what the store sets itself', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const created = await mock.post(videosOf(product), { video_id: 'abc', title: 'Care' }).expect(200);
    const { body } = await mock
      .put(`${videosOf(product)}/1`, { id: 5, product_id: 77, length: '01:00', description: 'How to wash it' })
      .expect(200);
    expect(body.data).toEqual({ ...created.body.data, description: 'How to wash it' });
  });

  it('answers 404 for a video that does not exist', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await mock.put(`${videosOf(product)}/5`, { title: 'Care' }).expect(404);
  });
});

describe('deleteProductVideo', () => {
  it('deletes the video, and does not mind one that is gone', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await mock.post(videosOf(product), { video_id: 'abc' }).expect(200);
    await mock.delete(`${videosOf(product)}/1`).expect(204);
    await mock.get(`${videosOf(product)}/1`).expect(404);
    await mock.delete(`${videosOf(product)}/1`).expect(204);
    await mock.delete(`${videosOf(999)}/1`).expect(404);
  });
});
