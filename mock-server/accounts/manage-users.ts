/**
 * Control-panel users and what they are permitted. High-risk permissions are the owner's alone to grant and to take away
 * (documented): whoever received one cannot pass it on, nobody inherits one from whoever let them in, and none of them
 * brings another permission along.
 */
import { ConflictError, ForbiddenError } from '../errors.js';
import type { Store } from '../state/store.js';
import type { User } from '../state/users.js';
import { isPermitted } from './acting-user.js';
import { logPanelEvent } from './event-log.js';
import { isHighRisk, type Permission } from './permissions.js';

export type UserFields = Pick<User, 'email' | 'first_name' | 'last_name' | 'two_factor_enabled' | 'permissions'>;

/**
 * @param actor may manage users
 * @throws ForbiddenError for a permission that the actor cannot give; ConflictError for a taken e-mail address
 */
export function createUser(store: Store, fields: UserFields, actor: User): User {
  requireGrantable(fields.permissions, actor);
  requireFreeEmail(store, fields.email);
  return store.transaction(() => {
    const created_at = new Date(store.clock.now()).toISOString();
    const user = store.users.add({ ...fields, created_at, created_by: actor.email });
    log(store, 'User created', `${actor.email} created the user ${user.email}.`);
    logGrants(store, [], user, actor);
    return user;
  });
}

/**
 * @param actor may manage users
 * @throws ForbiddenError for a change that the actor cannot make; ConflictError for a taken e-mail address
 */
export function updateUser(store: Store, current: User, changes: Partial<UserFields>, actor: User): User {
  if (current.is_owner && !actor.is_owner) throw new ForbiddenError('Only the owner of the store changes the owner');
  const next = { ...current, ...changes };
  requireGrantable(differences(current.permissions, next.permissions), actor);
  if (next.email.toLowerCase() !== current.email.toLowerCase()) requireFreeEmail(store, next.email);
  return store.transaction(() => {
    store.users.replace(next);
    log(store, 'User changed', `${actor.email} changed the user ${next.email}.`);
    logGrants(store, current.permissions, next, actor);
    return next;
  });
}

/** What the user made stays (assumed). @throws ConflictError for the owner; ForbiddenError as for taking permissions away */
export function removeUser(store: Store, user: User, actor: User): void {
  if (user.is_owner) throw new ConflictError('A store keeps its owner', { id: 'the owner cannot be deleted' });
  requireGrantable(user.permissions, actor);
  store.transaction(() => {
    store.users.remove(user.id);
    log(store, 'User deleted', `${actor.email} deleted the user ${user.email}.`);
  });
}

/** Ordinary permissions are given and taken away by whoever holds them (assumed), those of high risk by the owner. */
function requireGrantable(changed: readonly Permission[], actor: User): void {
  const refused = changed.filter((permission) =>
    isHighRisk(permission) ? !actor.is_owner : !isPermitted(actor, permission),
  );
  const [first] = refused;
  if (first === undefined) return;
  throw new ForbiddenError(
    isHighRisk(first)
      ? 'Only the owner of the store grants or takes away high-risk permissions'
      : `${actor.email} cannot grant or take away what they do not hold`,
    { permissions: refused.join(', ') },
  );
}

function requireFreeEmail({ users }: Store, email: string): void {
  if (users.byEmail(email))
    throw new ConflictError('The store has a user with this e-mail address', { email: 'taken' });
}

function differences(before: readonly Permission[], after: readonly Permission[]): Permission[] {
  return [...before.filter((each) => !after.includes(each)), ...after.filter((each) => !before.includes(each))];
}

function logGrants(store: Store, before: readonly Permission[], { email, permissions }: User, actor: User): void {
  const granted = permissions.filter((permission) => !before.includes(permission));
  const taken = before.filter((permission) => !permissions.includes(permission));
  if (granted.length > 0) {
    log(store, 'Permissions granted', `${actor.email} granted ${email}: ${granted.join(', ')}.`);
  }
  if (taken.length > 0) {
    log(store, 'Permissions taken away', `${actor.email} took from ${email}: ${taken.join(', ')}.`);
  }
}

function log(store: Store, summary: string, message: string): void {
  logPanelEvent(store, 'users', summary, message);
}
