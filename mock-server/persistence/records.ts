/**
 * What lies in the database: texts as keys, and values that carry a checksum of their key and content, so that a
 * damaged file is noticed wherever the damage is. Everything of a store begins with its hash.
 *
 * | key                             | value                                              |
 * | ------------------------------- | -------------------------------------------------- |
 * | `<hash>/store`                  | `{order, seed, size, rate_limit}`                  |
 * | `<hash>/part/<name>`            | accounts, users, clock, numbers: parts.ts          |
 * | `<hash>/collection/<name>`      | `{last_id, has_parents}`                           |
 * | `<hash>/row/<collection>/<key>` | `[row, key of its parent or null, key?]`: the last where the row does not have it |
 * | `<hash>/file/<path>`            | `{path, media_type}`                               |
 * | `<hash>/bytes/<path>`           | the file as it is                                  |
 * | `/part/<name>`                  | what belongs to no store                           |
 */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Key } from '../state/collection.js';

const CHECKSUM_BYTES = 4;

/** The database takes keys of up to 1978 bytes; what users choose may be longer, or hold anything. */
const PLAIN = /^[\x21-\x7e]{1,200}$/;

/** A value that is not as it was written. */
export class DamagedRecord extends Error {
  constructor(key: string, options?: ErrorOptions) {
    super(`the record ${key} is damaged`, options);
    this.name = 'DamagedRecord';
  }
}

export const keyOf = {
  store: (hash: string): string => `${hash}/store`,
  /** @param owner hash of a store, or nothing for the mock itself */
  part: (owner: string, name: string): string => `${owner}/part/${name}`,
  collection: (hash: string, name: string): string => `${hash}/collection/${name}`,
  row: (hash: string, collection: string, key: Key): string => `${rowsOf(hash, collection)}${placeOf(key)}`,
  file: (hash: string, path: string): string => `${hash}/file/${textOf(path)}`,
  bytes: (hash: string, path: string): string => `${hash}/bytes/${textOf(path)}`,
};

/** What all keys of the rows of a collection begin with. */
export function rowsOf(hash: string, collection: string): string {
  return `${hash}/row/${collection}/`;
}

/** From the first key that begins with a prefix to the first beyond; the prefix ends in a slash. */
export function range(prefix: string): { start: string; end: string } {
  return { start: prefix, end: `${prefix.slice(0, -1)}0` };
}

/** Numbers are filled up, so that rows lie in the order of their ids. */
function placeOf(key: Key): string {
  return typeof key === 'number' ? String(key).padStart(16, '0') : textOf(key);
}

function textOf(text: string): string {
  return PLAIN.test(text) ? text : `~${createHash('sha256').update(text).digest('hex')}`;
}

export function encode(key: string, value: unknown): Buffer {
  return sealed(key, Buffer.from(JSON.stringify(value)));
}

/** @throws DamagedRecord */
export function decode(key: string, record: Buffer): unknown {
  const content = unsealed(key, record);
  try {
    return JSON.parse(content.toString());
  } catch (cause) {
    throw new DamagedRecord(key, { cause });
  }
}

/** Bytes with their checksum in front. */
export function sealed(key: string, content: Buffer): Buffer {
  const record = Buffer.allocUnsafe(CHECKSUM_BYTES + content.length);
  record.writeUInt32BE(crc32(content, crc32(key)));
  content.copy(record, CHECKSUM_BYTES);
  return record;
}

/** @throws DamagedRecord */
export function unsealed(key: string, record: Buffer): Buffer {
  const content = record.subarray(CHECKSUM_BYTES);
  if (record.length < CHECKSUM_BYTES || record.readUInt32BE() !== crc32(content, crc32(key)))
    throw new DamagedRecord(key);
  return content;
}
