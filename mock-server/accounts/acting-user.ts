/** Who acts in the control panel, and may they? Named by the header `X-Mock-User`; without it, it is the owner. */
import type { IncomingHttpHeaders } from 'node:http';
import { ForbiddenError, UnprocessableError } from '../errors.js';
import type { Store } from '../state/store.js';
import type { User } from '../state/users.js';
import { permissionTable, type Permission } from './permissions.js';

/** Lower-case, as Node names it. */
export const USER_HEADER = 'x-mock-user';

/**
 * @param headers `X-Mock-User` has an id or an e-mail address
 * @throws UnprocessableError for a header that names nobody
 */
export function actingUser(headers: IncomingHttpHeaders, { users }: Store): User {
  const name = headers[USER_HEADER];
  if (name === undefined) return users.owner;
  const text = String(name).trim();
  const user = /^\d{1,15}$/.test(text) ? users.byId(Number(text)) : users.byEmail(text);
  if (user) return user;
  throw new UnprocessableError('X-Mock-User names no user of this store', {
    'X-Mock-User': 'expected the id or e-mail address of a user of this store',
  });
}

export function isPermitted(user: User, permission: Permission): boolean {
  return user.is_owner || user.permissions.includes(permission);
}

/** @throws ForbiddenError naming what the user lacks */
export function requirePermission(user: User, permission: Permission): void {
  if (isPermitted(user, permission)) return;
  throw new ForbiddenError(`${user.email} lacks the permission "${permissionTable[permission].label}"`, {
    'X-Mock-User': `needs ${permission}`,
  });
}

const TWO_FACTOR_IS_OFF =
  'Two-factor authentication is off for the acting user; whoever manages API accounts, apps or users should have it on';

/** On answers to users who should turn two-factor authentication on, even those without a body. */
export const WARNING_HEADER = 'x-mock-warning';

/** What the control panel advises whoever does something of high risk. Nobody is kept out (documented as advice only). */
export function warningsFor(user: User): readonly string[] {
  return user.two_factor_enabled ? [] : [TWO_FACTOR_IS_OFF];
}
