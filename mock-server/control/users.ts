/** `/_mock/stores/{store_hash}/users`: control-panel users of a store and what they are permitted. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actingUser, requirePermission, WARNING_HEADER, warningsFor } from '../accounts/acting-user.js';
import { createUser, removeUser, updateUser, type UserFields } from '../accounts/manage-users.js';
import { isPermission, permissions, type Permission } from '../accounts/permissions.js';
import { NotFoundError, UnprocessableError } from '../errors.js';
import type { MockState } from '../state/mock-state.js';
import type { Store } from '../state/store.js';
import type { User } from '../state/users.js';
import { readInput, requireStore, type Input } from './input.js';

const FIELDS = ['email', 'first_name', 'last_name', 'two_factor_enabled', 'permissions'] as const;

interface StoreParams {
  readonly store_hash: string;
}

interface UserParams extends StoreParams {
  readonly id: string;
}

export function userCalls(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  /** Store and user of a call, when the user may manage users. */
  const begin = (
    { params, headers }: FastifyRequest<{ Params: StoreParams }>,
    reply: FastifyReply,
  ): { readonly store: Store; readonly actor: User } => {
    const store = requireStore(state, params.store_hash);
    const actor = actingUser(headers, store);
    requirePermission(actor, 'manage_users');
    const [warning] = warningsFor(actor);
    if (warning !== undefined) reply.header(WARNING_HEADER, warning);
    return { store, actor };
  };
  const path = '/stores/:store_hash/users';

  api.get<{ Params: StoreParams }>(path, (request, reply) => {
    const data = begin(request, reply).store.users.all().map(shown);
    return { data, meta: { total: data.length } };
  });
  api.post<{ Params: StoreParams }>(path, (request, reply) => {
    const { store, actor } = begin(request, reply);
    const fields = readUser(readInput(request.body, FIELDS), ['email']);
    const user = createUser(store, { ...BLANK, ...fields }, actor);
    return reply.code(201).send({ ...shown(user), warnings: warningsFor(actor) });
  });
  api.get<{ Params: UserParams }>(`${path}/:id`, (request, reply) => {
    return shown(requireUser(begin(request, reply).store, request.params.id));
  });
  api.put<{ Params: UserParams }>(`${path}/:id`, (request, reply) => {
    const { store, actor } = begin(request, reply);
    const current = requireUser(store, request.params.id);
    const changes = readUser(readInput(request.body, FIELDS), []);
    if (current.is_owner && changes.permissions) {
      throw new UnprocessableError('Input is invalid', { permissions: 'the owner may do everything' });
    }
    return { ...shown(updateUser(store, current, changes, actor)), warnings: warningsFor(actor) };
  });
  api.delete<{ Params: UserParams }>(`${path}/:id`, (request, reply) => {
    const { store, actor } = begin(request, reply);
    removeUser(store, requireUser(store, request.params.id), actor);
    return reply.code(204).send();
  });
  done();
}

const BLANK: UserFields = { email: '', first_name: '', last_name: '', two_factor_enabled: false, permissions: [] };

/** Fields that were sent. @throws UnprocessableError naming every one that is wrong or lacks */
function readUser(input: Input, required: readonly (keyof UserFields)[]): Partial<UserFields> {
  const problems: Record<string, string> = {};
  const has = (field: keyof UserFields): boolean => input[field] !== undefined || required.includes(field);
  const { email, first_name, last_name, two_factor_enabled } = input;
  if (has('email') && !isEmail(email)) problems.email = 'expected an e-mail address';
  for (const field of ['first_name', 'last_name'] as const)
    if (has(field) && !isLine(input[field])) problems[field] = 'expected at most 100 characters without line breaks';
  if (has('two_factor_enabled') && typeof two_factor_enabled !== 'boolean')
    problems.two_factor_enabled = 'expected true or false';
  const granted = has('permissions') ? readPermissions(input.permissions, problems) : undefined;
  if (Object.keys(problems).length > 0) throw new UnprocessableError('Input is invalid', problems);
  return {
    ...(typeof email === 'string' && { email }),
    ...(typeof first_name === 'string' && { first_name }),
    ...(typeof last_name === 'string' && { last_name }),
    ...(typeof two_factor_enabled === 'boolean' && { two_factor_enabled }),
    ...(granted && { permissions: granted }),
  };
}

/** In the order of the table, each once. */
function readPermissions(value: unknown, problems: Record<string, string>): readonly Permission[] {
  if (Array.isArray(value) && value.every(isPermission)) return permissions.filter((each) => value.includes(each));
  problems.permissions = `expected a list of these: ${permissions.join(', ')}`;
  return [];
}

function isEmail(value: unknown): boolean {
  return (
    typeof value === 'string' && value.length <= 250 && /^[\x21-\x3f\x41-\x7e]+@[\x21-\x3f\x41-\x7e]+$/.test(value)
  );
}

function isLine(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 100 && !/\p{Cc}/u.test(value);
}

/** The owner is permitted everything. */
function shown(user: User): object {
  return { ...user, permissions: user.is_owner ? permissions : user.permissions };
}

function requireUser({ users, hash }: Store, id: string): User {
  const user = /^\d{1,15}$/.test(id) ? users.byId(Number(id)) : undefined;
  if (user) return user;
  throw new NotFoundError(`The store "${hash}" has no user "${id}"`);
}
