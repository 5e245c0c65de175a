/** Snapshots as JSON that outlives the mock, and can be loaded into another. */
import type { ApiAccountsDump } from '../state/api-accounts.js';
import { ChangeLog } from '../state/change-log.js';
import { Collection, type CollectionDump, type CollectionShape, type Key } from '../state/collection.js';
import { withRowKey } from '../state/row-key.js';
import type { Store, StoreSnapshot } from '../state/store.js';
import type { UsersDump } from '../state/users.js';
import { UnprocessableError } from '../errors.js';
import { renamed } from './renamed.js';

export const FORMAT = 'bigcommerce-mock snapshot';
/** Raised whenever what is written changes so that older versions would misread it. */
export const VERSION = 1;

export interface RowContent {
  readonly key: Key;
  /** Key of the row that it hangs below. */
  readonly parent?: Key;
  readonly row: object;
}

export interface CollectionContent {
  /** The highest integer id that was ever given. */
  readonly last_id: number;
  /** In the order of their keys. */
  readonly rows: readonly RowContent[];
}

/** All that a store holds. Secrets are not among it: tokens are there as hashes, and client secrets not at all. */
export interface SnapshotContent {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  readonly store_hash: string;
  readonly accounts: Omit<ApiAccountsDump, 'key'>;
  readonly users: UsersDump;
  /** The last number of each sequence that is no collection's own. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly files: readonly { readonly path: string; readonly media_type: string; readonly base64: string }[];
  /** Those without rows are left out unless they had some. */
  readonly collections: Readonly<Record<string, CollectionContent>>;
}

/** @param snapshot of this store */
export function contentOf(store: Store, snapshot: StoreSnapshot): SnapshotContent {
  // A snapshot leaves out what nobody touched; here it is made.
  const whole = store.untouched();
  whole.restore(snapshot);
  const { last_id, accounts, start } = snapshot.accounts;
  const collections = whole.allRows().flatMap((collection) => {
    const { parents, lastId } = collection.dump();
    const rows = collection.keys.map((key, place): RowContent => {
      const parent = parents?.[place];
      return { key, ...(parent !== undefined && { parent }), row: collection.get(key) ?? {} };
    });
    return rows.length === 0 && lastId === 0 ? [] : [[collection.name, { last_id: lastId, rows }] as const];
  });
  return {
    format: FORMAT,
    version: VERSION,
    store_hash: store.hash,
    accounts: { last_id, accounts, start },
    users: snapshot.users,
    numbers: Object.fromEntries(snapshot.lastNumbers),
    files: [...snapshot.files].map(([path, { bytes, mediaType }]) => ({
      path,
      media_type: mediaType,
      base64: bytes.toString('base64'),
    })),
    collections: Object.fromEntries(collections),
  };
}

/**
 * The snapshot that a content describes, for a store that may be another than the one it was taken of: rows that name
 * that one name this. Accounts that both have, by client id, keep the token they have here.
 * @param given has the form of a content
 * @throws UnprocessableError naming the part in which it contradicts itself, or has what this mock does not know
 */
export function snapshotOf(given: SnapshotContent, store: Store): StoreSnapshot {
  const content = renamed(given, given.store_hash, store.hash);
  requireConsistent(content);
  const { accounts, users, numbers, files } = content;
  return {
    collections: dumpsOf(content.collections, store),
    accounts: accountsFor(store, accounts),
    users,
    files: new Map(
      files.map(({ path, media_type, base64 }) => [
        path,
        { bytes: Buffer.from(base64, 'base64'), mediaType: media_type },
      ]),
    ),
    lastNumbers: new Map(Object.entries(numbers)),
  };
}

function dumpsOf(contents: SnapshotContent['collections'], store: Store): Map<string, CollectionDump<object>> {
  const shapes = store.shapes();
  const dumps = new Map<string, CollectionDump<object>>(
    [...shapes.keys()].map((name) => [name, { rows: [], lastId: 0 }]),
  );
  for (const [name, { last_id, rows }] of Object.entries(contents)) {
    const shape = shapes.get(name);
    if (!shape) throw invalid(`collections.${name}`, 'this mock has no such collection');
    const hasParents = rows.some(({ parent }) => parent !== undefined);
    const dump: CollectionDump<object> = {
      rows: rows.map(({ key, row }, place) =>
        keyed(row, key, shape.keyOf, `collections.${name}.rows.${String(place)}`),
      ),
      ...(hasParents && { parents: rows.map(({ parent }) => parent as Key) }),
      lastId: last_id,
    };
    requireLoadable(name, shape, dump);
    dumps.set(name, dump);
  }
  return dumps;
}

/** Indexes and rules of uniqueness read properties, which a row that somebody edited may lack. */
function requireLoadable(
  name: string,
  shape: CollectionShape<object>,
  { rows, parents, lastId }: CollectionDump<object>,
): void {
  const field = `collections.${name}`;
  const collection = new Collection(name, shape, new ChangeLog());
  attempt(
    () => {
      collection.load(rows, parents, lastId);
    },
    field,
    'expected rows of this collection',
  );
  if (collection.size !== rows.length) throw invalid(field, 'expected no key twice');
}

/** The row, with its key beside it where no property is the key. */
function keyed(row: object, key: Key, keyOf: (row: object) => Key, field: string): object {
  const ownKey = (candidate: object): Key =>
    attempt(() => keyOf(candidate), field, 'expected a row of this collection');
  if (ownKey(row) === key) return row;
  const withKey = withRowKey(row, key);
  if (ownKey(withKey) === key) return withKey;
  throw invalid(field, `expected the key ${String(ownKey(row))}, which its row has`);
}

function accountsFor({ accounts }: Store, { last_id, ...lists }: SnapshotContent['accounts']): ApiAccountsDump {
  const known = accounts.dump();
  const tokens = new Map(
    [...known.start, ...known.accounts].map(({ client_id, token_hash }) => [client_id, token_hash]),
  );
  const withOwnTokens = (list: ApiAccountsDump['accounts']): ApiAccountsDump['accounts'] =>
    list.map((account) => ({ ...account, token_hash: tokens.get(account.client_id) ?? account.token_hash }));
  return {
    key: known.key,
    last_id,
    accounts: withOwnTokens(lists.accounts),
    start: withOwnTokens(lists.start),
  };
}

function requireConsistent({ accounts, users, files }: SnapshotContent): void {
  for (const list of ['accounts', 'start'] as const) {
    for (const property of ['id', 'client_id', 'token_hash'] as const)
      requireDistinct(accounts[list], property, `accounts.${list}`);
  }
  requireDistinct(users.users, 'id', 'users.users');
  requireDistinct(files, 'path', 'files');
  if (users.users.filter(({ is_owner }) => is_owner).length !== 1) throw invalid('users.users', 'expected one owner');
}

function requireDistinct<Item>(items: readonly Item[], property: keyof Item & string, field: string): void {
  if (new Set(items.map((item) => item[property])).size < items.length)
    throw invalid(field, `expected no ${property} twice`);
}

function attempt<Result>(work: () => Result, field: string, expected: string): Result {
  try {
    return work();
  } catch (error) {
    throw invalid(field, `${expected}; ${error instanceof Error ? error.message : String(error)}`);
  }
}

function invalid(field: string, expected: string): UnprocessableError {
  return new UnprocessableError('The snapshot is invalid', { [field]: expected });
}
