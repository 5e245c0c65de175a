/** Accounts of stores that are made on request: tokens of their own, and others beside them. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

const stores = '/_mock/stores';

/** What is looked at here of the answer. */
interface NewStore {
  readonly tokens: Readonly<Record<'full_access' | 'read_only' | 'no_scopes', string>>;
  readonly accounts: readonly { readonly access_token: string; readonly client_secret: string }[];
}

const reader = { name: 'Reader', scopes: { products: 'read_only' } };

describe('POST /_mock/stores', () => {
  it('answers with tokens that open this store and no other', async () => {
    const mock = await startMock();
    const make = async (store_hash: string): Promise<NewStore> => {
      return (await mock.raw.post(stores).send({ store_hash }).expect(201)).body as NewStore;
    };
    const [a, b] = [await make('storea'), await make('storeb')];
    const status = async (store_hash: string, token: string): Promise<number> => {
      const path = `/stores/${store_hash}/v3/catalog/products`;
      return (await mock.raw.get(path).set('X-Auth-Token', token)).status;
    };
    expect(await status('storea', a.tokens.full_access)).toBe(200);
    expect(await status('storea', a.tokens.read_only)).toBe(200);
    expect(await status('storea', a.tokens.no_scopes)).toBe(403);
    expect(await status('storeb', a.tokens.full_access)).toBe(401);
    expect(await status('mockstore1', a.tokens.full_access)).toBe(401);
    expect(await status('storea', 'mock-token-full-access')).toBe(401);
    const secrets = [a, b].flatMap(({ accounts }) =>
      accounts.flatMap(({ access_token, client_secret }) => [access_token, client_secret]),
    );
    expect(new Set(secrets).size).toBe(12);
  });

  it('makes accounts beside those of the start, to which a reset leads back', async () => {
    const mock = await startMock();
    const { body } = await mock.raw
      .post(stores)
      .send({ store_hash: 'acme', accounts: [reader] })
      .expect(201);
    const token = body.accounts[3].access_token as string;
    const products = () => mock.raw.get('/stores/acme/v3/catalog/products').set('X-Auth-Token', token);
    await products().expect(200);
    await mock.raw.delete('/_mock/stores/acme/api-accounts/4').expect(204);
    await products().expect(401);
    await mock.raw.post('/_mock/reset').send({ store_hash: 'acme' }).expect(200);
    await products().expect(200);
  });

  it.each<[string, unknown, string]>([
    ['accounts that are no list', reader, 'accounts'],
    ['more accounts than a store may have', Array.from({ length: 48 }, () => reader), 'accounts'],
    ['an account that is none', [reader, 7], 'accounts.1'],
    ['an account without a name', [{ scopes: reader.scopes }], 'accounts.0.name'],
    ['a level that does not exist', [reader, { ...reader, scopes: { products: 'all' } }], 'accounts.1.scopes.products'],
  ])('refuses %s and makes nothing', async (_case, accounts, field) => {
    const mock = await startMock();
    const { body } = await mock.raw.post(stores).send({ accounts }).expect(422);
    expect(Object.keys(body.errors as object)).toEqual([field]);
    expect((await mock.raw.get(stores)).body.meta.total).toBe(1);
  });
});
