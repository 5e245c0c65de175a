/** `/_mock/stores/{store_hash}/users`: who may do what in the control panel, and who may say so. */
import type { Test } from 'supertest';
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';

const base = '/_mock/stores/mockstore1';
const users = `${base}/users`;
const accounts = `${base}/api-accounts`;
const reader = { name: 'Reader', scopes: { customers: 'modify' } };

const CREATE = 'create_store_level_api_accounts';
const LIST = 'list_store_level_api_accounts';
const DELETE = 'delete_store_level_api_accounts';
const HIGH_RISK = [CREATE, LIST, DELETE, 'install_apps', 'uninstall_apps', 'launch_apps'];

const as = (user: string | number, test: Test): Test => test.set('X-Mock-User', String(user));

/** Lets somebody in, as the owner does; gives the id. */
async function letIn(mock: MockClient, email: string, permissions: readonly string[]): Promise<number> {
  const { body } = await mock.raw.post(users).send({ email, permissions, two_factor_enabled: true }).expect(201);
  return body.id as number;
}

const permissionsOf = async (mock: MockClient, id: number): Promise<string[]> => {
  return (await mock.raw.get(`${users}/${String(id)}`).expect(200)).body.permissions as string[];
};

const logged = async (mock: MockClient): Promise<string[]> => {
  const { body } = await mock.get('/v3/store/systemlogs').expect(200);
  return (body.data as { message: string }[]).map(({ message }) => message);
};

describe('owner', () => {
  it('is there from the start, may do everything, and acts where nobody is named', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.get(users).expect(200);
    expect(body.meta.total).toBe(1);
    expect(body.data[0]).toMatchObject({ id: 1, email: 'owner@mockstore1.example.com', is_owner: true });
    expect(body.data[0].permissions).toEqual(expect.arrayContaining(HIGH_RISK));
    await mock.raw.post(accounts).send(reader).expect(201);
    await as(1, mock.raw.get(accounts)).expect(200);
    await as('OWNER@mockstore1.example.com', mock.raw.get(accounts)).expect(200);
  });

  it('stays: cannot be deleted, and is changed by nobody else', async () => {
    const mock = await startMock();
    const manager = await letIn(mock, 'manager@example.com', ['manage_users']);
    await mock.raw.delete(`${users}/1`).expect(409);
    await as(manager, mock.raw.delete(`${users}/1`)).expect(409);
    await as(manager, mock.raw.put(`${users}/1`).send({ email: 'me@example.com' })).expect(403);
    await mock.raw.put(`${users}/1`).send({ permissions: [] }).expect(422);
    await mock.raw.put(`${users}/1`).send({ is_owner: false }).expect(422);
    const { body } = await mock.raw.put(`${users}/1`).send({ email: 'boss@example.com' }).expect(200);
    expect(body).toMatchObject({ is_owner: true, email: 'boss@example.com' });
  });
});

describe('X-Mock-User', () => {
  it.each(['2', 'nobody@example.com', 'undefined', '9'.repeat(30)])('refuses %s, who is nobody here', async (user) => {
    const mock = await startMock();
    for (const path of [accounts, users]) {
      const { body } = await as(user, mock.raw.get(path)).expect(422);
      expect(body.errors).toHaveProperty('X-Mock-User');
    }
  });

  it('knows users of this store only', async () => {
    const mock = await startMock();
    await mock.raw.post('/_mock/stores').send({ store_hash: 'other' }).expect(201);
    await mock.raw.post('/_mock/stores/other/users').send({ email: 'her@example.com' }).expect(201);
    await as('her@example.com', mock.raw.get(accounts)).expect(422);
    expect((await mock.raw.get(users)).body.meta.total).toBe(1);
  });
});

