/** Reviews of a product, and the sums that the product keeps of them. */
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';
import { aMinutePasses, newProduct, pluck } from './new-product.js';

const reviewsOf = (product: number): string => `/v3/catalog/products/${product}/reviews`;
const review = (overrides: object = {}): object => ({
  title: 'Very soft',
  date_reviewed: '2024-03-01T09:30:00+00:00',
  ...overrides,
});

async function ratingsOf(mock: MockClient, product: number): Promise<object> {
  const { body } = await mock.get(`/v3/catalog/products/${product}`).expect(200);
  return { count: body.data.reviews_count, sum: body.data.reviews_rating_sum };
}

describe('createProductReview', () => {
  it('completes a review with what was not sent', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(reviewsOf(product), review()).expect(200);
    expect(body).toEqual({
      data: {
        id: 1,
        product_id: product,
        title: 'Very soft',
        text: '',
        status: 'pending',
        rating: 0,
        email: '',
        name: '',
        date_reviewed: '2024-03-01T09:30:00+00:00',
        date_created: expect.stringMatching(/\+00:00$/),
        date_modified: body.data.date_created,
      },
      meta: {},
    });
  });

  it.each([
    ['2024-03-01T09:30:00.250Z', '2024-03-01T09:30:00+00:00'],
    ['2024-03-01T09:30:00+02:00', '2024-03-01T07:30:00+00:00'],
    ['2024-03-01T09:30:00', '2024-03-01T09:30:00+00:00'],
    ['2024-03-01', '2024-03-01T00:00:00+00:00'],
  ])('writes the date %s as the catalog writes dates', async (date_reviewed, wanted) => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(reviewsOf(product), review({ date_reviewed })).expect(200);
    expect(body.data.date_reviewed).toBe(wanted);
  });

  it('asks for a title and a date', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(reviewsOf(product), { text: 'Soft' }).expect(422);
    expect(body.title).toBe('Missing Required Fields');
    expect(Object.keys(body.errors).sort()).toEqual(['date_reviewed', 'title']);
  });

  it.each([
    ['status', 'visible'],
    ['rating', 6],
    ['rating', -1],
    ['rating', 2.5],
    ['email', 'no address'],
    ['date_reviewed', '2024-13-41'],
    ['date_reviewed', 'yesterday'],
  ])('refuses %s of %s', async (field, value) => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(reviewsOf(product), review({ [field]: value })).expect(422);
    expect(body).toMatchObject({ title: `Invalid field(s): ${field}`, errors: { [field]: expect.any(String) } });
  });

  it('lets the sums of the product follow the approved reviews', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await mock.post(reviewsOf(product), review({ status: 'approved', rating: 5 })).expect(200);
    await mock.post(reviewsOf(product), review({ status: 'approved', rating: 2 })).expect(200);
    await mock.post(reviewsOf(product), review({ status: 'pending', rating: 1 })).expect(200);
    expect(await ratingsOf(mock, product)).toEqual({ count: 2, sum: 7 });
    await mock.put(`${reviewsOf(product)}/3`, { status: 'approved' }).expect(200);
    expect(await ratingsOf(mock, product)).toEqual({ count: 3, sum: 8 });
    await mock.put(`${reviewsOf(product)}/1`, { rating: 4 }).expect(200);
    expect(await ratingsOf(mock, product)).toEqual({ count: 3, sum: 7 });
    await mock.put(`${reviewsOf(product)}/2`, { status: 'disapproved' }).expect(200);
    expect(await ratingsOf(mock, product)).toEqual({ count: 2, sum: 5 });
    await mock.delete(`${reviewsOf(product)}/1`).expect(204);
    expect(await ratingsOf(mock, product)).toEqual({ count: 1, sum: 1 });
  });
});

describe('getProductReviews', () => {
  it('filters by approval: 1 for approved, 0 for all others', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    for (const status of ['approved', 'pending', 'disapproved']) {
      await mock.post(reviewsOf(product), review({ status })).expect(200);
    }
    expect(pluck(await mock.get(`${reviewsOf(product)}?status=1`).expect(200), 'status')).toEqual(['approved']);
    expect(pluck(await mock.get(`${reviewsOf(product)}?status=0`).expect(200), 'status')).toEqual([
      'pending',
      'disapproved',
    ]);
    const all = await mock.get(reviewsOf(product)).expect(200);
    expect(all.body.data).toHaveLength(3);
  });

  it('answers an empty list for a product without reviews', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.get(reviewsOf(product)).expect(200);
    expect(body.data).toEqual([]);
  });
});

describe('updateProductReview', () => {
  it('changes what is sent and nothing else', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const created = await mock.post(reviewsOf(product), review({ email: 'kim@example.com' })).expect(200);
    await aMinutePasses(mock);
    const { body } = await mock.put(`${reviewsOf(product)}/1`, { text: 'Dries fast', email: '' }).expect(200);
    expect(body.data).toEqual({
      ...created.body.data,
      text: 'Dries fast',
      email: '',
      date_modified: body.data.date_modified,
    });
    expect(Date.parse(body.data.date_modified)).toBeGreaterThan(Date.parse(body.data.date_created));
    await mock.put(`${reviewsOf(product)}/1`, { status: 'gone' }).expect(422);
    await mock.put(`${reviewsOf(product)}/2`, { text: 'Dries fast' }).expect(404);
  });
});

describe('deleteProductReview', () => {
  it('deletes the review, and does not mind one that is gone', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await mock.post(reviewsOf(product), review()).expect(200);
    await mock.delete(`${reviewsOf(product)}/1`).expect(204);
    await mock.get(`${reviewsOf(product)}/1`).expect(404);
    await mock.delete(`${reviewsOf(product)}/1`).expect(204);
    await mock.delete(`${reviewsOf(999)}/1`).expect(404);
  });
});
