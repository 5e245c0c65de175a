/** Images of a product. Acceptance scenario 13 is among them. */
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';
import { aMinutePasses, dateModified, newProduct, pluck } from './new-product.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
);
const ADDRESSES = ['url_zoom', 'url_standard', 'url_thumbnail', 'url_tiny'] as const;

const imagesOf = (product: number): string => `/v3/catalog/products/${product}/images`;

interface Image {
  readonly id: number;
  readonly is_thumbnail: boolean;
  readonly sort_order: number;
  readonly [name: string]: unknown;
}

async function addImage(mock: MockClient, product: number, body: object = {}): Promise<Image> {
  const image = { image_url: 'https://images.example.com/towel.jpg', ...body };
  const answer = await mock.post(imagesOf(product), image).expect(200);
  return answer.body.data as Image;
}

async function imageNow(mock: MockClient, product: number, id: number): Promise<Image> {
  const answer = await mock.get(`${imagesOf(product)}/${id}`).expect(200);
  return answer.body.data as Image;
}

describe('createProductImage', () => {
  it('gives an image from an address the URLs that a store would serve it under', async () => {
    const mock = await startMock({ storeHash: 'abc123' });
    const product = await newProduct(mock);
    await mock.raw.post('/_mock/clock').send({ now: '2024-05-01T10:00:00Z' }).expect(200);
    const image = await addImage(mock, product, {
      image_url: 'https://images.example.com/photos/Blue%20towel.v2.PNG?size=big',
      description: 'Folded',
    });
    const start = `https://cdn11.bigcommerce.com/s-abc123/products/${product}/images/${image.id}/`;
    const [mark] = /__(\d{5})\./.exec(String(image.url_zoom))!.slice(1);
    const name = `Blue-towel-v2__${mark}`;
    expect(image).toEqual({
      id: image.id,
      product_id: product,
      is_thumbnail: true,
      sort_order: 0,
      description: 'Folded',
      image_file: expect.stringMatching(new RegExp(`^[a-z]/\\d{1,3}/${name}\\.png$`)),
      url_zoom: expect.stringMatching(new RegExp(`^${start}${name}\\.171455760\\d\\.1280\\.1280\\.png\\?c=1$`)),
      url_standard: expect.stringMatching(new RegExp(`^${start}${name}\\.171455760\\d\\.386\\.513\\.png\\?c=1$`)),
      url_thumbnail: expect.stringMatching(new RegExp(`^${start}${name}\\.171455760\\d\\.220\\.290\\.png\\?c=1$`)),
      url_tiny: expect.stringMatching(new RegExp(`^${start}${name}\\.171455760\\d\\.44\\.58\\.png\\?c=1$`)),
      date_modified: expect.stringMatching(/^2024-05-01T10:00:0\d\+00:00$/),
    });
    expect(await imageNow(mock, product, image.id)).toEqual(image);
  });

  it('keeps one thumbnail as images come and go (scenario 13)', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const a = await addImage(mock, product);
    expect(a.is_thumbnail).toBe(true);
    const b = await addImage(mock, product, { is_thumbnail: true });
    expect(b.is_thumbnail).toBe(true);
    expect(await imageNow(mock, product, a.id)).toMatchObject({ is_thumbnail: false });
    await mock.delete(`${imagesOf(product)}/${b.id}`).expect(204);
    expect(await imageNow(mock, product, a.id)).toMatchObject({ is_thumbnail: true });
    await mock.post(imagesOf(product), {}).expect(422);
    const { body } = await mock
      .post(imagesOf(product))
      .attach('image_file', PNG, { filename: 'towel.png', contentType: 'image/png' })
      .expect(200);
    expect(body.data.url_standard).toMatch(/\/cdn\/.*\.386\.513\.png/);
  });

  it('makes the first image the thumbnail even when told not to', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    expect(await addImage(mock, product, { is_thumbnail: false })).toMatchObject({ is_thumbnail: true });
    expect(await addImage(mock, product)).toMatchObject({ is_thumbnail: false });
  });

  it('puts a new image last and moves others down when its place is taken', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const first = await addImage(mock, product);
    const second = await addImage(mock, product);
    const far = await addImage(mock, product, { sort_order: 7 });
    const last = await addImage(mock, product);
    expect([first, second, far, last].map(({ sort_order }) => sort_order)).toEqual([0, 1, 7, 8]);
    const inserted = await addImage(mock, product, { sort_order: 1 });
    const list = await mock.get(imagesOf(product)).expect(200);
    expect(pluck(list, 'id')).toEqual([first.id, inserted.id, second.id, far.id, last.id]);
    expect(pluck(list, 'sort_order')).toEqual([0, 1, 2, 8, 9]);
  });

  it('refuses a body without a picture', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(imagesOf(product), { description: 'No picture' }).expect(422);
    expect(body).toMatchObject({ status: 422, title: 'image_url must be present if uploading by url' });
    expect(body).not.toHaveProperty('errors');
    const empty = await mock.get(imagesOf(product)).expect(200);
    expect(empty.body.data).toEqual([]);
  });

  it.each(['towel.jpg', '/photos/towel.jpg', 'ftp://images.example.com/towel.jpg', 'https:towel.jpg', 'http://'])(
    'refuses %s, which is no absolute address',
    async (image_url) => {
      const mock = await startMock();
      const product = await newProduct(mock);
      const { body } = await mock.post(imagesOf(product), { image_url }).expect(422);
      expect(body).toMatchObject({
        title: "The field 'image_url' is invalid.",
        errors: { image_url: expect.any(String) },
      });
    },
  );

  it('refuses an address of more than 255 characters', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const image_url = `https://images.example.com/${'a'.repeat(229)}`;
    const { body } = await mock.post(imagesOf(product), { image_url }).expect(422);
    expect(body).toMatchObject({ title: 'Invalid field(s): image_url', errors: { image_url: expect.any(String) } });
    await mock.post(imagesOf(product), { image_url: image_url.slice(0, 255) }).expect(200);
  });

  it('ignores what a store sets itself', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const image = await addImage(mock, product, {
      id: 9000,
      product_id: 77,
      date_modified: '2001-01-01T00:00:00+00:00',
      url_zoom: 'https://elsewhere.example.com/zoom.jpg',
    });
    expect(image).toMatchObject({
      id: 1,
      product_id: product,
      url_zoom: expect.stringContaining('cdn11.bigcommerce.com'),
    });
    expect(image.date_modified).not.toMatch(/^2001/);
  });

  it('takes a thousand images for one product and refuses the next', async () => {
    const mock = await startMock();
    const images = Array.from({ length: 1000 }, () => ({ image_url: 'https://images.example.com/towel.jpg' }));
    const product = await newProduct(mock, { images });
    await mock.post(imagesOf(product), { image_url: 'https://images.example.com/one-more.jpg' }).expect(403);
  });

  it('counts as a change of the product', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const before = await dateModified(mock, product);
    await aMinutePasses(mock);
    await addImage(mock, product);
    expect(Date.parse(await dateModified(mock, product))).toBeGreaterThan(Date.parse(before));
  });

  it('answers 404 for a product that does not exist', async () => {
    const mock = await startMock();
    const { body } = await mock.post(imagesOf(999), { image_url: 'https://images.example.com/a.jpg' }).expect(404);
    expect(body.title).toBe('A product was not found with an id of 999');
  });
});

