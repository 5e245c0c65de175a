/** Reads stores back from the records of a database. */
import type { RateLimit } from '../state/rate-quota.js';
import type { ApiAccountsDump } from '../state/api-accounts.js';
import type { CollectionDump, Key } from '../state/collection.js';
import type { StoredFile, StoreSnapshot } from '../state/store.js';
import type { UsersDump } from '../state/users.js';
import type { StoreSize } from '../../fixtures/index.js';
import type { Database } from './folder.js';
import { withRowKey } from '../state/row-key.js';
import { DamagedRecord, decode, keyOf, range, rowsOf, unsealed } from './records.js';

/** The record `<hash>/store`. */
export interface StoreRecord {
  /** Stores come back in the order in which they were made. */
  readonly order: number;
  readonly seed: number;
  readonly size: StoreSize;
  readonly rate_limit: RateLimit;
}

/** The record `<hash>/collection/<name>`. */
export interface CollectionRecord {
  readonly last_id: number;
  readonly has_parents: boolean;
}

/** The record `<hash>/row/<collection>/<key>`. */
export type RowRecord = readonly [row: object, parent: Key | null, key?: Key];

export interface SavedStore extends StoreRecord {
  readonly hash: string;
  readonly snapshot: StoreSnapshot;
  readonly clockOffsetMs: number;
}

/** Every store of a database, oldest first. @throws DamagedRecord */
export function savedStores(database: Database): SavedStore[] {
  const hashes: string[] = [];
  for (const key of database.getKeys()) if (/^[^/]+\/store$/.test(key)) hashes.push(key.slice(0, -'/store'.length));
  return hashes.map((hash) => savedStore(database, hash)).sort((a, b) => a.order - b.order);
}

/** The parts that belong to no store, as they were dumped, by name. @throws DamagedRecord */
export function savedMockParts(database: Database): ReadonlyMap<string, unknown> {
  const prefix = keyOf.part('', '');
  const entries = [...database.getRange(range(prefix))];
  return new Map(entries.map(({ key, value }) => [key.slice(prefix.length), decode(key, value)]));
}

function savedStore(database: Database, hash: string): SavedStore {
  const read = (key: string): unknown => {
    const record = database.get(key);
    if (!record) throw new DamagedRecord(key);
    return decode(key, record);
  };
  const part = (name: string): unknown => read(keyOf.part(hash, name));
  return {
    hash,
    ...(read(keyOf.store(hash)) as StoreRecord),
    snapshot: {
      collections: savedCollections(database, hash),
      accounts: part('accounts') as ApiAccountsDump,
      users: part('users') as UsersDump,
      files: savedFiles(database, hash),
      lastNumbers: new Map(Object.entries(part('numbers') as Readonly<Record<string, number>>)),
    },
    clockOffsetMs: part('clock') as number,
  };
}

function savedCollections(database: Database, hash: string): Map<string, CollectionDump<object>> {
  const prefix = `${hash}/collection/`;
  const found = new Map<string, CollectionDump<object>>();
  for (const { key, value } of database.getRange(range(prefix))) {
    const { last_id, has_parents } = decode(key, value) as CollectionRecord;
    const name = key.slice(prefix.length);
    const rows: object[] = [];
    const parents: Key[] = [];
    for (const entry of database.getRange(range(rowsOf(hash, name)))) {
      const [row, parent, rowKey] = decode(entry.key, entry.value) as RowRecord;
      rows.push(withRowKey(row, rowKey));
      parents.push((parent ?? undefined) as Key);
    }
    found.set(name, { rows, ...(has_parents && { parents }), lastId: last_id });
  }
  return found;
}

function savedFiles(database: Database, hash: string): Map<string, StoredFile> {
  const files = new Map<string, StoredFile>();
  for (const { key, value } of database.getRange(range(`${hash}/file/`))) {
    const { path, media_type } = decode(key, value) as { readonly path: string; readonly media_type: string };
    const place = keyOf.bytes(hash, path);
    const record = database.get(place);
    if (!record) throw new DamagedRecord(place);
    // A copy: what the database hands out may be written over.
    files.set(path, { bytes: Buffer.from(unsealed(place, record)), mediaType: media_type });
  }
  return files;
}
