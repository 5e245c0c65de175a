/**
 * What finding an operation costs when 700 are served as when 50 are. The route table is the one step of a request
 * that sees all operations, so it is measured alone and in this process, with tables made from the real ones.
 */
import { RouteTable } from '../../mock-server/pipeline/route-table.js';
import { operations, type Operation } from '../../openapi/index.js';
import { ratioResult, type Result } from './results.js';

/** Apps answer the provider's operations, the mock does not. */
const answered = operations.filter(({ host }) => host !== 'provider');

const FEW = 50;
const MANY = 700;
const ROUNDS = 31;
const LOOKUPS_PER_ROUND = 100_000;

export function measureOperationCount(): readonly Result[] {
  const served = answered.slice(0, FEW);
  const few = new RouteTable(served);
  const many = new RouteTable([...served, ...otherOperations(MANY - FEW)]);
  const requests = served.map(({ method, path }) => ({
    method,
    url: path.replace('{store_hash}', 'mockstore1').replace(/\{\w+\}/g, '1234'),
  }));
  const rounds: (readonly [number, number])[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push([nanosOf(many, requests), nanosOf(few, requests)]);
  // What the compiler does during the first rounds is no property of the tables.
  return [
    ratioResult(
      { measure: 'finding an operation, of 700', unit: 'ns', against: 'of 50', target: 1.2 },
      rounds.slice(6),
    ),
  ];
}

/** Operations under other paths: half of them in families of their own, half as neighbours of those that are looked up. */
function otherOperations(amount: number): Operation[] {
  const others: Operation[] = [];
  for (let family = 2; others.length < amount; family += 1) {
    for (const operation of answered) {
      const path = operation.path.replace(
        /\/v3\/(\w+)\/([\w-]+)/,
        family % 2 === 0 ? `/v3/$1-${family}/$2` : `/v3/$1/$2-${family}`,
      );
      others.push({ ...operation, path });
    }
  }
  return others.slice(0, amount);
}

function nanosOf(table: RouteTable, requests: readonly { readonly method: string; readonly url: string }[]): number {
  const began = performance.now();
  for (let count = 0; count < LOOKUPS_PER_ROUND;) {
    for (const { method, url } of requests) {
      if (typeof table.find(method, url) === 'string') throw new Error(`${method} ${url} is in no table`);
      count += 1;
    }
  }
  return ((performance.now() - began) * 1_000_000) / LOOKUPS_PER_ROUND;
}
