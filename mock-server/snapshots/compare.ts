/** What distinguishes two snapshots, in words: collection, id, field, before, after. */
import type { Key } from '../state/collection.js';
import type { SnapshotContent } from './content.js';
import { renamed } from './renamed.js';

/** How much of a value is shown. */
const SHOWN = 200;

/** A row, an account, a user, a file: whatever can be in one snapshot and not in the other. */
type Things = ReadonlyMap<string, unknown>;

/**
 * One line for each difference, such as `catalog.products 113 price: 10 -> 12`; none when they are the same. The
 * hashes of their stores do not count.
 */
export function differencesOf(before: SnapshotContent, after: SnapshotContent): string[] {
  const old = groupsOf(renamed(before, before.store_hash, after.store_hash));
  const now = groupsOf(after);
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((name) => compareThings(name, old.get(name) ?? new Map(), now.get(name) ?? new Map()));
}

/** Everything there is, by group and id. Rows are grouped by collection. */
function groupsOf(content: SnapshotContent): Map<string, Things> {
  const { accounts, users, files, numbers, collections } = content;
  const groups = new Map<string, Things>([
    ['accounts', new Map(accounts.accounts.map((account) => [String(account.id), account]))],
    ['accounts after a reset', new Map(accounts.start.map((account) => [String(account.id), account]))],
    ['users', new Map(users.users.map((user) => [String(user.id), user]))],
    ['files', new Map(files.map(({ path, ...file }) => [path, file]))],
    [
      'last numbers',
      new Map<string, unknown>([...Object.entries(numbers), ['accounts', accounts.last_id], ['users', users.last_id]]),
    ],
  ]);
  for (const [name, { last_id, rows }] of Object.entries(collections)) {
    const things = new Map<string, unknown>(rows.map(({ key, parent, row }) => [String(key), withParent(row, parent)]));
    groups.set(name, things);
    if (last_id > 0) groups.set(`${name} (last id)`, new Map([['', last_id]]));
  }
  return groups;
}

function withParent(row: object, parent: Key | undefined): object {
  return parent === undefined ? row : { ...row, '(parent)': parent };
}

function compareThings(group: string, before: Things, after: Things): string[] {
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  return ids.flatMap((id) => {
    const place = id === '' ? group : `${group} ${id}`;
    if (!after.has(id)) return [`${place}: removed`];
    if (!before.has(id)) return [`${place}: added ${shown(after.get(id))}`];
    return compareValues(place, before.get(id), after.get(id));
  });
}

/** @param place what the value is called so far */
function compareValues(place: string, before: unknown, after: unknown, path = ''): string[] {
  if (Object.is(before, after)) return [];
  if (!canDescend(before, after)) {
    return [`${place}${path === '' ? '' : ` ${path}`}: ${shown(before)} -> ${shown(after)}`];
  }
  const [old, now] = [Object.entries(before as object), Object.entries(after as object)];
  const fields = new Set([...old, ...now].map(([field]) => field));
  const [oldByField, nowByField] = [new Map(old), new Map(now)];
  return [...fields].flatMap((field) =>
    compareValues(place, oldByField.get(field), nowByField.get(field), path === '' ? field : `${path}.${field}`),
  );
}

/** Two objects, or two lists of one length, differ in what they hold; all else differs as a whole. */
function canDescend(before: unknown, after: unknown): boolean {
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return false;
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  return !Array.isArray(before) || before.length === (after as unknown[]).length;
}

function shown(value: unknown): string {
  if (value === undefined) return '(nothing)';
  const text = JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${String(text.length)} characters)` : text;
}