describe('createProductImage with a file', () => {
  it('serves the uploaded bytes back from every address', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock
      .post(imagesOf(product))
      .field('description', 'From the side')
      .field('sort_order', '4')
      .field('is_thumbnail', 'true')
      .attach('image_file', PNG, { filename: 'Blue towel.png', contentType: 'image/png' })
      .expect(200);
    expect(body.data).toMatchObject({ is_thumbnail: true, sort_order: 4, description: 'From the side' });
    expect(body.data.image_file).toMatch(/^[a-z]\/\d{1,3}\/Blue-towel__\d{5}\.png$/);
    for (const name of ADDRESSES) {
      const { origin, pathname, search } = new URL(body.data[name]);
      expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      const file = await mock.raw.get(pathname + search).expect(200);
      expect(file.headers['content-type']).toBe('image/png');
      expect(file.body).toEqual(PNG);
    }
  });

  it('takes the thumbnail from another image when the form says so', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const first = await addImage(mock, product);
    const upload = mock.post(imagesOf(product)).field('is_thumbnail', '1');
    const { body } = await upload.attach('image_file', PNG, 'towel.png').expect(200);
    expect(body.data.is_thumbnail).toBe(true);
    expect(await imageNow(mock, product, first.id)).toMatchObject({ is_thumbnail: false });
  });

  it('refuses a form that names an address in place of the file', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock
      .post(imagesOf(product))
      .field('image_url', 'https://images.example.com/towel.jpg')
      .expect(422);
    expect(body.title).toBe('image_url must be present if uploading by url');
  });

  it('refuses a form with both a file and an address', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const form = mock.post(imagesOf(product)).field('image_url', 'https://images.example.com/towel.jpg');
    await form.attach('image_file', PNG, 'towel.png').expect(422);
  });

  it('refuses a form without a picture', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await mock.post(imagesOf(product)).field('description', 'No picture').expect(422);
    await mock.post(imagesOf(product)).attach('picture', PNG, 'towel.png').expect(422);
  });

  it.each(['towel.pdf', 'towel.ico', 'towel.constructor'])(
    'refuses %s, a format that products do not take',
    async (filename) => {
      const mock = await startMock();
      const product = await newProduct(mock);
      const form = mock.post(imagesOf(product)).attach('image_file', PNG, { filename, contentType: 'application/pdf' });
      const { body } = await form.expect(422);
      expect(body.title).toBe("The field 'image_file' is invalid.");
    },
  );

  it.each(['bmp', 'gif', 'jpeg', 'jpg', 'png', 'wbmp', 'xbm', 'webp'])('takes a %s file', async (ending) => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await mock.post(imagesOf(product)).attach('image_file', PNG, `towel.${ending}`).expect(200);
  });

  it('refuses a file of more than 8 MB, and keeps nothing of it', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const most = Buffer.alloc(8 * 1024 * 1024, 1);
    await mock.post(imagesOf(product)).attach('image_file', most, 'big.png').expect(200);
    const { body } = await mock
      .post(imagesOf(product))
      .attach('image_file', Buffer.concat([most, PNG]), 'bigger.png')
      .expect(422);
    expect(body).toMatchObject({ code: 10001, title: 'The maximum of 8 MB size limit for upload image is exceeded' });
    const list = await mock.get(imagesOf(product)).expect(200);
    expect(list.body.data).toHaveLength(1);
  });

  it.each([
    ['is_thumbnail', 'perhaps'],
    ['sort_order', 'first'],
    ['sort_order', '1.5'],
    ['sort_order', '2147483648'],
  ])('refuses %s of %s', async (field, value) => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const form = mock.post(imagesOf(product)).field(field, value).attach('image_file', PNG, 'towel.png');
    const { body } = await form.expect(422);
    expect(body).toMatchObject({ title: `Invalid field(s): ${field}`, errors: { [field]: expect.any(String) } });
  });
});

