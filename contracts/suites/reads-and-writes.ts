/** Every operation used as intended, and every write with each mistake in its body that the schema can tell. */
import { operationRules, operations, type Operation, type ParameterRule } from '../../openapi/index.js';
import { describedRequest, jsonSchemaIn } from '../described-messages.js';
import { bodyFaults, withFault, type BodyFault } from './broken-bodies.js';
import type { CaseBody, CaseContext, ContractCase, NoCase } from './case.js';
import { flatSchema, writableProperties } from './flat-schema.js';
import type { PathValues } from './existing-rows.js';
import { referenceTo } from './references.js';
import { fileField, form, json, takesForm, takesJson, validBody } from './request-bodies.js';

/** A GET of rows that exist, its HEAD, and the GET with each value of each parameter that the description has. */
export function readCases(operation: Operation): ContractCase[] {
  if (operation.method !== 'GET') return [];
  // A shopper's login sends on to the shop.
  const statuses = operation.statuses.filter((status) => status < 300 || status === 302);
  const base = { operation, credentials: 'full access', query: usualQuery, statuses } as const;
  return [
    { ...base, name: `${operation.id} is answered` },
    { ...base, name: `${operation.id} is answered without its body`, method: 'HEAD' },
    ...operationRules(operation).parameters.flatMap((rule) => {
      return queryValues(rule, operation.path).map((value) => ({
        ...base,
        name: `${operation.id} takes ${rule.name}${value === undefined ? '' : `=${value}`}`,
        query: async (context: CaseContext) => ({
          ...(await usualQuery(context)),
          [rule.name]: value ?? (await ownValue(rule, context)),
        }),
      }));
    }),
  ];
}

/** Values of one query parameter to try; undefined stands for one that a row of the store has. */
function queryValues(
  { name, in: place, type, items, enum: choices, format, maximum }: ParameterRule,
  path: string,
): (string | undefined)[] {
  // A cursor comes from an answer and cannot be made up.
  if (place !== 'query' || name === 'before' || name === 'after') return [];
  if (choices) return [...choices.map(String), ...(type === 'array' ? [choices.join(',')] : [])];
  if (name === 'page') return ['2'];
  if (name === 'limit') return ['1', String(maximum ?? (path.includes('/v2/') ? 250 : 1000))]; // V2 refuses what V3 cuts off
  if (format === 'date') return ['2024-05-01'];
  if (format === 'date-time' || name.startsWith('date_')) return ['2024-05-01T08:30:00Z'];
  return (items ?? type) === 'boolean' ? ['true', 'false'] : [undefined];
}

/** What the first row has under the name of a filter: `price:max` asks for a price. */
async function ownValue(
  { name: filter, type }: ParameterRule,
  { operation, rows, values }: CaseContext,
): Promise<string> {
  const [name = filter] = filter.split(':');
  const known = rows.known(name);
  if (known !== undefined) return String(known);
  const [row] = await rows.list(operation.path, values);
  if (name.endsWith('clude_fields')) return Object.keys(row ?? {})[1] ?? 'id';
  const value = row?.[name] ?? (await referenceTo(name, operation, rows, values));
  if (type === 'integer' && Number.isNaN(Number(value))) return '1';
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '1';
}

/** A write with what is required, and with everything; whether the store takes it depends on its rows, too. */
export function writeCases(operation: Operation): ContractCase[] {
  if (operation.method === 'GET') return [];
  const { id } = operation;
  const base = { operation, credentials: 'full access', query: usualQuery } as const;
  if (!operation.body) return [{ ...base, name: `${id} is answered` }];
  const cases: ContractCase[] = [];
  if (takesJson(operation)) {
    cases.push(
      { ...base, name: `${id} is answered to what it requires`, body: validBody },
      {
        ...base,
        name: `${id} is answered to all that it takes`,
        body: (context) => validBody(context, { isFull: true }),
      },
    );
  }
  if (takesForm(operation))
    cases.push({
      ...base,
      name: `${id} is answered to a form`,
      body: () => Promise.resolve(form(fileField(operation))),
    });
  return cases;
}

/** A PUT of just what a GET showed, as clients do it that change one field of a row; undefined where GET shows none. */
export function roundTripCase(operation: Operation, values?: PathValues): ContractCase | undefined {
  const { id, method, path, resource } = operation;
  const isUpdate = method === 'PUT' && (resource?.action === 'update' || resource?.action === 'replace');
  if (!isUpdate || !operations.some((other) => other.method === 'GET' && other.path === path)) return undefined;
  return {
    name: `${id} takes what GET shows`,
    operation,
    credentials: 'full access',
    ...(values ? { values } : {}),
    body: async (context) => json(writablePart(await context.rows.read(path, context.values), context)),
    statuses: operation.statuses.filter((status) => status < 300),
    isWrong: true, // read-only fields come back too
  };
}

/** V2 refuses what it shows but does not take, links to rows of their own among it; V3 takes it and looks away. */
function writablePart(shown: unknown, { operation, schema }: CaseContext): unknown {
  if (!operation.path.includes('/v2/') || !schema || typeof shown !== 'object' || shown === null) return shown;
  const names = new Set(writableProperties(flatSchema(schema)).map(([name]) => name));
  return Object.fromEntries(
    Object.entries(shown).filter(([name, value]) => names.has(name) && value !== null && !isLink(value)),
  );
}

function isLink(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'resource' in value && 'url' in value;
}

/** The query that an operation cannot do without: what it requires, and a filter where many rows would be deleted. */
export async function usualQuery(context: CaseContext): Promise<Readonly<Record<string, string>>> {
  const { operation } = context;
  const parameters = operationRules(operation).parameters.filter((rule) => rule.in === 'query');
  const required = parameters.filter((rule) => rule.required);
  const filter = parameters.find((rule) => rule.name.endsWith(':in') && rule.items === 'integer');
  const isDeletion = operation.resource?.action === 'delete-many' && !operation.body;
  const needed = required.length > 0 || !isDeletion || !filter ? required : [filter];
  const query: Record<string, string> = {};
  for (const rule of needed) query[rule.name] = await ownValue(rule, context);
  return query;
}

/** Each mistake that the schema of the body can tell: refused, and nothing changed. */
export function invalidBodyCases(operation: Operation): ContractCase[] {
  const content = describedRequest(operation);
  const schema = content && jsonSchemaIn(content);
  if (!schema) return [];
  return bodyFaults(schema).map((fault) => ({
    name: `${operation.id}: ${fault.path.length === 0 ? 'the body' : fault.path.join('.')} ${fault.kind}`,
    operation,
    credentials: 'full access',
    body: (context) => brokenBody(context, fault),
    statuses: [400, 422],
    isWrong: true,
    changesNothing: true,
  }));
}

async function brokenBody({ operation, validBody: valid }: CaseContext, fault: BodyFault): Promise<CaseBody | NoCase> {
  const broken = withFault(await valid({ along: fault.path }), fault);
  const isSound = operationRules(operation).validate?.(broken) ?? true;
  return isSound ? { skipped: 'what one alternative of the schema forbids, another allows' } : json(broken);
}
