/** Custom fields of a product. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';
import { aMinutePasses, dateModified, newProduct, pluck } from './new-product.js';

const fieldsOf = (product: number): string => `/v3/catalog/products/${product}/custom-fields`;

describe('createProductCustomField', () => {
  it('answers the pair with its id and nothing else', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(fieldsOf(product), { name: 'Fabric', value: 'Linen', id: 40 }).expect(200);
    expect(body).toEqual({ data: { id: 1, name: 'Fabric', value: 'Linen' }, meta: {} });
    const read = await mock.get(`${fieldsOf(product)}/1`).expect(200);
    expect(read.body).toEqual(body);
  });

  it('asks for both name and value', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(fieldsOf(product), {}).expect(422);
    expect(body).toMatchObject({
      title: 'Missing Required Fields',
      errors: { name: 'Please provide a name.', value: 'Please provide a value.' },
    });
  });

  it.each(['name', 'value'])('takes a %s of 1 to 250 characters', async (field) => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const pair = { name: 'Fabric', value: 'Linen' };
    await mock.post(fieldsOf(product), { ...pair, [field]: 'a'.repeat(250) }).expect(200);
    for (const text of ['', 'a'.repeat(251)]) {
      const { body } = await mock.post(fieldsOf(product), { ...pair, [field]: text }).expect(422);
      expect(body).toMatchObject({ title: `Invalid field(s): ${field}`, errors: { [field]: expect.any(String) } });
    }
  });

  it('refuses a pair that the product has, but not a name or a value alone', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await mock.post(fieldsOf(product), { name: 'Fabric', value: 'Linen' }).expect(200);
    const { body } = await mock.post(fieldsOf(product), { name: 'Fabric', value: 'Linen' }).expect(422);
    expect(body.title).toBe('The custom field Fabric: Linen already exists');
    await mock.post(fieldsOf(product), { name: 'Fabric', value: 'Cotton' }).expect(200);
    await mock.post(fieldsOf(product), { name: 'Lining', value: 'Linen' }).expect(200);
    const other = await newProduct(mock, { name: 'Cotton towel' });
    await mock.post(fieldsOf(other), { name: 'Fabric', value: 'Linen' }).expect(200);
  });

  it('takes 200 fields for one product and refuses the next', async () => {
    const mock = await startMock();
    const custom_fields = Array.from({ length: 200 }, (_, place) => ({ name: 'Size', value: String(place) }));
    const product = await newProduct(mock, { custom_fields });
    await mock.post(fieldsOf(product), { name: 'Size', value: '200' }).expect(403);
  });

  it('counts as a change of the product', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    for (const write of [
      () => mock.post(fieldsOf(product), { name: 'Fabric', value: 'Linen' }).expect(200),
      () => mock.put(`${fieldsOf(product)}/1`, { value: 'Cotton' }).expect(200),
      () => mock.delete(`${fieldsOf(product)}/1`).expect(204),
    ]) {
      const before = await dateModified(mock, product);
      await aMinutePasses(mock);
      await write();
      expect(Date.parse(await dateModified(mock, product))).toBeGreaterThan(Date.parse(before));
    }
  });
});

describe('getProductCustomFields', () => {
  it('lists the fields of that product, page by page', async () => {
    const mock = await startMock();
    const custom_fields = ['Linen', 'Cotton', 'Wool'].map((value) => ({ name: 'Fabric', value }));
    const product = await newProduct(mock, { custom_fields });
    await newProduct(mock, { name: 'Cotton towel', custom_fields });
    const page = await mock.get(`${fieldsOf(product)}?limit=2&page=2`).expect(200);
    expect(pluck(page, 'value')).toEqual(['Wool']);
    expect(page.body.meta.pagination).toMatchObject({ total: 3, count: 1, per_page: 2, total_pages: 2 });
  });
});

describe('updateProductCustomField', () => {
  it('needs neither name nor value', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await mock.post(fieldsOf(product), { name: 'Fabric', value: 'Linen' }).expect(200);
    const untouched = await mock.put(`${fieldsOf(product)}/1`, {}).expect(200);
    expect(untouched.body.data).toEqual({ id: 1, name: 'Fabric', value: 'Linen' });
    const { body } = await mock.put(`${fieldsOf(product)}/1`, { value: 'Cotton' }).expect(200);
    expect(body.data).toEqual({ id: 1, name: 'Fabric', value: 'Cotton' });
  });

  it('refuses a pair that another field of the product has', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await mock.post(fieldsOf(product), { name: 'Fabric', value: 'Linen' }).expect(200);
    await mock.post(fieldsOf(product), { name: 'Fabric', value: 'Cotton' }).expect(200);
    await mock.put(`${fieldsOf(product)}/2`, { value: 'Linen' }).expect(422);
    await mock.put(`${fieldsOf(product)}/2`, { value: 'Cotton' }).expect(200);
  });

  it('answers 404 for a field of another product', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const other = await newProduct(mock, { name: 'Cotton towel' });
    await mock.post(fieldsOf(product), { name: 'Fabric', value: 'Linen' }).expect(200);
    await mock.put(`${fieldsOf(other)}/1`, { value: 'Cotton' }).expect(404);
  });
});

describe('deleteProductCustomField', () => {
  it('answers 404 for a field that is gone', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await mock.post(fieldsOf(product), { name: 'Fabric', value: 'Linen' }).expect(200);
    await mock.delete(`${fieldsOf(product)}/1`).expect(204);
    await mock.delete(`${fieldsOf(product)}/1`).expect(404);
    await mock.post(fieldsOf(product), { name: 'Fabric', value: 'Linen' }).expect(200);
  });
});
