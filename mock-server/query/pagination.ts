/** Pages of V3 lists: offset and cursor paging, with the exact link texts of the services. */
import type { Operation } from '../../openapi/index.js';
import { UnprocessableError } from '../errors.js';
import type { Key } from '../state/collection.js';
import type { QueryValues } from './query-values.js';

export interface PageSize {
  readonly default: number;
  readonly max: number;
}

const USUAL: PageSize = { default: 50, max: 250 };

/** The tree service sends all three links, even with one page (observed). */
const ALL_LINKS = /\/v3\/catalog\/trees/;

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The `meta` object, as JSON text. */
  readonly meta: string;
}

/** Services that write `limit` before `page` in their links. */
const LIMIT_FIRST =
  /\/v3\/(catalog\/trees|content\/pages|settings\/store\/metafields|storefront\/custom-template-associations)/;

/** `limit` as asked, cut to the maximum without a word (documented for price lists, assumed elsewhere). */
export function pageLimit(query: QueryValues, size: PageSize = USUAL): number {
  const asked = query.get('limit');
  return asked === undefined ? size.default : Math.min(Number(asked), size.max);
}

/**
 * One page by `page` and `limit`. A page past the end is empty, with the real total.
 * @param most rows on a page at most, whatever `limit` asks for; `total_pages` follows what was asked (observed)
 */
export function offsetPage<Item>(
  items: readonly Item[],
  query: QueryValues,
  operation: Operation,
  most = Infinity,
): Page<Item> {
  const page = Number(query.get('page') ?? 1);
  const asked = pageLimit(query, operation.limits?.page);
  const limit = Math.min(asked, most);
  const totalPages = Math.ceil(items.length / asked);
  const shown = items.slice((page - 1) * limit, page * limit);
  return {
    items: shown,
    meta: `{"pagination":${paginationText(items.length, totalPages, shown.length, page, limit, query, operation)}}`,
  };
}

function paginationText(
  total: number,
  totalPages: number,
  count: number,
  page: number,
  limit: number,
  query: QueryValues,
  operation: Operation,
): string {
  const before = ownParameters(query);
  const limitFirst = LIMIT_FIRST.test(operation.path);
  const link = (to: number): string =>
    limitFirst
      ? `?${before}limit=${String(limit)}&page=${String(to)}`
      : `?${before}page=${String(to)}&limit=${String(limit)}`;
  if (ALL_LINKS.test(operation.path)) {
    const last = Math.max(1, totalPages);
    const [back, on] = [Math.min(Math.max(1, page - 1), last), Math.min(page + 1, last)];
    return (
      `{"total":${String(total)},"count":${String(count)},"per_page":${String(limit)},"current_page":${String(page)},` +
      `"total_pages":${String(totalPages)},"links":{"previous":"${link(back)}","current":"${link(page)}","next":"${link(on)}"}}`
    );
  }
  const previous = page > 1 ? `"previous":"${link(page - 1)}",` : '';
  const next = page < totalPages ? `,"next":"${link(page + 1)}"` : '';
  return (
    `{"total":${String(total)},"count":${String(count)},"per_page":${String(limit)},"current_page":${String(page)},` +
    `"total_pages":${String(totalPages)},"links":{${previous}"current":"${link(page)}"${next}}}`
  );
}

/** The request's other parameters, form-encoded, each with a trailing `&`: links repeat them first. */
function ownParameters(query: QueryValues): string {
  if (query.size === 0) return '';
  const own = new URLSearchParams();
  for (const [name, value] of query) {
    if (name !== 'page' && name !== 'limit' && name !== 'before' && name !== 'after') own.append(name, value);
  }
  return own.size === 0 ? '' : `${own.toString()}&`;
}

/**
 * One page after or before a cursor; without either, the page by number and both meta blocks.
 * A cursor is base64 of `{"id":"…"}`; `after` goes on past that row, `before` goes back.
 * @param isByKey the items are in ascending order of their keys: then a cursor leads to its place without looking at
 *   all of them, and does so when its row is gone, too
 * @throws UnprocessableError when both are sent, or a cursor cannot be read.
 */
export function cursorPage<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
  query: QueryValues,
  operation: Operation,
  isByKey = false,
): Page<Item> {
  const after = query.get('after');
  const before = query.get('before');
  if (after !== undefined && before !== undefined)
    throw new UnprocessableError('Only one of the parameters before and after may be used.');
  const limit = pageLimit(query, operation.limits?.page);
  if (after === undefined && before === undefined) {
    const page = offsetPage(items, query, operation);
    const start = (Number(query.get('page') ?? 1) - 1) * limit;
    const cursor = cursorText(items, start, page.items, keyOf, limit, query);
    return { items: page.items, meta: `${page.meta.slice(0, -1)},"cursor_pagination":${cursor}}` };
  }
  const { place, next } = placeOf(items, keyOf, readCursor(after ?? before ?? ''), isByKey);
  const start = after === undefined ? Math.max(0, place - limit) : next;
  const shown = items.slice(start, after === undefined ? place : start + limit);
  return { items: shown, meta: `{"cursor_pagination":${cursorText(items, start, shown, keyOf, limit, query)}}` };
}

function cursorText<Item>(
  items: readonly Item[],
  start: number,
  shown: readonly Item[],
  keyOf: (item: Item) => Key,
  limit: number,
  query: QueryValues,
): string {
  const first = shown[0];
  const last = shown[shown.length - 1];
  const own = ownParameters(query);
  const links: string[] = [];
  let cursors = '';
  if (first !== undefined && last !== undefined) {
    const from = writeCursor(keyOf(first));
    const to = writeCursor(keyOf(last));
    cursors = `"start_cursor":"${from}","end_cursor":"${to}",`;
    if (start > 0) links.push(`"previous":"?${own}limit=${String(limit)}&before=${encodeURIComponent(from)}"`);
    if (start + shown.length < items.length)
      links.push(`"next":"?${own}limit=${String(limit)}&after=${encodeURIComponent(to)}"`);
  }
  return `{"count":${String(shown.length)},"per_page":${String(limit)},${cursors}"links":{${links.join(',')}}}`;
}

function writeCursor(key: Key): string {
  return Buffer.from(`{"id":"${String(key)}"}`).toString('base64');
}

/** @throws UnprocessableError for a text that is no cursor */
function readCursor(cursor: string): string {
  const id = /^\{"id":"([^"]*)"\}$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))?.[1];
  if (id === undefined) throw invalidCursor();
  return id;
}

function invalidCursor(): UnprocessableError {
  return new UnprocessableError('The cursor is invalid.');
}

/** Where the row of a cursor is, or would be, and where the one after it is. */
function placeOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
  id: string,
  isByKey: boolean,
): { readonly place: number; readonly next: number } {
  if (!isByKey) {
    const place = items.findIndex((item) => String(keyOf(item)) === id);
    if (place < 0) throw invalidCursor();
    return { place, next: place + 1 };
  }
  const [first] = items;
  const key = first !== undefined && typeof keyOf(first) === 'number' ? Number(id) : id;
  if (Number.isNaN(key)) throw invalidCursor();
  let place = 0;
  let high = items.length;
  while (place < high) {
    const middle = (place + high) >>> 1;
    if (keyOf(items[middle] as Item) < key) place = middle + 1;
    else high = middle;
  }
  const isThere = place < items.length && keyOf(items[place] as Item) === key;
  return { place, next: isThere ? place + 1 : place };
}
