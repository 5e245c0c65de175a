/** Every operation used as intended, and every write with each mistake in its body that the schema can tell. */
import { operationRules, type Operation } from '../../openapi/index.js';
import { describedRequest, jsonSchemaIn } from '../described-messages.js';
import { bodyFaults, withFault, type BodyFault } from './broken-bodies.js';
import type { CaseBody, CaseContext, ContractCase, NoCase } from './case.js';
import { form, json, takesForm, takesJson, validBody } from './request-bodies.js';

/** A GET of rows that exist, and its HEAD. */
export function readCases(operation: Operation): ContractCase[] {
  if (operation.method !== 'GET') return [];
  const base = { operation, credentials: 'full access', statuses: operation.statuses.filter((status) => status < 300) } as const;
  return [
    { ...base, name: `${operation.id} is answered` },
    { ...base, name: `${operation.id} is answered without its body`, method: 'HEAD' },
  ];
}

/** A write with what is required, and with everything; whether the store takes it depends on its rows, too. */
export function writeCases(operation: Operation): ContractCase[] {
  if (operation.method === 'GET') return [];
  const { id } = operation;
  const base = { operation, credentials: 'full access' } as const;
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

/** Each required property left out, each value of a wrong type, each null that may not be: refused, nothing changed. */
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
  }));
}

async function brokenBody({ operation, validBody: valid }: CaseContext, fault: BodyFault): Promise<CaseBody | NoCase> {
  const broken = withFault(await valid({ along: fault.path }), fault);
  const isSound = operationRules(operation).validate?.(broken) ?? true;
  return isSound ? { skipped: 'what one alternative of the schema forbids, another allows' } : json(broken);
}
