/**
 * The second judge: Prism as a validating proxy before the mock, one request per operation at least. Prism never blocks
 * here; what it finds stands in the header `sl-violations`. The mock's own mark on every reply shows that the mock, and
 * not Prism, has answered.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { request as sendRequest } from 'node:http';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  describeViolation,
  readCases,
  runCase,
  writeCases,
  type Exchange,
  type ExchangeRequest,
  type Target,
} from '../../contracts/index.js';
import { operations } from '../../openapi/index.js';
import { startMockServer, type MockServer } from '../../mock-server/index.js';
import { known, sendable } from './known-values.js';
import { needMore } from './need-more.js';
import { requireNone } from './run-all.js';

const bundle = fileURLToPath(new URL('../../openapi/generated/bundle.json', import.meta.url));
const prismPackage = createRequire(import.meta.url).resolve('@stoplight/prism-cli/package.json');
/** The header with the violations can be long. */
const MAX_HEADER_BYTES = 1_000_000;

/** Where Prism is right about the request, or wrong about the answer. */
const falseAlarms: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    'the path asks for a row that no list shows, and 1 is no UUID': ['getDeploymentEventStream'],
    'the query asks for a row by a name that no list has': ['deleteProjects'],
    'the suite sends no token but that of the management API': ['PaymentsPost', 'revokeToken'],
  }).flatMap(([reason, ids]) => ids.map((id) => [id, reason])),
);

/** Behind Prism this redirect into the shop arrives as 404; it seems that Prism follows it by itself. */
const elsewhere: ReadonlySet<string> = new Set(['getCustomerLogin']);

let mock: MockServer;
let prism: ChildProcess;
let target: Target;

beforeAll(async () => {
  mock = await startMockServer({ plan: 'unlimited' });
  const port = await freePort();
  prism = await startPrism(port, mock.url);
  target = {
    storeHash: mock.storeHash,
    tokens: mock.tokens,
    known,
    sendable,
    send: (request) => send(`http://127.0.0.1:${port}`, request),
  };
});

afterAll(async () => {
  prism.kill();
  await mock.close();
});

describe.each(operations.filter(({ id, host }) => host !== 'provider' && !elsewhere.has(id)))('$id', (operation) => {
  it('is answered by the mock, and Prism finds nothing wrong', async () => {
    // Of the reads the plain one: each goes through two servers, and the other judges see the rest.
    for (const given of [...readCases(operation).slice(0, 1), ...writeCases(operation)]) {
      mock.reset();
      const isRefused = operation.method === 'GET' && Object.hasOwn(needMore, operation.id);
      const statuses = isRefused ? { statuses: operation.statuses } : {};
      const { exchange, violations } = await runCase({ ...given, ...statuses }, target);
      requireNone(violations.map(describeViolation));
      const { headers } = exchange!.response;
      expect(headers['x-mock-fidelity'], 'the mark of the mock').toMatch(/^(stateful|computed|sampled)$/);
      if (!Object.hasOwn(falseAlarms, operation.id))
        expect(headers['sl-violations'], 'what Prism finds').toBeUndefined();
    }
  });
});

it.each([
  ['a route that is described nowhere', '/stores/mockstore1/v3/catalog/no-such-resource'],
  ['a status that is not documented', '/stores/nosuchstore/v3/catalog/brands'],
])('Prism would notice %s', async (_, url) => {
  const { response } = await target.send({ method: 'GET', url, headers: { 'X-Auth-Token': target.tokens.fullAccess } });
  const isNoticed = response.headers['sl-violations'] !== undefined;
  // Prism itself answers where it finds no route; then the mark of the mock is missing.
  expect(isNoticed || response.headers['x-mock-fidelity'] === undefined).toBe(true);
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

function startPrism(port: number, upstream: string): Promise<ChildProcess> {
  const command = join(dirname(prismPackage), 'dist/index.js');
  const child = spawn(process.execPath, [command, 'proxy', bundle, upstream, '--port', String(port)], {
    env: { ...process.env, NODE_ENV: 'test' },
  });
  return new Promise((resolve, reject) => {
    let output = '';
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes('Prism is listening')) resolve(child);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', () => {
      reject(new Error(`Prism did not start: ${output}`));
    });
  });
}

/** Node's own client: fetch would refuse a header of that size. */
function send(base: string, given: ExchangeRequest): Promise<Exchange> {
  const { method, url, headers, body } = given;
  return new Promise((resolve, reject) => {
    const options = { method, headers: headers as Record<string, string>, maxHeaderSize: MAX_HEADER_BYTES };
    const request = sendRequest(base + url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({
          request: given,
          response: { status: response.statusCode ?? 0, headers: response.headers, body: text },
        });
      });
    });
    request.once('error', reject);
    if (typeof body === 'string' || body instanceof Uint8Array)
      request.setHeader('Content-Length', Buffer.byteLength(body)).end(body);
    else request.end();
  });
}