describe('getProductImages', () => {
  it('answers an empty list for a product without images', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.get(imagesOf(product)).expect(200);
    expect(body.data).toEqual([]);
    expect(body.meta.pagination).toMatchObject({ total: 0, total_pages: 0, current_page: 1 });
  });

  it('lists by sort_order, then by id, page by page', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const last = await addImage(mock, product, { sort_order: 9 });
    const first = await addImage(mock, product, { sort_order: -2 });
    const middle = await addImage(mock, product, { sort_order: 3 });
    const page = await mock.get(`${imagesOf(product)}?limit=2`).expect(200);
    expect(pluck(page, 'id')).toEqual([first.id, middle.id]);
    expect(pluck(page, 'sort_order')).toEqual([-2, 3]);
    const rest = await mock.get(`${imagesOf(product)}?limit=2&page=2`).expect(200);
    expect(rest.body.data).toEqual([last]);
  });

  it('lists the images of that product only', async () => {
    const mock = await startMock();
    const one = await newProduct(mock);
    const other = await newProduct(mock, { name: 'Cotton towel' });
    const image = await addImage(mock, one);
    await addImage(mock, other);
    expect(pluck(await mock.get(imagesOf(one)).expect(200), 'id')).toEqual([image.id]);
    await mock.get(`${imagesOf(other)}/${image.id}`).expect(404);
  });
});

