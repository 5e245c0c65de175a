/**
 * A published client, driven against the installed mock as its users drive it against BigCommerce. Only its address is
 * changed: the transport it makes for itself has the real host built in, so it is given one of its own making.
 */
import { Agent } from 'node:http';
import { fetchTransport, Management } from '@aligent/bigcommerce-api';
import { describe, expect, it } from 'vitest';
import { startMock } from './command.js';

type Client = InstanceType<typeof Management.V3.Client>;

/** The library's client of a mock; its own defaults for retries. */
function clientOf(api_url: string, token: 'full-access' | 'read-only' = 'full-access'): Client {
  return new Management.V3.Client(
    fetchTransport({
      baseUrl: api_url,
      headers: { 'X-Auth-Token': `mock-token-${token}` },
      // Its default agent speaks HTTPS only.
      agent: new Agent({ maxSockets: 10 }),
      retry: true,
    }),
  );
}

const kettle = { name: 'Whistling kettle', type: 'physical', weight: 1.4, price: 49.5, sku: 'KETTLE-1' } as const;

describe('@aligent/bigcommerce-api', () => {
  it('lists all products page by page', async () => {
    const { ready } = await startMock();
    const ids: number[] = [];
    for await (const product of clientOf(ready.api_url).list('/catalog/products', { query: { limit: 7 } })) {
      ids.push(product.id);
    }
    expect(ids.length).toBe(ready.counts['catalog.products']);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('creates a product, changes it, gives it a variant and an image, and deletes it', async () => {
    const { ready } = await startMock(['--size', 'empty']);
    const client = clientOf(ready.api_url);
    const { id: product_id, calculated_price } = await client.post('/catalog/products', { body: kettle });
    expect(product_id).toBeGreaterThan(0);
    expect(calculated_price).toBe(49.5);

    const path = { product_id };
    const changed = await client.put('/catalog/products/{product_id}', {
      path,
      body: { ...kettle, price: 39.5, sale_price: 35 },
    });
    expect(changed).toMatchObject({ id: product_id, name: kettle.name, price: 39.5, calculated_price: 35 });

    const option = await client.post('/catalog/products/{product_id}/options', {
      path,
      body: {
        display_name: 'Colour',
        type: 'dropdown',
        option_values: [
          { label: 'Red', sort_order: 0 },
          { label: 'Blue', sort_order: 1 },
        ],
      },
    });
    const [red] = option.option_values;
    const variant = await client.post('/catalog/products/{product_id}/variants', {
      path,
      body: { sku: 'KETTLE-1-RED', price: 42, option_values: [{ option_id: option.id, id: red?.id ?? 0 }] },
    });
    expect(variant).toMatchObject({ product_id, sku: 'KETTLE-1-RED', price: 42 });

    const image = await client.post('/catalog/products/{product_id}/images', {
      path,
      body: { image_url: 'https://example.com/kettle.jpg', is_thumbnail: true },
    });
    expect(image).toMatchObject({ product_id, is_thumbnail: true });

    const [whole] =
      (await client.get('/catalog/products', { query: { 'id:in': [product_id], include: ['options'] } })) ?? [];
    expect(whole).toMatchObject({ id: product_id, options: [{ id: option.id, display_name: 'Colour' }] });
    const variants = await client.get('/catalog/products/{product_id}/variants', { path });
    expect(variants).toEqual([expect.objectContaining({ id: variant.id, sku: 'KETTLE-1-RED' })]);

    expect(await client.delete('/catalog/products/{product_id}', { path })).toBeNull();
    expect(await client.get('/catalog/products/{product_id}', { path })).toBeNull();
  });

  it('uploads an image and finds it under its address', async () => {
    const { ready } = await startMock(['--size', 'empty']);
    const client = clientOf(ready.api_url);
    const { id: product_id } = await client.post('/catalog/products', { body: kettle });
    // The library leaves the encoding of forms to its caller; fetch has one.
    const form = new FormData();
    form.set('image_file', new File([onePixel], 'pixel.png', { type: 'image/png' }));
    const response = await fetch(`${ready.api_url}/catalog/products/${product_id}/images`, {
      method: 'POST',
      headers: { 'X-Auth-Token': 'mock-token-full-access' },
      body: form,
    });
    expect(response.status).toBe(200);
    // The library's types make one object of this list.
    const images: unknown = await client.get('/catalog/products/{product_id}/images', { path: { product_id } });
    expect(images).toEqual([expect.objectContaining({ product_id, url_standard: expect.stringContaining('http') })]);
    const [image] = images as readonly { readonly url_standard: string }[];
    const served = await fetch(image?.url_standard ?? 'no url');
    expect(served.status).toBe(200);
    expect(served.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await served.arrayBuffer())).toEqual(onePixel);
  });

  it('reports a missing scope as 403, and nothing is created', async () => {
    const { ready } = await startMock(['--size', 'empty']);
    const readOnly = clientOf(ready.api_url, 'read-only');
    await expect(readOnly.post('/catalog/products', { body: kettle })).rejects.toThrow(/403.*required scope/);
    expect(await readOnly.get('/catalog/products')).toEqual([]);
  });

  it('reports a taken SKU as 409', async () => {
    const { ready } = await startMock(['--size', 'empty']);
    const client = clientOf(ready.api_url);
    await client.post('/catalog/products', { body: kettle });
    await expect(client.post('/catalog/products', { body: { ...kettle, name: 'Another kettle' } })).rejects.toThrow(
      /409.*sku/i,
    );
  });

  it('waits and tries again when the quota is spent, and gets everything in the end', async () => {
    const { ready } = await startMock(['--rate-limit', '20/2']);
    const client = clientOf(ready.api_url);
    const [first] = (await client.get('/catalog/brands', { query: { limit: 1 } })) ?? [];
    const brand_id = first?.id ?? 0;
    const answers = await Promise.all(
      Array.from({ length: 45 }, () => client.get('/catalog/brands/{brand_id}', { path: { brand_id } })),
    );
    expect(answers.every((brand) => brand?.id === brand_id)).toBe(true);
    const refused = await fetch(`${ready.url}/_mock/requests?status=429`);
    expect(((await refused.json()) as { meta: { total: number } }).meta.total).toBeGreaterThan(0);
  });
});

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);
