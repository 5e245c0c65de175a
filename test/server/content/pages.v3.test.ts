import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

const pages = '/v3/content/pages';
const plain = { name: 'Care guide', type: 'page', body: '<p>Wash by hand.</p>' };

describe('createPages', () => {
  it('answers an object with an object, completed with its URL and defaults, and keeps the body for those who ask', async () => {
    const mock = await startMock();
    const { body } = await mock.post(pages, plain).expect(201);
    expect(body.data).toMatchObject({
      name: 'Care guide',
      url: '/care-guide',
      channel_id: 1,
      is_visible: true,
      parent_id: 0,
      meta_title: '',
    });
    expect(body.data).not.toHaveProperty('body');
    const read = await mock.get(`${pages}/${body.data.id}?include=body`).expect(200);
    expect(read.body.data.body).toBe('<p>Wash by hand.</p>');
  });

  it('answers a list with a list', async () => {
    const mock = await startMock();
    const { body } = await mock.post(pages, [plain, { name: 'Jobs', type: 'link', link: 'https://jobs.example.com' }]);
    expect(body.data).toMatchObject([{ name: 'Care guide' }, { name: 'Jobs' }]);
    expect(body.data[1]).not.toHaveProperty('url');
  });

  it('refuses a name that another page has', async () => {
    const mock = await startMock();
    await mock.post(pages, plain).expect(201);
    const { body } = await mock.post(pages, plain).expect(422);
    expect(body).toMatchObject({ status: 422, title: 'Input is invalid', detail: "'Name' must be unique" });
  });

  it.each([
    [{ name: 'Facts', type: 'raw' }, 'missing the required field: body'],
    [{ name: 'Facts', type: 'link' }, 'missing the required field: link'],
    [{ type: 'page' }, 'missing the required field: name'],
  ])('says which field %j lacks', async (page, detail) => {
    const mock = await startMock();
    const { body } = await mock.post(pages, page).expect(422);
    expect(body).toMatchObject({ title: 'Input is invalid', detail });
  });

  it('keeps the sound pages of a list of which one is refused', async () => {
    const mock = await startMock();
    await mock.post(pages, [plain, { name: 'Facts', type: 'raw' }, { type: 'page' }]).expect(422);
    const { body } = await mock.get(pages).expect(200);
    expect(body.data).toMatchObject([{ name: 'Care guide' }]);
  });

  it('saves a page whose URL is taken without it, and says so by 207', async () => {
    const mock = await startMock();
    await mock.post(pages, { ...plain, url: '/care' }).expect(201);
    await mock.post(pages, { ...plain, name: 'Other', url: '/care' }).expect(207);
    const { body } = await mock.get(`${pages}?name=Other`).expect(200);
    expect(body.data).toMatchObject([{ name: 'Other', url: '' }]);
  });

  it('leaves a channel with one homepage', async () => {
    const mock = await startMock();
    const first = await mock.post(pages, { ...plain, is_homepage: true }).expect(201);
    await mock.post(pages, { ...plain, name: 'Front', is_homepage: true }).expect(201);
    const { body } = await mock.get(`${pages}/${first.body.data.id}`).expect(200);
    expect(body.data.is_homepage).toBe(false);
  });
});

describe('getPage', () => {
  it('names the id of a page that is not there', async () => {
    const mock = await startMock();
    const { body } = await mock.get(`${pages}/99`).expect(404);
    expect(body.title).toBe('A Page was not found with an id of 99');
  });
});

describe('getPage, with the filters of the list', () => {
  it('does not find a page that they leave out', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.get(`${pages}/2?channel_id=1&name:like=return&include=body`).expect(200);
    const { body } = await mock.get(`${pages}/2?channel_id=2`).expect(404);
    expect(body.title).toBe('A Page was not found with an id of 2');
  });

  it('lists an id that is none', async () => {
    const mock = await startMock();
    const { body } = await mock.get(`${pages}/bar`).expect(422);
    expect(body).toMatchObject({ status: 422, title: 'Invalid Input.', errors: ['bar'] });
  });
});

describe('getPages', () => {
  it('lists the values of a filter that it cannot use', async () => {
    const mock = await startMock();
    const { body } = await mock.get(`${pages}?id:in=1,bar`).expect(422);
    expect(body).toMatchObject({ status: 422, title: 'Invalid Input.', errors: ['bar'] });
  });

  it('refuses a parameter that it does not know', async () => {
    const mock = await startMock();
    const { body } = await mock.get(`${pages}?foo=1`).expect(400);
    expect(body).toMatchObject({ status: 400, title: 'Input is invalid', detail: expect.stringContaining('foo') });
  });

  it('looks for a part of a name in names and bodies', async () => {
    const mock = await startMock({ size: 'small' });
    const namesOf = async (part: string): Promise<string[]> => {
      const { body } = await mock.get(`${pages}?name:like=${part}`).expect(200);
      return (body.data as { name: string }[]).map(({ name }) => name);
    };
    expect(await namesOf('RETURNS')).toEqual(['Shipping & Returns']);
    expect(await namesOf('working%20day')).toEqual(['Contact Us']);
  });

  it('still counts all pages when a filter finds none', async () => {
    const mock = await startMock();
    await mock.post(pages, plain).expect(201);
    const { body } = await mock.get(`${pages}?name=Nothing`).expect(200);
    expect(body).toMatchObject({ data: [], meta: { pagination: { total: 1, count: 0 } } });
  });
});

describe('updatePages', () => {
  it('updates each page by its id', async () => {
    const mock = await startMock();
    const made = await mock.post(pages, [plain, { ...plain, name: 'Second' }]);
    const [first, second] = made.body.data as { id: number }[];
    const { body } = await mock
      .put(pages, [
        { id: first!.id, meta_description: 'one' },
        { id: second!.id, meta_description: 'two' },
      ])
      .expect(200);
    expect(body.data).toMatchObject([{ meta_description: 'one' }, { meta_description: 'two' }]);
  });

  it('refuses a page without an id', async () => {
    const mock = await startMock();
    const { body } = await mock.put(pages, { name: 'x' }).expect(422);
    expect(body.title).toBe('Invalid page id provided');
  });
});

describe('deletePages', () => {
  it('deletes what exists and answers 404 for what does not', async () => {
    const mock = await startMock();
    const { body } = await mock.post(pages, plain).expect(201);
    await mock.delete(`${pages}?id:in=${body.data.id},999`).expect(404);
    await mock.get(`${pages}/${body.data.id}`).expect(404);
  });

  it('moves children to the top and hides them', async () => {
    const mock = await startMock();
    const parent = await mock.post(pages, plain);
    const child = await mock.post(pages, { ...plain, name: 'Below', parent_id: parent.body.data.id }).expect(201);
    await mock.delete(`${pages}?id:in=${parent.body.data.id}`).expect(204);
    const { body } = await mock.get(`${pages}/${child.body.data.id}`).expect(200);
    expect(body.data).toMatchObject({ parent_id: 0, is_visible: false });
  });

  it('deletes all below when told to', async () => {
    const mock = await startMock();
    const parent = await mock.post(pages, plain);
    const child = await mock.post(pages, { ...plain, name: 'Below', parent_id: parent.body.data.id });
    const grandchild = await mock.post(pages, { ...plain, name: 'Deep', parent_id: child.body.data.id });
    await mock.delete(`${pages}?id:in=${parent.body.data.id}&delete_children=true`).expect(204);
    await mock.get(`${pages}/${grandchild.body.data.id}`).expect(404);
  });

  it('needs to be told which', async () => {
    const mock = await startMock();
    await mock.delete(pages).expect(422);
  });
});