describe('updateProductImage', () => {
  it('changes what is sent and nothing else', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const image = await addImage(mock, product);
    await aMinutePasses(mock);
    const { body } = await mock.put(`${imagesOf(product)}/${image.id}`, { description: 'Folded' }).expect(200);
    expect(body.data).toEqual({ ...image, description: 'Folded', date_modified: body.data.date_modified });
    expect(Date.parse(body.data.date_modified)).toBeGreaterThan(Date.parse(String(image.date_modified)));
    expect(await dateModified(mock, product)).toBe(body.data.date_modified);
  });

  it('hands the thumbnail on, but never leaves the product without one', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const a = await addImage(mock, product);
    const b = await addImage(mock, product);
    await mock.put(`${imagesOf(product)}/${a.id}`, { is_thumbnail: false }).expect(200);
    expect(await imageNow(mock, product, a.id)).toMatchObject({ is_thumbnail: true });
    await mock.put(`${imagesOf(product)}/${b.id}`, { is_thumbnail: true }).expect(200);
    const list = await mock.get(imagesOf(product)).expect(200);
    expect(pluck(list, 'is_thumbnail')).toEqual([false, true]);
  });

  it('moves neighbours down when it takes the place of one', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const a = await addImage(mock, product);
    const b = await addImage(mock, product);
    const c = await addImage(mock, product);
    await mock.put(`${imagesOf(product)}/${c.id}`, { sort_order: 0 }).expect(200);
    const list = await mock.get(imagesOf(product)).expect(200);
    expect(pluck(list, 'id')).toEqual([c.id, a.id, b.id]);
    expect(pluck(list, 'sort_order')).toEqual([0, 1, 2]);
  });

  it('gives new addresses to a new picture, from an address or a file', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const image = await addImage(mock, product);
    const path = `${imagesOf(product)}/${image.id}`;
    const named = await mock.put(path, { image_url: 'https://images.example.com/other.webp' }).expect(200);
    expect(named.body.data.url_zoom).toMatch(/^https:\/\/cdn11\..*\/other__\d{5}\.\d+\.1280\.1280\.webp\?c=1$/);
    const form = mock.put(path).field('sort_order', '3').attach('image_file', PNG, 'third.png');
    const uploaded = await form.expect(200);
    expect(uploaded.body.data).toMatchObject({ id: image.id, sort_order: 3, is_thumbnail: true });
    for (const name of ADDRESSES) {
      const { pathname, search } = new URL(uploaded.body.data[name]);
      const file = await mock.raw.get(pathname + search).expect(200);
      expect(file.body).toEqual(PNG);
    }
    const again = await mock.put(path).attach('image_file', PNG, 'third.png').expect(200);
    expect(again.body.data.image_file).not.toBe(uploaded.body.data.image_file);
  });

  it('takes a form without a file for the texts it carries', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const image = await addImage(mock, product);
    const path = `${imagesOf(product)}/${image.id}`;
    const { body } = await mock.put(path).field('description', 'Folded').expect(200);
    expect(body.data).toMatchObject({ description: 'Folded', url_zoom: image.url_zoom });
    await mock.put(path).field('image_url', 'https://images.example.com/towel.jpg').expect(422);
  });

  it('answers 404 for an image that does not exist', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await mock.put(`${imagesOf(product)}/5`, { description: 'Folded' }).expect(404);
  });
});

describe('deleteProductImage', () => {
  it('makes the first of the remaining images the thumbnail', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const thumbnail = await addImage(mock, product, { sort_order: 5 });
    const late = await addImage(mock, product, { sort_order: 9 });
    const early = await addImage(mock, product, { sort_order: 2 });
    await aMinutePasses(mock);
    const before = await dateModified(mock, product);
    await mock.delete(`${imagesOf(product)}/${thumbnail.id}`).expect(204);
    expect(await imageNow(mock, product, early.id)).toMatchObject({ is_thumbnail: true });
    expect(await imageNow(mock, product, late.id)).toMatchObject({ is_thumbnail: false });
    await mock.get(`${imagesOf(product)}/${thumbnail.id}`).expect(404);
    expect(Date.parse(await dateModified(mock, product))).toBeGreaterThan(Date.parse(before));
  });

  it('answers 204 for an image that is not there, and 404 for a product that is not', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await mock.delete(`${imagesOf(product)}/5`).expect(204);
    await mock.delete(`${imagesOf(999)}/5`).expect(404);
  });

  it('stops serving an uploaded file', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(imagesOf(product)).attach('image_file', PNG, 'towel.png').expect(200);
    const { pathname, search } = new URL(body.data.url_tiny);
    await mock.delete(`${imagesOf(product)}/${body.data.id}`).expect(204);
    await mock.raw.get(pathname + search).expect(404);
  });
});

describe('deleteProduct', () => {
  it('takes the images along', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await addImage(mock, product);
    await addImage(mock, product);
    await mock.delete(`/v3/catalog/products/${product}`).expect(204);
    await mock.get(imagesOf(product)).expect(404);
  });
});