describe('permissions of high risk', () => {
  it.each([
    [CREATE, [201, 403, 403]],
    [LIST, [403, 200, 403]],
    [DELETE, [403, 403, 204]],
  ])('%s permits that and nothing else', async (permission, statuses) => {
    const mock = await startMock();
    const id = await letIn(mock, 'her@example.com', [permission]);
    const made = await as(id, mock.raw.post(accounts).send(reader));
    const listed = await as(id, mock.raw.get(accounts));
    const deleted = await as(id, mock.raw.delete(`${accounts}/2`));
    expect([made.status, listed.status, deleted.status]).toEqual(statuses);
    for (const { status, body } of [made, listed, deleted]) {
      if (status === 403) expect(body.errors['X-Mock-User']).toMatch(/^needs (create|list|delete)_/);
    }
  });

  it('are needed for the preflight and a single account, too', async () => {
    const mock = await startMock();
    const id = await letIn(mock, 'her@example.com', [CREATE, DELETE]);
    await as(id, mock.raw.get(`${accounts}/1`)).expect(403);
    await as(id, mock.raw.get(`${accounts}/1/preflight?preset=migration-source`)).expect(403);
  });

  it('are needed before anything that was sent is looked at', async () => {
    const mock = await startMock();
    const id = await letIn(mock, 'her@example.com', []);
    await as(id, mock.raw.post(accounts).send({ nonsense: true })).expect(403);
    await as(id, mock.raw.delete(`${accounts}/99`)).expect(403);
  });

  it.each(HIGH_RISK)('%s is granted by the owner alone', async (permission) => {
    const mock = await startMock();
    const manager = await letIn(mock, 'manager@example.com', ['manage_users']);
    const colleague = await letIn(mock, 'colleague@example.com', []);
    const change = { permissions: [permission] };
    const { body } = await as(manager, mock.raw.put(`${users}/${String(colleague)}`).send(change)).expect(403);
    expect(body.errors).toEqual({ permissions: permission });
    expect(await permissionsOf(mock, colleague)).toEqual([]);
    await mock.raw
      .put(`${users}/${String(colleague)}`)
      .send(change)
      .expect(200);
    expect(await permissionsOf(mock, colleague)).toEqual([permission]);
  });

  it('are not passed on by whoever received them, neither to others nor to somebody new', async () => {
    const mock = await startMock();
    const holder = await letIn(mock, 'holder@example.com', ['manage_users', ...HIGH_RISK]);
    const colleague = await letIn(mock, 'colleague@example.com', []);
    const change = { permissions: [CREATE] };
    await as(holder, mock.raw.put(`${users}/${String(colleague)}`).send(change)).expect(403);
    await as(holder, mock.raw.post(users).send({ email: 'new@example.com', ...change })).expect(403);
    expect((await mock.raw.get(users)).body.meta.total).toBe(3);
  });

  it('are not inherited from whoever lets somebody in', async () => {
    const mock = await startMock();
    const holder = await letIn(mock, 'holder@example.com', ['manage_users', ...HIGH_RISK]);
    const { body } = await as(holder, mock.raw.post(users).send({ email: 'new@example.com' })).expect(201);
    expect(body).toMatchObject({ permissions: [], created_by: 'holder@example.com' });
    await as('new@example.com', mock.raw.get(accounts)).expect(403);
    const { body: byOwner } = await mock.raw.post(users).send({ email: 'newer@example.com' }).expect(201);
    expect(byOwner.permissions).toEqual([]);
  });

  it('are taken away by the owner alone, be it by deleting the user', async () => {
    const mock = await startMock();
    const manager = await letIn(mock, 'manager@example.com', ['manage_users', CREATE]);
    const holder = await letIn(mock, 'holder@example.com', [CREATE]);
    await as(manager, mock.raw.put(`${users}/${String(holder)}`).send({ permissions: [] })).expect(403);
    await as(manager, mock.raw.delete(`${users}/${String(holder)}`)).expect(403);
    await as(manager, mock.raw.put(`${users}/${String(holder)}`).send({ first_name: 'Ann' })).expect(200);
    expect(await permissionsOf(mock, holder)).toEqual([CREATE]);
    await mock.raw
      .put(`${users}/${String(holder)}`)
      .send({ permissions: [] })
      .expect(200);
    await as(manager, mock.raw.delete(`${users}/${String(holder)}`)).expect(204);
  });

  it('do not widen what their holder may do: the token may, the user still may not', async () => {
    const mock = await startMock({ size: 'small' });
    const id = await letIn(mock, 'her@example.com', [CREATE]);
    const { body } = await as(id, mock.raw.post(accounts).send(reader)).expect(201);
    expect(body.created_by).toBe('her@example.com');
    await mock
      .as(body.access_token as string)
      .get('/v3/customers')
      .expect(200);
    expect(await permissionsOf(mock, id)).toEqual([CREATE]);
    await as(id, mock.raw.get(users)).expect(403);
    await as(id, mock.raw.put(`${users}/${String(id)}`).send({ permissions: ['manage_customers'] })).expect(403);
    await as(id, mock.raw.get(accounts)).expect(403);
  });

  it('end with the user', async () => {
    const mock = await startMock();
    const id = await letIn(mock, 'her@example.com', [LIST]);
    await as(id, mock.raw.get(accounts)).expect(200);
    await mock.raw.delete(`${users}/${String(id)}`).expect(204);
    await as(id, mock.raw.get(accounts)).expect(422);
    await mock.raw.get(`${users}/${String(id)}`).expect(404);
  });
});

