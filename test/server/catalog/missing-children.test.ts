/** DELETE of a child that a product does not have: quiet where the description has 204 only. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';
import { newProduct } from './new-product.js';

describe('DELETE of a missing child of a product', () => {
  it.each(['images', 'videos', 'reviews', 'complex-rules', 'variants', 'options', 'modifiers'])(
    'answers 204 for %s',
    async (children) => {
      const mock = await startMock();
      const id = await newProduct(mock);
      await mock.delete(`/v3/catalog/products/${String(id)}/${children}/999`).expect(204);
    },
  );

  it.each(['custom-fields', 'bulk-pricing-rules', 'metafields'])('answers 404 for %s', async (children) => {
    const mock = await startMock();
    const id = await newProduct(mock);
    const { body } = await mock.delete(`/v3/catalog/products/${String(id)}/${children}/999`).expect(404);
    expect(body.status).toBe(404);
  });

  it('answers 404 when the product itself is missing', async () => {
    const mock = await startMock();
    await mock.delete('/v3/catalog/products/999/images/1').expect(404);
  });
});
