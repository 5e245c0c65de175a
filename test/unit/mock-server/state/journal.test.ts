/** How much the journal keeps of each store, and of all of them. */
import { describe, expect, it } from 'vitest';
import { Journal, type JournalEntry } from '../../../../mock-server/state/journal.js';

const MIB = 1024 * 1024;

/** Writes an exchange down whose answer has so many bytes. */
function add(journal: Journal, store_hash: string | undefined, responseBody: Buffer = Buffer.alloc(0)): number {
  const entry: JournalEntry = {
    id: journal.nextId(),
    at: 0,
    store_hash,
    operation: undefined,
    method: 'GET',
    url: '/',
    status: 200,
    account: undefined,
    durationMs: 0,
    note: undefined,
    requestHeaders: [],
    requestBody: undefined,
    requestId: '',
    fidelity: 'computed',
    quota: undefined,
    quotaLeft: 0,
    quotaResetMs: 0,
    retryAfterSeconds: undefined,
    ownHeaders: undefined,
    responseBody,
  };
  journal.add(entry);
  return entry.id;
}

function addTwice(journal: Journal, store_hash: string, responseBody: Buffer): void {
  add(journal, store_hash, responseBody);
  add(journal, store_hash, responseBody);
}

const idsIn = (journal: Journal, store_hash?: string): number[] => journal.entries(store_hash).map(({ id }) => id);

describe('Journal', () => {
  it('shows the entries of all stores in the order in which they came', () => {
    const journal = new Journal();
    for (const hash of ['acme', 'bolt', undefined, 'acme']) add(journal, hash);
    expect(idsIn(journal)).toEqual([1, 2, 3, 4]);
    expect(idsIn(journal, 'acme')).toEqual([1, 4]);
    expect(idsIn(journal, 'nobody')).toEqual([]);
  });

  it('keeps the newest 1,000 of each store', () => {
    const journal = new Journal();
    const first = add(journal, 'acme');
    for (let count = 0; count < 3_000; count += 1) add(journal, 'bolt');
    expect(idsIn(journal, 'acme')).toEqual([first]);
    const kept = idsIn(journal, 'bolt');
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([1_000, 2_002, 3_001]);
  });

  it('keeps 32 MiB of one store, and the newest entry however large', () => {
    const journal = new Journal();
    const large = Buffer.alloc(10 * MIB);
    for (let count = 0; count < 5; count += 1) add(journal, 'acme', large);
    expect(idsIn(journal)).toEqual([3, 4, 5]);
    add(journal, 'acme', Buffer.alloc(40 * MIB));
    expect(idsIn(journal)).toEqual([6]);
  });

  it('keeps 256 MiB in all, and takes what is too much from the store that has most', () => {
    const journal = new Journal();
    const large = Buffer.alloc(15 * MIB);
    const quiet = add(journal, 'quiet');
    for (let store = 0; store < 10; store += 1) addTwice(journal, `store${store}`, large);
    expect(idsIn(journal, 'quiet')).toEqual([quiet]);
    const kept = Array.from({ length: 10 }, (_, store) => idsIn(journal, `store${store}`).length);
    expect(kept.reduce((sum, count) => sum + count)).toBe(17);
    expect(Math.min(...kept)).toBe(1);
  });

  it('has room again for what was cleared', () => {
    const journal = new Journal();
    const large = Buffer.alloc(15 * MIB);
    for (let store = 0; store < 8; store += 1) addTwice(journal, `store${store}`, large);
    for (let store = 0; store < 4; store += 1) journal.clearStore(`store${store}`);
    journal.clear(({ store_hash }) => store_hash === 'store4');
    addTwice(journal, 'acme', large);
    expect(idsIn(journal)).toHaveLength(8);
    expect(journal.nextId()).toBe(19);
    journal.clear();
    expect([idsIn(journal), journal.nextId()]).toEqual([[], 1]);
  });

  it('tells listeners of entries until they have heard enough', () => {
    const journal = new Journal();
    const heard: number[] = [];
    const stop = journal.onAdd(({ id }) => heard.push(id));
    add(journal, 'acme');
    stop();
    add(journal, 'acme');
    expect(heard).toEqual([1]);
  });
});
