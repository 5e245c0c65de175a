/**
 * Who may do what: every operation with no token, a token that opens nothing, one without the scope, and one that may
 * only read. Bodies of the refusals: platform reference, sections 2.2 and 3.4.
 */
import type { Operation } from '../../openapi/index.js';
import type { ContractCase } from './case.js';
import { usualQuery } from './reads-and-writes.js';
import { validBody } from './request-bodies.js';

const unauthorized = {
  status: 401,
  title: 'Unauthorized - the v3 Auth client ID or token in the request are not a valid combination for this store.',
  type: '/api-docs/getting-started/api-status-codes',
};

const forbidden = {
  status: 403,
  title: "You don't have a required scope to access the endpoint",
  type: 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes',
  errors: {},
};

export function accessCases(operation: Operation): ContractCase[] {
  const { id, method, scopes } = operation;
  if (scopes === undefined) return []; // whoever calls it holds no token of the management API
  const refused = { operation, body: validBody, changesNothing: method !== 'GET' } as const;
  const cases: ContractCase[] = [
    {
      ...refused,
      name: `${id} without a token is 401`,
      credentials: 'no token',
      statuses: [401],
      answer: unauthorized,
    },
    {
      ...refused,
      name: `${id} with an unknown token is 401`,
      credentials: 'unknown token',
      statuses: [401],
      answer: unauthorized,
    },
  ];
  if (scopes === null) return cases;
  cases.push({
    ...refused,
    name: `${id} without the scope is 403`,
    credentials: 'no scopes',
    statuses: [403],
    answer: forbidden,
  });
  if (mayBeReadOnly(scopes)) {
    const statuses = operation.statuses.filter((status) => status < 500 && status !== 401 && status !== 403);
    cases.push({
      operation,
      name: `${id} is open to a read-only token`,
      credentials: 'read only',
      query: usualQuery,
      body: validBody,
      statuses,
    });
  } else {
    cases.push({
      ...refused,
      name: `${id} is closed to a read-only token`,
      credentials: 'read only',
      statuses: [403],
      answer: forbidden,
    });
  }
  return cases;
}

/** True when one of the scopes is a read-only level; payments spell it `_read`. */
function mayBeReadOnly(scopes: readonly string[]): boolean {
  return scopes.some((scope) => /_read(_only)?$/.test(scope));
}
