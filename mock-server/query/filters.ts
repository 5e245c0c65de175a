/**
 * Filters of list operations: `field`, `field:in`, `:not_in`, `:min`, `:max`, `:greater`, `:less`,
 * `:like`, `:not`. Uses an index of the collection where there is one.
 */
import type { Collection, Key } from '../state/collection.js';
import type { Filter, Resource } from '../resources/define.js';
import type { Store } from '../state/store.js';
import { instantOf, isFilter, listOf, type QueryValues } from './query-values.js';

/** What a query selects: keys found by an index (`undefined`: all), and conditions still to be tried on each row. */
export interface Selection<Row> {
  readonly keys: readonly Key[] | undefined;
  readonly filters: readonly Filter<Row>[];
}

/** Filters given by a query. `skip`: names that the operation reads itself. */
export function select<Row extends object>(resource: Resource<Row>, query: QueryValues, store: Store): Selection<Row> {
  let keys: readonly Key[] | undefined;
  const filters: Filter<Row>[] = [];
  const rows = store.rows(resource);
  for (const [name, value] of query) {
    if (!isFilter(name)) continue;
    const own = resource.rules.filters?.[name];
    const [field, operator] = splitName(name);
    const isFindable = keys === undefined && (!own || rows.isIndexed(field));
    const found = isFindable ? keysByIndex(resource, rows, field, operator, value) : undefined;
    if (found) keys = found;
    if (own) filters.push(own(value, store, query));
    else if (!found) filters.push(comparison<Row>(resource, field, operator, value));
  }
  return { keys, filters };
}

function splitName(name: string): [string, string] {
  const colon = name.lastIndexOf(':');
  return colon < 0 ? [name, ''] : [name.slice(0, colon), name.slice(colon + 1)];
}

function keysByIndex<Row extends object>(
  resource: Resource<Row>,
  rows: Collection<Row>,
  field: string,
  operator: string,
  value: string,
): readonly Key[] | undefined {
  if (operator !== '' && operator !== 'in') return undefined;
  const wanted = operator === 'in' ? listOf(value) : [value];
  if (field === resource.keyField && !resource.rules.key) {
    return sortedUnique(wanted.map(Number).filter((id) => rows.has(id)));
  }
  if (field === resource.parentField) return sortedUnique(wanted.flatMap((id) => rows.keysOf(Number(id))));
  if (resource.rules.unique && field in resource.rules.unique) {
    const keys = wanted.filter((text) => text !== '').map((text) => rows.keyByUnique(field, text.toLowerCase()));
    if (wanted.includes('')) return undefined;
    return sortedUnique(keys.filter((key) => key !== undefined));
  }
  if (rows.isIndexed(field)) {
    const lists = wanted.map((text) => {
      const asNumber = rows.keysWhere(field, Number(text));
      return asNumber.length > 0 ? asNumber : rows.keysWhere(field, text);
    });
    return lists.length === 1 ? lists[0] : sortedUnique(lists.flat());
  }
  return undefined;
}

function sortedUnique(keys: Key[]): Key[] {
  return [...new Set(keys)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Compares a field's value with a parameter's text, by the kind of the value that the row holds. */
function comparison<Row extends object>(
  resource: Resource<Row>,
  field: string,
  operator: string,
  text: string,
): Filter<Row> {
  // A view may call the key by another name than the row does.
  const isKey = field === resource.keyField && !resource.rules.key;
  const read = (row: Row): unknown =>
    isKey ? resource.shape.keyOf(row) : (row as Readonly<Record<string, unknown>>)[field];
  switch (operator) {
    case 'in': {
      const wanted = listOf(text);
      return (row) => wanted.some((item) => equals(read(row), item));
    }
    case 'not_in': {
      const unwanted = listOf(text);
      return (row) => !unwanted.some((item) => equals(read(row), item));
    }
    case 'not':
      return (row) => !equals(read(row), text);
    case 'like': {
      const part = text.replaceAll('%', '').toLowerCase();
      return (row) => {
        const value = read(row);
        return typeof value === 'string' && value.toLowerCase().includes(part);
      };
    }
    case 'min':
      return ordered(read, text, (difference) => difference >= 0);
    case 'max':
      return ordered(read, text, (difference) => difference <= 0);
    case 'greater':
      return ordered(read, text, (difference) => difference > 0);
    case 'less':
      return ordered(read, text, (difference) => difference < 0);
    default: {
      const bound = /^(min|max)_(.+)$/.exec(field);
      const isField = (row: Row): boolean => equals(read(row), text);
      if (!bound?.[2]) return isField;
      // V2 bounds: `min_id`, `max_date_modified`. A field of the very name is compared as any other.
      const within = comparison<Row>(resource, bound[2], bound[1] ?? '', text);
      return (row, store) => (field in row ? isField(row) : within(row, store));
    }
  }
}

function ordered<Row>(read: (row: Row) => unknown, text: string, holds: (difference: number) => boolean): Filter<Row> {
  const asNumber = Number(text);
  const asDate = instantOf(text);
  return (row) => {
    const value = read(row);
    if (typeof value === 'number') return holds(value - asNumber);
    // Money of V2 is text.
    if (typeof value === 'string' && DECIMAL.test(value)) return holds(Number(value) - asNumber);
    if (typeof value === 'string' && value !== '') {
      const date = Date.parse(value);
      if (!Number.isNaN(date) && !Number.isNaN(asDate)) return holds(date - asDate);
    }
    return false;
  };
}

/** Texts compare without regard to case, as the stores' databases do (assumed); flags by either spelling; dates by instant or day. */
function equals(value: unknown, text: string): boolean {
  switch (typeof value) {
    case 'number':
      return value === Number(text) && text.trim() !== '';
    case 'boolean':
      return value === (text === '1' || text.toLowerCase() === 'true');
    case 'string':
      if (value.toLowerCase() === text.toLowerCase()) return true;
      return ISO_DATE.test(value) && sameDate(value, text);
    default:
      return Array.isArray(value) ? value.some((item) => equals(item, text)) : value === null && text === '';
  }
}

const DECIMAL = /^-?\d+\.\d{2,}$/;
const ISO_DATE = /^\d{4}-\d\d-\d\dT/;

function sameDate(value: string, text: string): boolean {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return value.startsWith(text);
  const wanted = instantOf(text);
  return !Number.isNaN(wanted) && Date.parse(value) === wanted;
}
