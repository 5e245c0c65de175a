/** `/_mock/stores/{store_hash}/api-accounts`: store-level API accounts, made, shown, checked and refused. */
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';

const accounts = '/_mock/stores/mockstore1/api-accounts';
const reader = { name: 'Reader', scopes: { products: 'read_only' } };

const total = async (mock: MockClient): Promise<number> => {
  const { body } = await mock.raw.get(accounts).expect(200);
  return body.meta.total as number;
};

describe('POST /_mock/stores/{store_hash}/api-accounts', () => {
  it('answers 201 with credentials that open what was picked and nothing else', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.raw.post(accounts).send(reader).expect(201);
    expect(body).toMatchObject({
      id: 4,
      name: 'Reader',
      kind: 'store',
      token_type: 'api',
      scopes: ['default', 'store_metafield_write', 'store_v2_products_read_only'],
      levels: { products: 'read_only' },
      created_by: 'owner@mockstore1.example.com',
      warnings: [],
    });
    expect(body.client_id).toMatch(/^[a-z0-9]{31}$/);
    expect(body.access_token).toMatch(/^[a-z0-9]{31}$/);
    expect(body.client_secret).toMatch(/^[a-z0-9]{31,64}$/);
    expect(body.api_path).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/stores\/mockstore1\/v3\/$/);
    const client = mock.as(body.access_token as string);
    await client.get('/v3/catalog/products').expect(200);
    await client.post('/v3/catalog/brands', { name: 'No' }).expect(403);
    await client.get('/v2/orders').expect(403);
  });

  it('hands out the text file of the control panel, with names and keys as tools read them', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.post(accounts).send(reader).expect(201);
    expect(body.credentials_file.name).toBe(`BigCommerceAPI-credentials-${String(body.client_id)}-.txt`);
    expect((body.credentials_file.content as string).split('\n')).toEqual([
      'NAME: Reader',
      `CLIENT ID: ${String(body.client_id)}`,
      `CLIENT SECRET: ${String(body.client_secret)}`,
      `ACCESS TOKEN: ${String(body.access_token)}`,
      `API PATH: ${String(body.api_path)}`,
      '',
    ]);
  });

  it('shows secrets once: no later answer, no log and no journal has them', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.post(accounts).send(reader).expect(201);
    await mock.as(body.access_token as string).get('/v3/catalog/products');
    const later = await Promise.all(
      [
        accounts,
        `${accounts}/${String(body.id)}`,
        `${accounts}/${String(body.id)}/preflight?preset=migration-source`,
        '/_mock/requests',
      ].map((path) => mock.raw.get(path).expect(200)),
    );
    const logs = await mock.get('/v3/store/systemlogs').expect(200);
    const texts = [...later, logs].map(({ text }) => text).join();
    expect(texts).toContain(body.client_id);
    expect(texts).not.toContain(body.access_token);
    expect(texts).not.toContain(body.client_secret);
    expect(texts).not.toMatch(/token_hash|[0-9a-f]{64}/);
  });

  it('takes labels of the control panel, and scopes by their own names', async () => {
    const mock = await startMock();
    const labels = { 'Information & Settings': 'Read-only', 'Customers Login': 'Login', Orders: 'none' };
    const picked = await mock.raw.post(accounts).send({ name: 'Labels', scopes: labels }).expect(201);
    expect(picked.body.scopes).toEqual([
      'default',
      'store_metafield_write',
      'store_v2_customers_login',
      'store_v2_information_read_only',
    ]);
    const scopes = ['default', 'store_v2_orders', 'store_metafield_write_all'];
    const listed = await mock.raw.post(accounts).send({ name: 'Scopes', scopes }).expect(201);
    expect(listed.body.scopes).toEqual(['default', 'store_metafield_write_all', 'store_v2_orders']);
    expect(listed.body.levels).toEqual({ orders: 'modify', metafields_access: 'full' });
  });

  it('makes Stencil-CLI tokens, which are for themes', async () => {
    const mock = await startMock({ size: 'small' });
    const input = { name: 'Themes', token_type: 'stencil_cli', access_level: 'local_theme' };
    const { body } = await mock.raw.post(accounts).send(input).expect(201);
    expect(body.token_type).toBe('stencil_cli');
    expect(body.scopes).toContain('store_themes_read_only');
    const client = mock.as(body.access_token as string);
    await client.get('/v3/themes').expect(200);
    await client.post('/v3/themes/actions/activate', {}).expect(403);
    await client.get('/v3/customers').expect(403);
    const publisher = await mock.raw.post(accounts).send({ ...input, access_level: 'publish_theme' });
    expect(publisher.body.scopes).toContain('store_themes_manage');
  });

  it('takes a preset, whose title is the name where none is given', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.post(accounts).send({ preset: 'reporting-connector' }).expect(201);
    expect(body).toMatchObject({
      name: 'Reporting connector',
      levels: { products: 'read_only', orders: 'read_only', customers: 'read_only' },
    });
  });

  it.each<[string, object, string]>([
    ['a name of three characters', { ...reader, name: 'abc' }, 'name'],
    ['a name of blanks', { ...reader, name: '      ' }, 'name'],
    ['a name with a line break, which would add a line to the file', { ...reader, name: 'Read\nNAME: x' }, 'name'],
    ['no name', { scopes: reader.scopes }, 'name'],
    ['no scopes', { name: 'Reader' }, 'scopes'],
    ['nothing but none', { name: 'Reader', scopes: { products: 'none' } }, 'scopes'],
    ['nothing but what every account has', { name: 'Reader', scopes: { metafields_access: 'standard' } }, 'scopes'],
    ['nothing but default', { name: 'Reader', scopes: ['default'] }, 'scopes'],
    ['scopes as a text', { name: 'Reader', scopes: 'store_v2_products' }, 'scopes'],
    ['a resource that does not exist', { name: 'Reader', scopes: { unicorns: 'modify' } }, 'scopes.unicorns'],
    ['an inherited name', { name: 'Reader', scopes: { constructor: 'modify' } }, 'scopes.constructor'],
    ['a level that the resource lacks', { name: 'Reader', scopes: { store_logs: 'modify' } }, 'scopes.store_logs'],
    ['a level that is no text', { name: 'Reader', scopes: { products: true } }, 'scopes.products'],
    ['a scope that does not exist', { name: 'Reader', scopes: ['store_v2_unicorns'] }, 'scopes'],
    ['a scope for apps', { name: 'Reader', scopes: { app_extensions: 'manage' } }, 'scopes.app_extensions'],
    ['a preset that does not exist', { name: 'Reader', preset: 'everything' }, 'preset'],
    ['a preset beside scopes', { ...reader, preset: 'migration-source' }, 'scopes'],
    ['another token type', { ...reader, token_type: 'oauth' }, 'token_type'],
    ['an access level for an API token', { ...reader, access_level: 'publish_theme' }, 'access_level'],
    ['scopes for a Stencil-CLI token', { ...reader, token_type: 'stencil_cli' }, 'scopes'],
    ['a Stencil-CLI token without its level', { name: 'Themes', token_type: 'stencil_cli' }, 'access_level'],
    ['a field that does not exist', { ...reader, client_id: 'mine' }, 'client_id'],
  ])('refuses %s with 422 and makes nothing', async (_case, body, field) => {
    const mock = await startMock();
    const answer = await mock.raw.post(accounts).send(body).expect(422);
    expect(Object.keys(answer.body.errors as object)).toContain(field);
    expect(await total(mock)).toBe(3);
    expect((await mock.get('/v3/store/systemlogs')).body.data).toEqual([]);
  });

  it('refuses a body that is no object', async () => {
    const mock = await startMock();
    await mock.raw.post(accounts).send([reader]).expect(422);
    expect(await total(mock)).toBe(3);
  });

  it('makes fifty accounts with those of the start, and not one more', async () => {
    const mock = await startMock();
    for (let made = 3; made < 50; made += 1) await mock.raw.post(accounts).send(reader).expect(201);
    const { body } = await mock.raw.post(accounts).send(reader).expect(422);
    expect(body.errors).toEqual({ api_accounts: expect.stringContaining('50') });
    expect(await total(mock)).toBe(50);
    await mock.raw.delete(`${accounts}/4`).expect(204);
    await mock.raw.post(accounts).send(reader).expect(201);
  });

  it('knows no account of another store', async () => {
    const mock = await startMock();
    await mock.raw.post('/_mock/stores').send({ store_hash: 'other' }).expect(201);
    const { body } = await mock.raw.post('/_mock/stores/other/api-accounts').send(reader).expect(201);
    await mock
      .as(body.access_token as string)
      .get('/v3/catalog/products')
      .expect(401);
    await mock.raw.get(`${accounts}/4`).expect(404);
    await mock.raw.post('/_mock/stores/nowhere/api-accounts').send(reader).expect(404);
  });
});

