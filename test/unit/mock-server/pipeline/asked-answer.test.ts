/** askedAnswer: whatever status somebody asks an operation for, the answer is as the description says. */
import { describe, expect, it } from 'vitest';
import { checkExchange, describeViolation } from '../../../../contracts/index.js';
import { operationById, operations, type Operation } from '../../../../openapi/index.js';
import { askedAnswer, platformStatuses } from '../../../../mock-server/pipeline/asked-answer.js';

const served = operations.filter(({ host }) => host !== 'provider');
const SEED = 1;

function problemsOf(operation: Operation, status: number): string[] {
  const request = { method: operation.method, url: operation.path.replace(/\{[^}]+\}/g, '1') };
  const { bytes, headers } = askedAnswer(operation, status, request, SEED);
  const response = {
    status,
    headers: { ...(bytes !== undefined && { 'content-type': 'application/json' }), ...headers },
    body: bytes,
  };
  return checkExchange(
    { request: { ...request, headers: {} }, response },
    { operation: operation.id, only: ['response-status', 'response-media-type', 'response-body', 'error-envelope'] },
  ).map((violation) => `${operation.id} ${String(status)}: ${describeViolation(violation)}`);
}

describe('askedAnswer', () => {
  it('keeps to the description for every documented status of every operation', () => {
    const problems = served.flatMap((operation) =>
      operation.statuses.flatMap((status) => problemsOf(operation, status)),
    );
    expect(problems).toEqual([]);
  });

  it('has the usual envelope for statuses that any operation may have', () => {
    const few = served.filter((_, place) => place % 7 === 0);
    const problems = few.flatMap((operation) =>
      platformStatuses
        .filter((status) => status < 500 && !operation.statuses.includes(status))
        .flatMap((status) => problemsOf(operation, status))
        // That it is not documented there is the point.
        .filter((problem) => !problem.includes('response-status')),
    );
    expect(problems).toEqual([]);
  });

  it('draws a refusal of its own shape where the description has one, with the status that was asked for', () => {
    const operation = operationById('deletePriceLists');
    const request = { method: 'DELETE', url: '/stores/mockstore1/v3/pricelists' };
    const { bytes, fidelity } = askedAnswer(operation, 503, request, SEED);
    expect(JSON.parse(String(bytes))).toEqual({ error: expect.objectContaining({ code: expect.any(String) }) });
    expect(fidelity).toBe('sampled');
    expect(askedAnswer(operation, 503, request, SEED).bytes).toEqual(bytes);
  });

  it('says nothing under a success that is not documented', () => {
    const operation = operationById('getBrands');
    const request = { method: 'GET', url: '/stores/mockstore1/v3/catalog/brands' };
    expect(askedAnswer(operation, 202, request, SEED).bytes).toBeUndefined();
  });
});
