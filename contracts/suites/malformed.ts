/**
 * Requests that no client means to send: broken JSON, wrong content types, methods and paths that do not exist, ids that
 * are none, nesting without end, prototype keys, texts and bodies beyond reason. Each is refused with a 4xx, and the
 * server lives on. Statuses: platform reference, sections 1.2, 1.3, 5.3 and 5.5.
 */
import { operationRules, operations, type Operation } from '../../openapi/index.js';
import { megabyteFault, withFault } from './broken-bodies.js';
import type { CaseBody, CaseContext, ContractCase } from './case.js';
import { brokenForm, raw, takesForm, takesJson, validBody } from './request-bodies.js';

export interface MalformedOptions {
  /** A body of so many bytes is too large for the target. Absent: no such case. */
  readonly oversizedBytes?: number;
}

const unreadable = [400, 422] as const;
const tooMuch = [400, 413, 422] as const;
const NESTING = 50_000;

export function malformedCases(operation: Operation, options: MalformedOptions = {}): ContractCase[] {
  return [...pathCases(operation), ...queryCases(operation), ...bodyCases(operation, options)].map((given) => {
    return { ...given, isWrong: true };
  });
}

function pathCases(operation: Operation): ContractCase[] {
  const { id, path, method } = operation;
  const base = { operation, credentials: 'full access' } as const;
  // Paths belong to several operations; the first one at a path stands for all.
  const atPath = operations.filter((other) => other.path === path);
  const cases: ContractCase[] = [];
  if (atPath[0] === operation) {
    cases.push(
      {
        ...base,
        method: 'GET',
        name: `${id}: below its path there is nothing`,
        url: (url) => `${url}/no/such/resource`,
        statuses: [404],
      },
      // Observed in 2017 and 2018 as 403 and 401.
      {
        ...base,
        method: 'GET',
        name: `${id}: a trailing slash is another path`,
        url: (url) => `${url}/`,
        statuses: [401, 403, 404],
      },
      { ...base, method: 'PATCH', name: `${id}: PATCH is served nowhere`, statuses: [404, 405, 501] },
    );
    for (const verb of ['GET', 'POST', 'PUT', 'DELETE']) {
      if (atPath.some((other) => other.method === verb)) continue;
      cases.push({ ...base, method: verb, name: `${id}: ${verb} is not served there`, statuses: [404, 405] });
    }
  }
  const parameters = operationRules(operation).parameters.filter(
    (rule) => rule.in === 'path' && rule.type === 'integer',
  );
  for (const { name } of parameters) {
    for (const wrong of ['abc', '-1', '1.5', '1e3', '99999999999999999999', '%00', '%E0%A4%A', '__proto__']) {
      cases.push({
        ...base,
        name: `${id}: ${name} cannot be ${wrong}`,
        url: (_, { values }) => pathWith(path, values, name, wrong),
        body: validBody,
        statuses: [400, 404, 422],
      });
    }
    cases.push({
      ...base,
      name: `${id}: no row has that ${name}`,
      url: (_, { values }) => pathWith(path, values, name, '2147483647'),
      body: validBody,
      // Whether the catalog answers 204 or 404 to the deletion of what is not there is not known.
      statuses:
        method === 'DELETE' || !operation.statuses.includes(404)
          ? [...operation.statuses.filter((status) => status < 300), 400, 404, 422]
          : [400, 404, 422],
    });
  }
  return cases;
}

function queryCases(operation: Operation): ContractCase[] {
  if (operation.method !== 'GET') return [];
  const { id } = operation;
  const wrong = operationRules(operation).parameters.flatMap((rule) => {
    if (rule.in !== 'query' || (rule.items ?? rule.type) !== 'integer') return [];
    const values = rule.name === 'page' || rule.name === 'limit' ? ['abc', '0', '-1', '1.5', ''] : ['abc'];
    return values.map((value) => `${encodeURIComponent(rule.name)}=${value}`);
  });
  const odd = [
    '__proto__=1',
    'constructor=1',
    '__proto__[x]=1',
    'a[b][c]=1',
    '%=1',
    '&&==&',
    `name=${'x'.repeat(5_000)}`,
  ];
  const base = { operation, credentials: 'full access' } as const;
  return [
    ...wrong.map((query) => ({
      ...base,
      name: `${id}: ?${query} is refused`,
      url: withQuery(query),
      statuses: unreadable,
    })),
    ...odd.map((query) => ({
      ...base,
      name: `${id}: ?${query.slice(0, 20)} does no harm`,
      url: withQuery(query),
      statuses: [...operation.statuses.filter((status) => status < 400), 400, 404, 414, 422],
    })),
  ];
}