describe('ordinary permissions', () => {
  it('are granted by whoever manages users and holds them', async () => {
    const mock = await startMock();
    const manager = await letIn(mock, 'manager@example.com', ['manage_users', 'manage_orders']);
    const grant = (permissions: string[]): Test =>
      as(manager, mock.raw.post(users).send({ email: `${permissions.join('.')}@example.com`, permissions }));
    expect((await grant(['manage_orders']).expect(201)).body.permissions).toEqual(['manage_orders']);
    await grant(['manage_products']).expect(403);
    const more = { permissions: ['manage_users', 'manage_orders', 'manage_products'] };
    await as(manager, mock.raw.put(`${users}/${String(manager)}`).send(more)).expect(403);
  });

  it('are needed to see or change users', async () => {
    const mock = await startMock();
    const id = await letIn(mock, 'her@example.com', ['manage_orders', ...HIGH_RISK]);
    for (const test of [
      mock.raw.get(users),
      mock.raw.get(`${users}/1`),
      mock.raw.post(users).send({ email: 'new@example.com' }),
      mock.raw.put(`${users}/${String(id)}`).send({ first_name: 'Ann' }),
      mock.raw.delete(`${users}/${String(id)}`),
    ]) {
      await as(id, test).expect(403);
    }
  });
});

describe('two-factor authentication', () => {
  it('is a warning where it is off, and keeps nobody out', async () => {
    const mock = await startMock();
    const { body: user } = await mock.raw.post(users).send({ email: 'her@example.com', permissions: HIGH_RISK });
    expect(user).toMatchObject({ two_factor_enabled: false, warnings: [] });
    const made = await as(user.id as number, mock.raw.post(accounts).send(reader)).expect(201);
    expect(made.body.warnings).toEqual([expect.stringContaining('Two-factor')]);
    const path = `${accounts}/${String(made.body.id)}`;
    const deleted = await as(user.id as number, mock.raw.delete(path)).expect(204);
    expect(deleted.headers['x-mock-warning']).toContain('Two-factor');
    await mock.raw.put(`${users}/1`).send({ two_factor_enabled: false }).expect(200);
    const granted = await mock.raw.put(`${users}/2`).send({ permissions: [] }).expect(200);
    expect(granted.body.warnings).toEqual([expect.stringContaining('Two-factor')]);
  });

  it('is no warning where it is on', async () => {
    const mock = await startMock();
    const { body, headers } = await mock.raw.post(accounts).send(reader).expect(201);
    expect(body.warnings).toEqual([]);
    expect(headers['x-mock-warning']).toBeUndefined();
  });
});

