/** A mock that is broken on purpose, in one way at a time: each check must notice what it is there for. */
import { fastify, type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import {
  accessCases,
  checks,
  invalidBodyCases,
  matchOperation,
  readCases,
  runCase,
  writeCases,
  type CheckId,
  type ContractCase,
} from '../../contracts/index.js';
import { operationById } from '../../openapi/index.js';
import { buildMockServer } from '../../mock-server/index.js';
import { targetAt } from './mock-target.js';

interface Answer {
  status: number;
  headers: Record<string, string | number | string[] | undefined>;
  body: string;
}

interface Mutation {
  readonly name: string;
  readonly check: CheckId;
  readonly given: ContractCase;
  /** What goes wrong on the way back. */
  readonly answer?: (answer: Answer) => void;
  /** What goes wrong on the way in: headers as the mock gets to see them. */
  readonly token?: string;
}

const FULL = 'mock-token-full-access';
const [getBrand] = readCases(operationById('getBrand'));
const [getBrands] = readCases(operationById('getBrands'));
const [createBrand] = writeCases(operationById('createBrand'));
const [withoutToken, , withoutScope] = accessCases(operationById('getBrand'));
const readOnlyDelete = accessCases(operationById('deleteBrand')).at(-1);
const [brokenBody] = invalidBodyCases(operationById('createBrand'));

const mutations: readonly Mutation[] = [
  {
    name: 'a status that is documented nowhere',
    check: 'response-status',
    given: getBrand!,
    answer: (a) => (a.status = 418),
  },
  { name: 'a failure', check: 'response-status', given: getBrand!, answer: (a) => (a.status = 500) },
  {
    name: 'a success that is not the documented one',
    check: 'response-status',
    given: createBrand!,
    answer: (a) => (a.status = 202),
  },
  {
    name: 'HTML by its header',
    check: 'response-media-type',
    given: getBrand!,
    answer: (a) => (a.headers['content-type'] = 'text/html'),
  },
  { name: 'HTML', check: 'response-body', given: getBrand!, answer: (a) => (a.body = '<!DOCTYPE html>') },
  { name: 'no body', check: 'response-body', given: getBrand!, answer: (a) => (a.body = '') },
  { name: 'a list without its envelope', check: 'response-body', given: getBrands!, answer: json((body) => body.data) },
  {
    name: 'a row that is a list',
    check: 'response-body',
    given: getBrand!,
    answer: json((body) => ({ ...body, data: [body.data] })),
  },
  {
    name: 'a text for a number',
    check: 'response-body',
    given: getBrand!,
    answer: json((body) => ({ data: { ...body.data, id: '7' } })),
  },
  {
    name: 'a row without its id',
    check: 'response-body',
    given: getBrands!,
    answer: json(() => ({ data: [{ name: 'x' }] })),
  },
  {
    name: 'a total that is a text',
    check: 'response-body',
    given: getBrands!,
    answer: json((body) => ({ ...body, meta: { pagination: { total: '5' } } })),
  },
  {
    name: 'no rate-limit header',
    check: 'rate-limit-headers',
    given: getBrand!,
    answer: (a) => delete a.headers['x-rate-limit-requests-left'],
  },
  {
    name: 'a rate limit in words',
    check: 'rate-limit-headers',
    given: getBrand!,
    answer: (a) => (a.headers['x-rate-limit-time-reset-ms'] = 'soon'),
  },
  {
    name: 'a refusal in another shape',
    check: 'error-envelope',
    given: brokenBody!,
    answer: json(() => ({ error: 'no' })),
  },
  {
    name: 'a refusal that names another status',
    check: 'error-envelope',
    given: brokenBody!,
    answer: json((body) => ({ ...body, status: 400 })),
  },
  { name: 'a refusal that is a list', check: 'error-envelope', given: brokenBody!, answer: json((body) => [body]) },
  { name: 'an answer to everybody', check: 'expected-status', given: withoutToken!, token: FULL },
  { name: 'an answer without the scope', check: 'expected-status', given: withoutScope!, token: FULL },
  { name: 'a deletion with a read-only token', check: 'expected-status', given: readOnlyDelete!, token: FULL },
  {
    name: 'a broken body that is taken',
    check: 'expected-status',
    given: brokenBody!,
    answer: (a) => (a.status = 200),
  },
  {
    name: 'another sentence for a missing scope',
    check: 'expected-body',
    given: withoutScope!,
    answer: json((body) => ({ ...body, title: 'No' })),
  },
  {
    name: 'a deletion behind a refusal',
    check: 'state-unchanged',
    given: readOnlyDelete!,
    token: FULL,
    answer: (a) => {
      if (a.status === 204) a.status = 403;
    },
  },
];

const open: { close(): unknown }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

describe('a broken server', () => {
  it.each(mutations.map((mutation) => [mutation.name, mutation.check, mutation] as const))(
    'that answers with %s fails %s',
    async (_name, check, mutation) => {
      const target = await targetAt(brokenServer(mutation));
      open.push(target);
      const { violations } = await runCase(mutation.given, target);
      expect(violations.map((violation) => violation.check)).toContain(check);
    },
  );

  it.each(
    [getBrand, getBrands, createBrand, withoutToken, withoutScope, readOnlyDelete, brokenBody].map(
      (given) => [given!.name, given!] as const,
    ),
  )('passes when nothing is broken: %s', async (_name, given) => {
    const target = await targetAt(brokenServer({}));
    open.push(target);
    expect((await runCase(given, target)).violations).toEqual([]);
  });

  it('has a mutation for every check of an answer', () => {
    const shown = new Set(mutations.map(({ check }) => check));
    // The answers of tax providers are broken in test/unit/contracts/provider.
    const ofAnswers = Object.keys(checks).filter((check) => !check.startsWith('request-') && check !== 'tax-quote');
    expect(ofAnswers.filter((check) => !shown.has(check as CheckId))).toEqual([]);
  });
});

/** Changes the JSON of an answer. */
function json(change: (body: { data: Record<string, unknown>; meta: unknown }) => unknown): (answer: Answer) => void {
  return (answer) => {
    answer.body = JSON.stringify(change(JSON.parse(answer.body)));
  };
}

/** Hands requests to a mock and breaks what comes back. */
function brokenServer({ answer: breakAnswer, token, given }: Partial<Mutation>): FastifyInstance {
  const mock = buildMockServer({ plan: 'unlimited' });
  open.push(mock);
  const broken = fastify();
  broken.removeAllContentTypeParsers();
  broken.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  broken.all('/*', async (request, reply) => {
    const { method, url, headers, body } = request;
    // Only the request that is looked at, not the lists that lead to it.
    const isLookedAt = matchOperation(method, url) === given?.operation;
    const sent = token !== undefined && isLookedAt ? { ...headers, 'x-auth-token': token } : headers;
    const payload = Buffer.isBuffer(body) ? body : undefined;
    const got = await mock.inject({ method: method as 'GET', url, headers: sent, ...(payload ? { payload } : {}) });
    const answer: Answer = { status: got.statusCode, headers: { ...got.headers }, body: got.body };
    if (isLookedAt) breakAnswer?.(answer);
    delete answer.headers['content-length'];
    delete answer.headers['transfer-encoding'];
    delete answer.headers['connection'];
    return reply.code(answer.status).headers(answer.headers).send(answer.body);
  });
  return broken;
}
