/** The control API described: every call is there, the document is sound, and the calls answer as it says. */
import openapiTS from 'openapi-typescript';
import { describe, expect, it } from 'vitest';
import { describedCalls } from '../../../mock-server/control/description/document.js';
import { resolveOptions } from '../../../mock-server/options.js';
import { assemble } from '../../../mock-server/server.js';
import { operations } from '../../../openapi/index.js';
import { startMock } from '../mock.js';
import { answerProblems } from './described-answer.js';

/** `GET /_mock/health` and so on, as Fastify knows them, in the words of path templates. */
async function servedCalls(): Promise<string[]> {
  const { app } = assemble(resolveOptions({ size: 'empty' }));
  const served = new Set<string>();
  app.addHook('onRoute', ({ method, url }) => {
    if (!url.startsWith('/_mock/') || url === '/_mock/*') return;
    const template = url.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{path}');
    for (const each of [method].flat()) if (each !== 'HEAD') served.add(`${each} ${template}`);
  });
  await app.ready();
  await app.close();
  return [...served].sort();
}

describe('GET /_mock/control-openapi.json', () => {
  it('describes every call that is served, and no other', async () => {
    expect(
      describedCalls()
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    ).toEqual(await servedCalls());
  });

  it('is a sound document, with an id of its own for every call', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.get('/_mock/control-openapi.json').expect(200);
    expect(body.openapi).toBe('3.0.3');
    await expect(openapiTS(body as Parameters<typeof openapiTS>[0])).resolves.toBeInstanceOf(Array);
    const ids = describedCalls().map(({ call }) => call.operationId);
    expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([]);
  });

  it('names every path parameter of a call', () => {
    const missing = describedCalls().flatMap(({ method, path, call }) => {
      const named = (call.parameters ?? []).filter(({ in: place }) => place === 'path').map(({ name }) => name);
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      return named.sort().join() === wanted.sort().join() ? [] : [`${method} ${path}`];
    });
    expect(missing).toEqual([]);
  });
});

describe('control calls', () => {
  it('answer as described', async () => {
    const mock = await startMock();
    const problems: string[] = [];
    const call = async (
      method: 'get' | 'post' | 'put' | 'delete',
      path: string,
      values: object = {},
      body?: object,
    ) => {
      const url = path.replace(/\{(\w+)\}/g, (_, name: string) => String((values as Record<string, unknown>)[name]));
      const answer = await mock.raw[method](url).send(body);
      problems.push(...answerProblems(method, path, answer));
      return answer;
    };
    const store = { store_hash: 'acme' };
    await call('post', '/_mock/stores', {}, { ...store, size: 'products=2' });
    await call('post', '/_mock/stores', {}, store);
    await call('post', '/_mock/stores', {}, { seed: 'x' });
    await call('get', '/_mock/stores');
    for (const store_hash of ['acme', 'elsewhere']) {
      await call('get', '/_mock/stores/{store_hash}', { store_hash });
      await call('post', '/_mock/stores/{store_hash}/snapshots', { store_hash }, { name: 'one' });
      await call('get', '/_mock/stores/{store_hash}/snapshots', { store_hash });
      await call('put', '/_mock/stores/{store_hash}/snapshots/{name}', { store_hash, name: 'one' });
      await call('delete', '/_mock/stores/{store_hash}/snapshots/{name}', { store_hash, name: 'one' });
    }
    await call('get', '/_mock/health');
    await call('get', '/_mock/openapi.json');
    await call('get', '/_mock/clock');
    await call('post', '/_mock/clock', {}, { advance_ms: 5, ...store });
    await call('post', '/_mock/clock', {}, {});
    await call('post', '/_mock/faults', {}, { fault: { status: 500 }, match: store });
    await call('post', '/_mock/faults', {}, { fault: { delay_ms: 0 }, times: 1 });
    await call('post', '/_mock/faults', {}, { fault: {} });
    await mock.post('/v3/catalog/brands', { name: 'Kettle & Co' });
    await call('get', '/_mock/faults');
    await call('get', '/_mock/faults/{id}', { id: 1 });
    await call('delete', '/_mock/faults/{id}', { id: 9 });
    await call('delete', '/_mock/faults');
    await mock.get('/v3/nothing');
    const { body: requests } = await call('get', '/_mock/requests');
    expect(requests.data).toHaveLength(2);
    await call('get', '/_mock/requests/count');
    await call('post', '/_mock/requests/wait', {}, { count: 1 });
    await call('delete', '/_mock/requests');
    await call('get', '/_mock/webhooks/deliveries');
    await call('post', '/_mock/reset');
    await call('delete', '/_mock/stores/{store_hash}', store);
    await call('delete', '/_mock/stores/{store_hash}', { store_hash: 'mockstore1' });
    expect(problems).toEqual([]);
  });
});

describe('GET /_mock/docs', () => {
  it('shows every call, and needs nothing from elsewhere', async () => {
    const mock = await startMock();
    const { text, headers } = await mock.raw.get('/_mock/docs').expect(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    for (const { call } of describedCalls()) expect(text).toContain(`<article id="${call.operationId}">`);
    expect(text).not.toMatch(/<script|src=|@import|url\(|href="(https?:)?\/\//);
  });

  it('leads to the operations of the API', async () => {
    const mock = await startMock();
    const { text: docs } = await mock.raw.get('/_mock/docs');
    expect(docs).toContain('href="docs/operations"');
    const { text } = await mock.raw.get('/_mock/docs/operations').expect(200);
    for (const { id } of operations) expect(text).toContain(`<tr id="${id}">`);
    expect(text).not.toMatch(/<script|src=|@import|url\(|href="(https?:)?\/\//);
  });

  it('is sound: tags are closed, and links within it lead somewhere', async () => {
    const mock = await startMock();
    for (const page of ['/_mock/docs', '/_mock/docs/operations']) {
      const { text } = await mock.raw.get(page);
      for (const tag of ['article', 'section', 'dl', 'dd', 'details', 'pre', 'table', 'tr', 'td', 'code', 'a']) {
        const opened = text.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0;
        expect([tag, text.match(new RegExp(`</${tag}>`, 'g'))?.length ?? 0]).toEqual([tag, opened]);
      }
      for (const [, id] of text.matchAll(/href="#([^"]*)"/g)) expect(text).toContain(`id="${String(id)}"`);
    }
  });
});