describe('log of the store', () => {
  it('has every user created, changed and deleted, and every grant', async () => {
    const mock = await startMock();
    const id = await letIn(mock, 'her@example.com', [CREATE]);
    await mock.raw
      .put(`${users}/${String(id)}`)
      .send({ permissions: [LIST] })
      .expect(200);
    await mock.raw.delete(`${users}/${String(id)}`).expect(204);
    const owner = 'owner@mockstore1.example.com';
    expect(await logged(mock)).toEqual([
      `${owner} created the user her@example.com.`,
      `${owner} granted her@example.com: ${CREATE}.`,
      `${owner} changed the user her@example.com.`,
      `${owner} granted her@example.com: ${LIST}.`,
      `${owner} took from her@example.com: ${CREATE}.`,
      `${owner} deleted the user her@example.com.`,
    ]);
  });

  it('has nothing of what was refused', async () => {
    const mock = await startMock();
    const id = await letIn(mock, 'her@example.com', ['manage_users']);
    const before = await logged(mock);
    await as(id, mock.raw.post(users).send({ email: 'new@example.com', permissions: [CREATE] })).expect(403);
    await as(id, mock.raw.post(accounts).send(reader)).expect(403);
    await mock.raw.post(users).send({ email: 'her@example.com' }).expect(409);
    expect(await logged(mock)).toEqual(before);
  });
});

describe('input', () => {
  it.each<[string, object, string]>([
    ['no e-mail address', {}, 'email'],
    ['what is no e-mail address', { email: 'her' }, 'email'],
    ['an e-mail address that no header could name', { email: 'hér\u0000@example.com' }, 'email'],
    ['a permission that does not exist', { email: 'a@b.c', permissions: ['everything'] }, 'permissions'],
    ['a permission by an inherited name', { email: 'a@b.c', permissions: ['constructor'] }, 'permissions'],
    ['permissions as a text', { email: 'a@b.c', permissions: CREATE }, 'permissions'],
    ['a name that is no text', { email: 'a@b.c', first_name: 7 }, 'first_name'],
    ['two-factor as a text', { email: 'a@b.c', two_factor_enabled: 'yes' }, 'two_factor_enabled'],
    ['a second owner', { email: 'a@b.c', is_owner: true }, 'is_owner'],
  ])('refuses %s with 422 and changes nothing', async (_case, body, field) => {
    const mock = await startMock();
    const answer = await mock.raw.post(users).send(body).expect(422);
    expect(Object.keys(answer.body.errors as object)).toEqual([field]);
    expect((await mock.raw.get(users)).body.meta.total).toBe(1);
    if (field === 'email') return;
    await mock.raw.put(`${users}/1`).send(body).expect(422);
    expect((await mock.raw.get(`${users}/1`)).body.email).toBe('owner@mockstore1.example.com');
  });

  it('refuses a taken e-mail address, letter case aside', async () => {
    const mock = await startMock();
    const id = await letIn(mock, 'her@example.com', []);
    await mock.raw.post(users).send({ email: 'Her@Example.com' }).expect(409);
    await mock.raw.put(`${users}/1`).send({ email: 'HER@example.com' }).expect(409);
    const { body } = await mock.raw
      .put(`${users}/${String(id)}`)
      .send({ email: 'HER@example.com' })
      .expect(200);
    expect(body.email).toBe('HER@example.com');
  });

  it('answers 404 for users and stores that are not there', async () => {
    const mock = await startMock();
    for (const id of ['2', 'abc', '1.0']) {
      await mock.raw.get(`${users}/${id}`).expect(404);
      await mock.raw.put(`${users}/${id}`).send({}).expect(404);
      await mock.raw.delete(`${users}/${id}`).expect(404);
    }
    await mock.raw.get('/_mock/stores/nowhere/users').expect(404);
  });

  it('is forgotten by a reset and comes back with a snapshot', async () => {
    const mock = await startMock();
    const id = await letIn(mock, 'her@example.com', [LIST]);
    await mock.raw.post(`${base}/snapshots`).send({ name: 'with-her' }).expect(201);
    await mock.raw.post('/_mock/reset').expect(200);
    expect((await mock.raw.get(users)).body.meta.total).toBe(1);
    await mock.raw.put(`${base}/snapshots/with-her`).expect(200);
    expect(await permissionsOf(mock, id)).toEqual([LIST]);
  });
});
