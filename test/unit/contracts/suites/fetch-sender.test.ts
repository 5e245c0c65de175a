import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fetchSender } from '../../../../contracts/index.js';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method, url, headers } = request;
    response.writeHead(207, { 'X-Seen': String(headers['x-auth-token']) });
    response.end(`${method} ${url} ${Buffer.concat(chunks).toString()}`);
  });
});
let base: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

it.each([
  [undefined, ''],
  ['text', 'text'],
  [{ json: [1] }, '[1]'],
])('sends %j and gives back what came', async (body, received) => {
  const request = { method: 'POST', url: '/stores/abc', headers: { 'X-Auth-Token': 't' }, body };
  const { response } = await fetchSender(base)(request);
  expect(response).toMatchObject({ status: 207, body: `POST /stores/abc ${received}` });
  expect(response.headers['x-seen']).toBe('t');
});
