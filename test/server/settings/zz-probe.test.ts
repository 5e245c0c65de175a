import { readFileSync, writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { startMock } from '../mock.js';
import { operations } from '../../../openapi/index.js';
import { checkExchange } from '../../../contracts/index.js';
import { fromSchema } from '../../../fixtures/from-schema.js';

const docs = /^(settings\/|store\/store-|themes\/|content\/|marketing\/(email|aband)|carts\/aband)/;
const bundle = JSON.parse(readFileSync('openapi/generated/bundle.json', 'utf8')) as any;
const official = JSON.parse(readFileSync('/tmp/official-examples.json', 'utf8')) as Record<string, unknown[]>;
it('probe', async () => {
  const log: string[] = [];
  const dump: unknown[] = [];
  const ids = async (mock: any, op: any): Promise<string> => {
    let path = op.path.replace('/stores/{store_hash}', '');
    const lists: Record<string, [string, (b: any) => unknown]> = {
      'widget-templates': ['/v3/content/widget-templates', (b) => b.data[0].uuid],
      widgets: ['/v3/content/widgets', (b) => b.data[0].uuid],
      placements: ['/v3/content/placements', (b) => b.data[0].uuid],
      scripts: ['/v3/content/scripts', (b) => b.data[0].uuid],
      'redirect-jobs': ['/v3/storefront/redirects/imex/jobs', (b) => b.data[0].id],
      themes: ['/v3/themes', (b) => b.data[1].uuid], 'theme-configurations': ['/v3/themes', (b) => b.data[0].uuid], 'theme-jobs': ['/v3/themes', (b) => b.data[0].uuid],
      pages: ['/v3/content/pages', (b) => b.data[1].id],
    };
    const l = lists[op.resource?.collection];
    if (/\{/.test(path)) {
      let key: unknown = 1;
      if (l) key = l[1]((await mock.get(l[0])).body);
      path = path.replace(/\{([^}]+)\}/g, (_m: string, n: string) => n === 'template-name' ? 'invoice_email' : n === 'job_id' ? 'ceea00000000000000000000000000001' : n === 'version_uuid' ? 'e1a4c0de-0000-4000-8000-000000000201' : String(key));
    }
    if (path.endsWith('/regions')) path += '?template_file=pages/home';
    if (op.method === 'DELETE' && op.resource?.action === 'delete-many' && !op.body) path += path.startsWith('/v2') ? '' : '?id:in=1';
    if (op.id === 'deleteEmailTemplateOverride' || op.path.includes('emails/settings')) path += '?channel_id=1';
    if (op.id === 'getThemeConfiguration') path += '?channel_id:in=1';
    return path;
  };
  for (const op of operations.filter(({ document }) => docs.test(document))) {
    const item = bundle.paths[op.path] ?? bundle.paths[op.path.replace('/stores/{store_hash}', '')];
    const described = item?.[op.method.toLowerCase()];
    let rb = described?.requestBody;
    if (rb?.$ref) rb = rb.$ref.split('/').slice(1).reduce((o: any, k: string) => o[k], bundle);
    const schema = rb?.content?.['application/json']?.schema;
    const bodies: [string, unknown][] = [];
    if (schema) {
      const sampled = fromSchema(schema, { document: bundle, place: op.id });
      bodies.push(['sampled', sampled]);
      for (const ex of official[op.method + ' ' + op.path.replace('/stores/{store_hash}', '')] ?? []) bodies.push(['official', ex]);
      if (process.env.ONLY_MAIN) {} else bodies.push(['empty', Array.isArray(sampled) ? [{}] : {}], ['null', null], ['wrong', Array.isArray(sampled) ? {} : []]);
      if (process.env.ONLY_MAIN) {} else if (!Array.isArray(sampled) && sampled) for (const k of Object.keys(sampled as object)) for (const bad of [null, 12, 'zz', true, [], {}]) bodies.push([`${k}=${JSON.stringify(bad)}`, { ...(sampled as object), [k]: bad }]);
      if (!process.env.ONLY_MAIN && Array.isArray(sampled) && typeof sampled[0] === 'object') for (const k of Object.keys(sampled[0] as object)) for (const bad of [null, 12, 'zz', true, [], {}]) bodies.push([`${k}=${JSON.stringify(bad)}`, [{ ...(sampled[0] as object), [k]: bad }]]);
    } else bodies.push(['none', undefined]);
    for (const [label, sent] of bodies) {
      const mock = await startMock({ size: 'small' });
      const path = await ids(mock, op);
      for (const p of [path, ...(op.path.match(/\{(?!store_hash)/) ? [path.replace(/\/[^/?]+(\?.*)?$/, '/424242$1')] : [])]) {
        const m = op.method.toLowerCase() as 'get';
        let t = (mock as any)[m](p);
        if (op.method !== 'GET' && sent !== undefined) t = mock.raw[m]('/stores/mockstore1' + p).set('X-Auth-Token', 'mock-token-full-access').set('content-type', 'application/json').send(JSON.stringify(sent));
        const r = await t.buffer(true).parse((res: any, cb: any) => { let d = ''; res.on('data', (c: any) => (d += c)); res.on('end', () => cb(null, d)); });
        const text = typeof r.body === 'string' ? r.body : '';
        const violations = checkExchange({ request: { method: op.method, url: '/stores/mockstore1' + p, headers: { 'x-auth-token': 'mock-token-full-access', 'content-type': 'application/json' } }, response: { status: r.status, headers: r.headers as never, body: text } }).filter((v: any) => v.check !== 'request');
        if (p === path) dump.push([op.method, op.path.replace('/stores/{store_hash}', ''), r.status, text]);
        const main = label === 'sampled' || label === 'official' || label === 'none';
        if (r.status >= 500 || violations.length || (main && p === path)) log.push([op.id, label, p === path ? '' : 'unknown', r.status, r.headers['x-mock-fidelity'], r.status >= 400 || violations.length ? text.slice(0, 200) + ' <= ' + JSON.stringify(sent)?.slice(0, 160) : '', violations.length ? 'VIOL ' + JSON.stringify(violations).slice(0, 300) : ''].join(' '));
      }
    }
  }
  console.log(log.join('\n'));
  writeFileSync('/tmp/dump-d.json', JSON.stringify(dump));
}, 600000);
