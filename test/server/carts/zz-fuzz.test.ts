import { it } from 'vitest';
import { checkExchange } from '../../../contracts/index.js';
import { bundledDocument, operations, resolveReference, isReference } from '../../../openapi/index.js';
import { startMock } from '../mock.js';

const DOCS =
  /^(carts\/carts|checkouts\/|storefront\/(carts|checkouts|consent|customers|form|pickup|subs)|auth\/|payments\/)/;
it('fuzz', async () => {
  const mock = await startMock({ size: 'small' });
  const doc = bundledDocument() as any;
  const deref = (s: any): any =>
    s && s.$ref
      ? deref(
          s.$ref
            .split('/')
            .slice(1)
            .reduce((o: any, k: string) => o[k], doc),
        )
      : s;
  const flat = (s: any): any => {
    s = deref(s);
    if (!s) return s;
    if (s.allOf)
      return s.allOf
        .map(flat)
        .reduce((a: any, b: any) => ({ ...a, ...b, properties: { ...a.properties, ...b.properties } }), {
          ...s,
          allOf: undefined,
        });
    if (s.anyOf || s.oneOf) return flat((s.anyOf ?? s.oneOf)[0]);
    return s;
  };
  const sample = (s: any, d = 0): any => {
    s = flat(s);
    if (!s || d > 6) return null;
    if (s.enum) return s.enum[0];
    if (s.properties || s.type === 'object')
      return Object.fromEntries(Object.entries(s.properties ?? {}).map(([k, v]) => [k, sample(v, d + 1)]));
    if (s.type === 'array') return [sample(s.items, d + 1)];
    if (s.type === 'integer' || s.type === 'number') return s.minimum ?? 1;
    if (s.type === 'boolean') return true;
    return 'abc';
  };
  const fresh = async () => {
    const { body: list } = await mock.get('/v3/catalog/products?limit=50&include=variants');
    const p = list.data.find(
      (x: any) =>
        x.inventory_tracking === 'none' && x.variants.length === 1 && x.order_quantity_minimum < 2 && !x.modifiers,
    );
    for (const q of list.data) {
      const r = await mock.post('/v3/carts', {
        line_items: [{ product_id: q.id, variant_id: q.variants[0]?.id, quantity: 1 }],
      });
      if (r.status !== 201) continue;
      const item = r.body.data.line_items.physical_items[0]?.id;
      if (!item) continue;
      return { cart: r.body.data.id as string, item: item as string };
    }
    throw new Error('none');
  };
  const seen = new Map<string, Set<string>>();
  for (const op of operations.filter((o) => DOCS.test(o.document))) {
    const raw = doc.paths[op.path.replace(/^/, '')]?.[op.method.toLowerCase()];
    const schema = raw?.requestBody && deref(raw.requestBody)?.content?.['application/json']?.schema;
    const full = schema ? sample(schema) : undefined;
    const bodies: any[] = schema ? [full, {}, [], [{}], [full], null, 'x', 5] : [undefined];
    if (full && typeof full === 'object' && !Array.isArray(full)) {
      for (const k of Object.keys(full)) {
        const { [k]: _, ...rest } = full;
        bodies.push(
          rest,
          { [k]: full[k] },
          { ...full, [k]: { a: 1 } },
          { ...full, [k]: [1] },
          { ...full, [k]: 'zzz' },
          { ...full, [k]: -1 },
          { ...full, [k]: null },
          { ...full, [k]: 1.5 },
        );
      }
    }
    for (const real of [true, false]) {
      for (const body of bodies) {
        const { cart, item } = await fresh();
        const url = op.path
          .replace('{store_hash}', 'mockstore1')
          .replace(/\{(\w+)\}/g, (_, n: string) =>
            n === 'channel_id' || n === 'channelId'
              ? real
                ? '1'
                : '999'
              : /cart|checkout/i.test(n) && n !== 'couponCode'
                ? real
                  ? cart
                  : '00000000-0000-4000-a000-000000000000'
                : n === 'itemId'
                  ? item
                  : n === 'metafield_id'
                    ? '1'
                    : 'abc',
          );
        const m = op.method.toLowerCase() as 'get';
        let t = mock.raw[m](url).set('x-auth-token', 'mock-token-full-access').redirects(0);
        const r =
          body === undefined
            ? await t
            : await t
                .set('content-type', 'application/json')
                .send(typeof body === 'object' && body !== null ? body : JSON.stringify(body));
        const v = checkExchange({
          request: { method: op.method, url, headers: {} },
          response: { status: r.status, headers: r.headers, body: r.text },
        }).filter(({ check }) => !check.startsWith('request') && check !== 'rate-limit-headers');
        const set = seen.get(op.id) ?? new Set();
        seen.set(op.id, set);
        set.add(String(r.status));
        if (r.status >= 500 || v.length)
          set.add(
            `${r.status} ${JSON.stringify(body)?.slice(0, 200)} → ${r.text?.slice(0, 300)} ${JSON.stringify(v[0] ?? '').slice(0, 300)}`,
          );
      }
    }
  }
  for (const [id, set] of seen) console.log(id, [...set].slice(0, 14).join('\n      '));
}, 300000);
