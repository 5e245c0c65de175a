/** Every operation used as intended, and every write with each mistake in its body that the schema can tell. */
import { operationRules, operations, type Operation } from '../../openapi/index.js';
import { describedRequest, jsonSchemaIn } from '../described-messages.js';
import { bodyFaults, withFault, type BodyFault } from './broken-bodies.js';
import type { CaseBody, CaseContext, ContractCase, NoCase } from './case.js';
import type { PathValues } from './existing-rows.js';
import { referenceTo } from './references.js';
import { form, json, takesForm, takesJson, validBody } from './request-bodies.js';

/** A GET of rows that exist, and its HEAD. */
export function readCases(operation: Operation): ContractCase[] {
  if (operation.method !== 'GET') return [];
  const statuses = operation.statuses.filter((status) => status < 300);
  const base = { operation, credentials: 'full access', query: usualQuery, statuses } as const;
  return [
    { ...base, name: `${operation.id} is answered` },
    { ...base, name: `${operation.id} is answered without its body`, method: 'HEAD' },
  ];
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
      { ...base, name: `${id} is answered to all that it takes`, body: (context) => validBody(context, { isFull: true }) },
    );
  }
  if (takesForm(operation)) cases.push({ ...base, name: `${id} is answered to a form`, body: () => Promise.resolve(form()) });
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
    body: async (context) => json(await context.rows.read(path, context.values)),
    statuses: operation.statuses.filter((status) => status < 300),
    isWrong: true, // read-only fields come back too
  };
}

/** The query that an operation cannot do without: what it requires, and a filter where many rows would be deleted. */
async function usualQuery({ operation, rows, values }: CaseContext): Promise<Readonly<Record<string, string>>> {
  const parameters = operationRules(operation).parameters.filter((rule) => rule.in === 'query');
  const required = parameters.filter((rule) => rule.required);
  const filter = parameters.find((rule) => rule.name.endsWith(':in') && rule.items === 'integer');
  const isDeletion = operation.resource?.action === 'delete-many' && !operation.body;
  const needed = required.length > 0 || !isDeletion || !filter ? required : [filter];
  const [row] = await rows.list(operation.path, values);
  const query: Record<string, string> = {};
  for (const { name } of needed) {
    const [property = name] = name.split(':');
    query[name] = String(row?.[property] ?? (await referenceTo(property, operation, rows, values)) ?? 1);
  }
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