function bodyCases(operation: Operation, { oversizedBytes }: MalformedOptions): ContractCase[] {
  const { id, body } = operation;
  if (!body) return [];
  const base = { operation, credentials: 'full access' } as const;
  const cases: ContractCase[] = [
    {
      ...base,
      name: `${id}: text is no content type of it`,
      body: sending(raw('name=x', 'text/plain')),
      statuses: [400, 415],
    },
    { ...base, name: `${id}: a body needs a content type`, body: sending({ body: '{}' }), statuses: [400, 415] },
    {
      ...base,
      name: `${id}: a form must be one`,
      body: sending(raw('no form', 'multipart/form-data')),
      statuses: [400, 415, 422],
    },
  ];
  if (takesForm(operation)) {
    cases.push({
      ...base,
      name: `${id}: a form must not break off`,
      body: sending(brokenForm()),
      statuses: unreadable,
    });
  }
  if (oversizedBytes !== undefined) {
    const tooLarge = sending(raw(`"${'x'.repeat(oversizedBytes)}"`));
    cases.push({ ...base, name: `${id}: more bytes than the server takes`, body: tooLarge, statuses: [413] });
  }
  if (!takesJson(operation)) return cases;
  const texts: readonly (readonly [name: string, text: string, statuses: readonly number[]])[] = [
    ['half an object', '{"name": "x"', unreadable],
    ['no JSON', 'name=x', unreadable],
    // Where a body may be left out, only what else the operation looks at can be wrong.
    [
      'nothing',
      '',
      body.required ? unreadable : [...operation.statuses.filter((status) => status < 500), ...unreadable],
    ],
    ['a byte order mark and zeros', '\uFEFF\u0000\u0000', unreadable],
    ['null', 'null', unreadable],
    ['a number', '1', unreadable],
    ['lists without end', '['.repeat(NESTING) + ']'.repeat(NESTING), tooMuch],
    ['lists that never close', '['.repeat(NESTING), tooMuch],
    ['objects without end', '{"a":'.repeat(NESTING) + '1' + '}'.repeat(NESTING), tooMuch],
  ];
  cases.push(
    ...texts.map(([name, text, statuses]) => ({
      ...base,
      name: `${id}: ${name} is refused`,
      body: sending(raw(text)),
      statuses,
    })),
    ...['"__proto__":{"polluted":true}', '"constructor":{"prototype":{"polluted":true}}'].map((key) => ({
      ...base,
      name: `${id}: {${key}} is refused`,
      body: async ({ validBody: valid }: CaseContext) => raw(withKey(JSON.stringify(await valid()), key)),
      statuses: unreadable,
    })),
    { ...base, name: `${id}: a megabyte of text is refused`, body: megabyte, statuses: tooMuch },
  );
  return cases;
}

async function megabyte({ schema, validBody: valid }: CaseContext): Promise<CaseBody> {
  const fault = schema && megabyteFault(schema);
  const body = fault ? withFault(await valid({ along: fault.path }), fault) : 'x'.repeat(1_000_000);
  return raw(JSON.stringify(body));
}

function sending(body: CaseBody): () => Promise<CaseBody> {
  return () => Promise.resolve(body);
}

/** A key written into the first object of a JSON text; where there is none, an object with that key takes its place. */
function withKey(text: string, key: string): string {
  const start = text.indexOf('{');
  if (start < 0) return text.startsWith('[') ? `[{${key}}]` : `{${key}}`;
  const isEmpty = text[start + 1] === '}';
  return `${text.slice(0, start + 1)}${key}${isEmpty ? '' : ','}${text.slice(start + 1)}`;
}

function withQuery(query: string): (url: string) => string {
  return (url) => `${url}?${query}`;
}

/** A path with one parameter as it is given, not encoded again. */
function pathWith(template: string, values: CaseContext['values'], name: string, value: string): string {
  return template.replace(/\{([^}]+)\}/g, (_, parameter: string) => {
    return parameter === name ? value : encodeURIComponent(String(values[parameter] ?? 1));
  });
}
