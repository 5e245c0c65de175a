/** Which requests a call is about: read the same way wherever journal or faults are asked for some. */
import { METHODS } from 'node:http';
import { operationById } from '../../openapi/index.js';
import type { FaultMatch } from '../state/faults.js';
import type { JournalEntry } from '../state/journal.js';
import { pathOf, pathTest } from '../state/path-pattern.js';
import { invalid, readInstant, requireInteger, requireKnownFilters, type Input } from './input.js';

export const CHOICE_FIELDS = ['store_hash', 'operation_id', 'method', 'path'] as const;
export const FILTER_FIELDS = [...CHOICE_FIELDS, 'status', 'since'] as const;

/**
 * Store, operation, method and path, where they are given.
 * @param within the object they stand in, with a dot: errors name it
 * @throws UnprocessableError for what names no request
 */
export function readChoice(input: Input, within = ''): FaultMatch {
  const textOf = (name: (typeof CHOICE_FIELDS)[number]): string | undefined => {
    const value = input[name];
    if (value === undefined || (typeof value === 'string' && value !== '')) return value;
    throw invalid(within + name, 'expected one text');
  };
  const [store_hash, id, method, path] = CHOICE_FIELDS.map(textOf);
  const operation_id = id === undefined ? undefined : operationById(id)?.id;
  if (id !== undefined && operation_id === undefined) {
    throw invalid(`${within}operation_id`, 'expected the operationId of an operation, such as getProducts');
  }
  if (method !== undefined && !METHODS.includes(method.toUpperCase())) {
    throw invalid(`${within}method`, 'expected an HTTP method, such as GET');
  }
  if (path !== undefined && (!/^[/*]/.test(path) || path.includes('?'))) {
    throw invalid(`${within}path`, 'expected a path without query, such as /v3/catalog/products or /stores/*/v3/hooks');
  }
  return {
    ...(store_hash === undefined ? {} : { store_hash }),
    ...(operation_id === undefined ? {} : { operation_id }),
    ...(method === undefined ? {} : { method: method.toUpperCase() }),
    ...(path === undefined ? {} : { path }),
  };
}

/**
 * A test of journal entries.
 * @param besides fields that the call reads itself
 * @throws UnprocessableError for what cannot be a filter
 */
export function readFilter(
  input: Input,
  { besides = [], within = '' }: { readonly besides?: readonly string[]; readonly within?: string } = {},
): (entry: JournalEntry) => boolean {
  requireKnownFilters(input, [...FILTER_FIELDS, ...besides], within);
  const { store_hash, operation_id, method, path } = readChoice(input, within);
  const isPath = path === undefined ? undefined : pathTest(path);
  const status = input.status === undefined ? undefined : requireInteger(input.status, `${within}status`, 0, 599);
  const since = input.since === undefined ? undefined : readInstant(input.since, `${within}since`);
  return (entry) =>
    (store_hash === undefined || entry.store_hash === store_hash) &&
    (operation_id === undefined || entry.operation?.id === operation_id) &&
    (method === undefined || entry.method === method) &&
    (isPath === undefined || isPath(pathOf(entry.url))) &&
    (status === undefined || entry.status === status) &&
    (since === undefined || entry.at >= since);
}
