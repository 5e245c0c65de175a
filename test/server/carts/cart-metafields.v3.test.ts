import { describe, expect, it } from 'vitest';
import { productOf, startChecked } from './checked-calls.js';

describe('cart metafields', () => {
  it('have ids as texts, and go by one and by many', async () => {
    const mock = await startChecked();
    const { id } = await productOf(mock);
    const made = await mock.call(201, 'POST', '/v3/carts', { line_items: [{ product_id: id, quantity: 1 }] });
    const cart = (made.body as { data: { id: string } }).data.id;
    const metafield = { key: 'k', namespace: 'n', value: 'v', permission_set: 'write' };
    const one = await mock.call(200, 'POST', `/v3/carts/${cart}/metafields`, metafield);
    expect(one.body).toMatchObject({
      data: { id: expect.any(String) as string, resource_id: cart, resource_type: 'cart' },
    });
    const own = (one.body as { data: { id: string } }).data.id;
    const path = `/v3/carts/${cart}/metafields/${own}`;
    await mock.call(200, 'PUT', path, { value: 'w' });
    await mock.call(422, 'PUT', path, { value: 5 });
    expect((await mock.call(200, 'GET', path)).body).toMatchObject({ data: { value: 'w' } });
    await mock.call(200, 'POST', '/v3/carts/metafields', [{ ...metafield, key: 'l', resource_id: cart }]);
    await mock.call(200, 'PUT', '/v3/carts/metafields', [{ id: own, value: 'x' }]);
    const listed = await mock.call(200, 'GET', `/v3/carts/${cart}/metafields`);
    expect((listed.body as { data: object[] }).data).toMatchObject([{ value: 'x' }, { key: 'l' }]);
    await mock.call(200, 'DELETE', '/v3/carts/metafields', [Number(own)]);
    await mock.call(204, 'DELETE', `/v3/carts/${cart}/metafields/2`);
    await mock.call(404, 'GET', path);
  });

  it('are ten for an app on one cart', async () => {
    const mock = await startChecked();
    const { id } = await productOf(mock);
    const made = await mock.call(201, 'POST', '/v3/carts', { line_items: [{ product_id: id, quantity: 1 }] });
    const path = `/v3/carts/${(made.body as { data: { id: string } }).data.id}/metafields`;
    for (let number = 0; number < 10; number += 1) {
      await mock.call(200, 'POST', path, {
        key: `k${String(number)}`,
        namespace: 'n',
        value: 'v',
        permission_set: 'read',
      });
    }
    await mock.call(403, 'POST', path, { key: 'more', namespace: 'n', value: 'v', permission_set: 'read' });
  });
});
