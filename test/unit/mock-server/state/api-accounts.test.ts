/** Accounts of a store by token, client id and id; what is kept of their secrets. */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ApiAccounts, type NewAccount } from '../../../../mock-server/state/api-accounts.js';

const created = { created_at: '2026-01-02T03:04:05.000Z', created_by: 'owner@example.com' };
const reader: NewAccount = { name: 'Reader', scopes: ['store_v2_products_read_only'], ...created };

let accounts: ApiAccounts;

beforeEach(() => {
  accounts = new ApiAccounts();
});

describe('add', () => {
  it('gives credentials of 31 or more lower-case letters and digits, and default among the scopes', () => {
    const { account, client_secret, access_token } = accounts.add(reader);
    expect(account.client_id).toMatch(/^[a-z0-9]{31}$/);
    expect(access_token).toMatch(/^[a-z0-9]{31}$/);
    expect(client_secret).toMatch(/^[a-z0-9]{31,64}$/);
    expect([...account.scopes].sort()).toEqual(['default', 'store_v2_products_read_only']);
    expect(account.token_hash).toBe(createHash('sha256').update(access_token).digest('hex'));
  });

  it('makes the account known by token, client id and id', () => {
    const { account, access_token } = accounts.add(reader);
    expect(accounts.byToken(access_token)).toBe(account);
    expect(accounts.byClientId(account.client_id)).toBe(account);
    expect(accounts.byId(account.id)).toBe(account);
    expect(accounts.byToken(`${access_token}x`)).toBeUndefined();
  });

  it('throws for a client id that another account has, and adds nothing', () => {
    accounts.add({ ...reader, client_id: 'taken' });
    expect(() => accounts.add({ ...reader, client_id: 'taken' })).toThrow('client id');
    expect(accounts.size).toBe(1);
  });
});

describe('clientSecretOf', () => {
  it('differs between stores, even for one client id', () => {
    const other = new ApiAccounts();
    const secrets = [accounts, other].map((each) => each.add({ ...reader, client_id: 'the-same' }).client_secret);
    expect(new Set(secrets).size).toBe(2);
  });

  it('is the published one beside a published token only', () => {
    const [published] = accounts.addDefaults('published', created);
    const [own] = new ApiAccounts().addDefaults('own', created);
    expect(published).toMatchObject({
      access_token: 'mock-token-full-access',
      client_secret: 'mock-secret-full-access',
    });
    expect(own?.access_token).toMatch(/^[a-z0-9]{31}$/);
    expect(own?.client_secret).not.toContain('mock-secret');
  });

  it('is the app’s own for an account of an app', () => {
    accounts.appSecretOf = (client_id) => (client_id === 'app1' ? 'secret-of-app1' : undefined);
    expect(accounts.add({ ...reader, kind: 'app', client_id: 'app1' }).client_secret).toBe('secret-of-app1');
  });
});

describe('remove', () => {
  it('leaves nothing to find', () => {
    const { account, access_token } = accounts.add(reader);
    const { changes } = accounts;
    expect(accounts.remove(account.id)).toBe(account);
    expect([accounts.byToken(access_token), accounts.byClientId(account.client_id), accounts.byId(account.id)]).toEqual(
      [undefined, undefined, undefined],
    );
    expect(accounts.changes).toBeGreaterThan(changes);
    expect(accounts.remove(account.id)).toBeUndefined();
  });
});

describe('renew', () => {
  it('gives another token to the same account, and the old one is dead', () => {
    const old = accounts.add({ ...reader, kind: 'app' });
    const renewed = accounts.renew(old.account.id, ['store_v2_orders']);
    expect(renewed?.account).toMatchObject({ id: old.account.id, client_id: old.account.client_id });
    expect(renewed?.account.scopes).toEqual(new Set(['default', 'store_v2_orders']));
    expect(accounts.byToken(old.access_token)).toBeUndefined();
    expect(accounts.byToken(renewed?.access_token ?? '')).toBe(renewed?.account);
    expect(accounts.size).toBe(1);
  });
});

describe('dump and load', () => {
  it('bring every account with its secret to another instance, through JSON', () => {
    const { account, access_token, client_secret } = accounts.add(reader);
    const other = new ApiAccounts();
    other.load(JSON.parse(JSON.stringify(accounts.dump())) as ReturnType<typeof accounts.dump>);
    expect(other.byToken(access_token)).toEqual(account);
    expect(other.clientSecretOf(account)).toBe(client_secret);
    expect(other.add(reader).account.id).toBe(account.id + 1);
  });

  it('keep neither token nor client secret', () => {
    const { access_token, client_secret } = accounts.add(reader);
    const [full] = accounts.addDefaults('published', created);
    const text = JSON.stringify(accounts.dump());
    for (const secret of [access_token, client_secret, full?.access_token ?? '', full?.client_secret ?? '']) {
      expect(text).not.toContain(secret);
    }
  });
});

describe('reset', () => {
  it('leads back to the accounts kept as the start, with their tokens, also after a load', () => {
    const [full] = accounts.addDefaults('own', created);
    accounts.keepAsStart();
    const { access_token } = accounts.add(reader);
    accounts.remove(full?.account.id ?? 0);
    const other = new ApiAccounts();
    other.load(accounts.dump());
    for (const each of [accounts, other]) {
      each.reset();
      expect(each.size).toBe(3);
      expect(each.byToken(full?.access_token ?? '')?.name).toBe('Full access');
      expect(each.byToken(access_token)).toBeUndefined();
      expect(each.add(reader).account.id).toBe(4);
    }
  });
});
