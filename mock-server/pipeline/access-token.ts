/**
 * Who asks, and may they? 401 for a token that opens nothing on this store, 403 for an account without the scope
 * (observed). `auth: soft` answers all the same and notes what would have been refused.
 */
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Operation } from '../../openapi/index.js';
import { ForbiddenError, UnauthorizedError } from '../errors.js';
import { mayUse, type ApiAccount } from '../state/api-accounts.js';
import type { MockState } from '../state/mock-state.js';
import type { Store } from '../state/store.js';
import { exchangeOf } from './exchange.js';
import { errorText } from './error-text.js';
import { refuse } from './reply.js';

export const accessToken = fp(
  function accessToken(api: FastifyInstance, { state }: { state: MockState }, done: () => void) {
    const mode = state.settings.auth;
    const notes = new WeakMap<ApiAccount, ScopeNotes>();
    /** What each connection's last token opened: clients repeat themselves. */
    const known = new WeakMap<Socket, KnownToken>();
    const accountOf = (token: string, store: Store, socket: Socket): ApiAccount | undefined => {
      const last = known.get(socket);
      const { changes } = store.accounts;
      if (last?.token === token && last.store === store && last.changes === changes) return last.account;
      const account = store.accounts.byToken(token);
      known.set(socket, { token, store, changes, account });
      return account;
    };

    api.addHook('onRequest', (request, reply, next) => {
      const exchange = exchangeOf(request);
      const { operation, store } = exchange;
      if (!operation || !store) {
        next();
        return;
      }
      if (operation.scopes === undefined) {
        // Shoppers and payment pages hold no token of the management API, and no quota counts them.
        next();
        return;
      }
      const token = request.headers['x-auth-token'];
      const account = typeof token === 'string' ? accountOf(token, store, request.raw.socket) : undefined;
      exchange.account = account;
      if (!account) {
        const note = token === undefined ? 'no X-Auth-Token' : 'the X-Auth-Token opens nothing on this store';
        if (mode === 'enforce') {
          exchange.note = note;
          refuse(request, reply, UNAUTHORIZED, UNAUTHORIZED_TEXT);
          return;
        }
        // Somebody has to act.
        exchange.account = store.accounts.storeItself();
        if (mode === 'soft') exchange.note = `would be 401: ${note}`;
      } else if (!mayUse(account, operation.scopes) && mode !== 'off') {
        const note = missingScope(operation, account, notes);
        if (mode === 'enforce') {
          exchange.note = note;
          exchange.quota = store.quota;
          refuse(request, reply, FORBIDDEN, FORBIDDEN_TEXT);
          return;
        }
        exchange.note = `would be 403: ${note}`;
      }
      exchange.quota = store.quota;
      next();
    });
    done();
  },
  { name: 'access-token', dependencies: ['store-lookup'] },
);

const UNAUTHORIZED = new UnauthorizedError(
  'Unauthorized - the v3 Auth client ID or token in the request are not a valid combination for this store.',
  null,
);
const FORBIDDEN = new ForbiddenError("You don't have a required scope to access the endpoint");
// The gateway's refusals: the same on every path.
const UNAUTHORIZED_TEXT = errorText(UNAUTHORIZED, '');
const FORBIDDEN_TEXT = errorText(FORBIDDEN, '');

/** Holds as long as the accounts of the store stay the same. */
interface KnownToken {
  readonly token: string;
  readonly store: Store;
  readonly changes: number;
  readonly account: ApiAccount | undefined;
}

type ScopeNotes = Map<Operation, string>;

/** Says what was needed and what the account has; worked out once for each account and operation. */
function missingScope(operation: Operation, account: ApiAccount, notes: WeakMap<ApiAccount, ScopeNotes>): string {
  let known = notes.get(account);
  if (!known) notes.set(account, (known = new Map<Operation, string>()));
  let note = known.get(operation);
  if (note === undefined) known.set(operation, (note = scopeNote(operation, account)));
  return note;
}

function scopeNote(operation: Operation, account: ApiAccount): string {
  const needed = operation.scopes?.join(' or ') ?? 'any scope at all';
  // Only what is near: an account may hold dozens of scopes that have nothing to do with this operation.
  const family = (operation.scopes ?? []).map((scope) => scope.replace(/_(read_only|manage)$/, ''));
  const near = [...account.scopes].filter((scope) => family.some((name) => scope.startsWith(name)));
  return `needs ${needed}; "${account.name}" has ${near.length > 0 ? near.join(', ') : `none of these (${String(account.scopes.size)} scopes in all)`}`;
}
