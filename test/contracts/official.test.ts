/**
 * The fourth judge: every answer against the schemas of the official documents, and their request examples sent to the
 * mock. Set BCMOCK_OFFICIAL_DOCS to their folder; without them nothing here runs, and the report says so.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExistingRows, fillPath, readCases, runCase, writeCases, type Exchange } from '../../contracts/index.js';
import { isJsonType, mediaTypeOf } from '../../contracts/exchange.js';
import { describedRequest, jsonSchemaIn } from '../../contracts/described-messages.js';
import { sampleBody } from '../../contracts/suites/sample-body.js';
import { operationRules, operations, type Operation } from '../../openapi/index.js';
import { requireNone } from './run-all.js';
import { startTarget, type MockTarget } from './mock-target.js';
import { adaptedExample, completedExample } from './official/adapted-example.js';
import { hasOfficialDocuments, officialFolder, OfficialDocuments } from './official/official-schemas.js';
import { knownDifferences, refusedExamples } from './official/known-differences.js';

const MOST_PATHS = 60;

const served = operations.filter(({ host }) => host !== 'provider');

if (!hasOfficialDocuments)
  console.warn(`SKIPPED: no official documents at ${officialFolder}; set BCMOCK_OFFICIAL_DOCS`);

describe.skipIf(!hasOfficialDocuments)('official documents', () => {
  // Not read at all when they are not there; the tests below are then only listed.
  const official = hasOfficialDocuments ? new OfficialDocuments() : undefined;
  const needed = new Set<object>();
  let target: MockTarget;

  beforeAll(async () => {
    target = await startTarget();
  });

  afterAll(() => target.close());

  it('know every operation', () => {
    const unknown = operations.filter((operation) => !official?.find(operation)).map(({ id }) => id);
    expect(unknown).toEqual([]);
  });

  it.each(served.filter(({ method }) => method === 'GET').map((operation) => [operation.id, operation] as const))(
    'call the answers of %s valid',
    async (_, operation) => {
      const rows = new ExistingRows(target);
      const problems: string[] = [];
      // A row that is cut to some fields lacks others that the documents call required.
      for (const given of readCases(operation).filter(({ name }) => !/clude_fields/.test(name))) {
        const { exchange } = await runCase(given, target, rows);
        if (exchange) problems.push(...problemsOf(operation, exchange));
      }
      let paths = 0;
      for await (const values of rows.all(operation.path)) {
        const headers = { 'X-Auth-Token': target.tokens.fullAccess };
        problems.push(
          ...problemsOf(
            operation,
            await target.send({ method: 'GET', url: fillPath(operation.path, values), headers }),
          ),
        );
        if ((paths += 1) >= MOST_PATHS) break;
      }
      requireNone(problems);
    },
  );

  it.each(served.filter(({ method }) => method !== 'GET').map((operation) => [operation.id, operation] as const))(
    'call the answers of %s valid',
    async (_, operation) => {
      const problems: string[] = [];
      for (const given of writeCases(operation)) {
        await target.reset();
        const { exchange } = await runCase(given, target);
        if (exchange) problems.push(...problemsOf(operation, exchange));
      }
      requireNone(problems);
    },
  );

  const examples = served.flatMap((operation) => {
    return (official?.requestExamples(operation) ?? []).map(
      (example) => [operation.id, example.name, operation, example.value] as const,
    );
  });

  it.runIf(examples.length > 0).each(examples)(
    'print a request of %s that is served: %s',
    async (_id, name, operation, example) => {
      await target.reset();
      const rows = new ExistingRows(target);
      const values = (await rows.find(operation.path)) ?? { store_hash: target.storeHash };
      const schema = jsonSchemaIn(describedRequest(operation)!)!;
      const valid = await sampleBody(schema, operation, rows, values, { with: propertiesOf(example) });
      const adapted = await adaptedExample(example, operation, rows, values);
      const isWhole = operationRules(operation).validate?.(adapted) ?? false;
      const exchange = await target.send({
        method: operation.method,
        url: fillPath(operation.path, values),
        headers: { 'X-Auth-Token': target.tokens.fullAccess, 'Content-Type': 'application/json' },
        body: JSON.stringify(isWhole ? adapted : completedExample(adapted, valid)),
      });
      const { status, body } = exchange.response;
      if (status < 300 === Object.hasOwn(refusedExamples, `${operation.id}: ${name}`))
        throw new Error(`${status} ${JSON.stringify(body)}`);
      expect(operation.statuses).toContain(status);
      requireNone(problemsOf(operation, exchange));
    },
  );

  it('differ knowingly only where answers show it', () => {
    expect(
      knownDifferences
        .filter((difference) => !needed.has(difference))
        .map(({ operation, pointer }) => `${operation} ${pointer}`),
    ).toEqual([]);
  });

  function problemsOf(operation: Operation, { response }: Exchange): string[] {
    // Files and streams of events are no JSON, and the documents say nothing of what is in them.
    if (typeof response.body !== 'string' || response.body === '' || !isJsonType(mediaTypeOf(response.headers) ?? ''))
      return [];
    const errors = official?.errors(operation, response.status, JSON.parse(response.body)) ?? [];
    return errors.flatMap(({ instancePath, keyword, params, data }) => {
      const known = knownDifferences.find(
        (difference) =>
          matches(difference, operation.id, instancePath, keyword) && (!difference.isNull || data === null),
      );
      if (known) {
        needed.add(known);
        return [];
      }
      const place = instancePath.replace(/\/\d+/g, '/*');
      return [
        `${response.status} ${place} ${keyword} ${JSON.stringify(params)}: ${JSON.stringify(data).slice(0, 100)}`,
      ];
    });
  }
});

/** Names at the top of a body, or of its first item. */
function propertiesOf(example: unknown): string[] {
  const [first] = Array.isArray(example) ? (example as unknown[]) : [example];
  return typeof first === 'object' && first !== null ? Object.keys(first) : [];
}

function matches(difference: (typeof knownDifferences)[number], id: string, pointer: string, keyword: string): boolean {
  if (difference.operation !== '*' && difference.operation !== id) return false;
  const pattern = difference.pointer.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return difference.keyword === keyword && new RegExp(`^${pattern}$`).test(pointer);
}