describe('GET /_mock/stores/{store_hash}/api-accounts', () => {
  it('lists those of the start', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.get(accounts).expect(200);
    expect((body.data as { name: string }[]).map(({ name }) => name)).toEqual([
      'Full access',
      'Read only',
      'No scopes',
    ]);
  });

  it.each(['99', '0', '-1', '1.5', 'abc', '9'.repeat(40), '%00'])('answers 404 to the id %s', async (id) => {
    const mock = await startMock();
    await mock.raw.get(`${accounts}/${id}`).expect(404);
    await mock.raw.delete(`${accounts}/${id}`).expect(404);
    await mock.raw.get(`${accounts}/${id}/preflight?preset=migration-source`).expect(404);
  });

  it('changes no account: its scopes stay as they were made', async () => {
    const mock = await startMock();
    await mock.raw.put(`${accounts}/1`).send(reader).expect(404);
    expect((await mock.raw.get(`${accounts}/1`)).body.name).toBe('Full access');
  });
});

describe('GET /_mock/stores/{store_hash}/api-accounts/{id}/preflight', () => {
  it('finds nothing missing with the preset that the account was made for', async () => {
    const mock = await startMock();
    await mock.raw.post(accounts).send({ preset: 'migration-source' }).expect(201);
    const { body } = await mock.raw.get(`${accounts}/4/preflight?preset=migration-source`).expect(200);
    expect(body).toEqual({
      account_id: 4,
      name: 'Migration away from BigCommerce',
      preset: 'migration-source',
      is_sufficient: true,
      missing: [],
      excess: [],
    });
  });

  it('names what is missing and what is more than needed', async () => {
    const mock = await startMock();
    await mock.raw
      .post(accounts)
      .send({ name: 'Half', scopes: { products: 'modify', carts: 'modify' } })
      .expect(201);
    const { body } = await mock.raw.get(`${accounts}/4/preflight?preset=reporting-connector`).expect(200);
    expect(body.is_sufficient).toBe(false);
    expect((body.missing as { resource: string }[]).map(({ resource }) => resource)).toEqual(['customers', 'orders']);
    expect((body.excess as { resource: string }[]).map(({ resource }) => resource)).toEqual(['carts', 'products']);
  });

  it.each(['', '?preset=', '?preset=toString', '?preset=a&preset=b', '?presets=migration-source'])(
    'refuses the query "%s"',
    async (query) => {
      const mock = await startMock();
      await mock.raw.get(`${accounts}/1/preflight${query}`).expect(422);
    },
  );
});

describe('GET /_mock/presets', () => {
  it('has levels and scopes for kinds of tools', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.get('/_mock/presets').expect(200);
    expect((body.data as { name: string }[]).map(({ name }) => name)).toEqual([
      'migration-source',
      'migration-target',
      'reporting-connector',
    ]);
    expect(body.data[0].scopes).toContain('store_channel_listings_read_only');
    expect(body.data[1].levels).toMatchObject({ content: 'modify', channel_settings: 'modify' });
  });

  it('stands beside the tables of scopes and permissions', async () => {
    const mock = await startMock();
    const scopes = await mock.raw.get('/_mock/scopes').expect(200);
    expect(scopes.body.data).toContainEqual({
      name: 'products',
      label: 'Products',
      levels: { read_only: 'store_v2_products_read_only', modify: 'store_v2_products' },
      initial: 'none',
      for_apps_only: false,
    });
    const permissions = await mock.raw.get('/_mock/permissions').expect(200);
    expect(permissions.body.data).toContainEqual({ name: 'install_apps', label: 'Install apps', is_high_risk: true });
  });
});
