/** The contract report. */
import { checks } from '../../../contracts/index.js';
import { outcomes } from '../../state/usage.js';
import { invalidInput, json, schemaOf, unknownStore, type Paths, type Schema, type Schemas } from './parts.js';

export const reportPaths: Paths = {
  '/_mock/report': {
    get: {
      operationId: 'getReport',
      summary: 'Reports what clients did, what broke the contract, and scopes to drop',
      description:
        'Of all stores, or of one. Counts cover every request since the last reset; violations and early retries those that the journal still has. `Accept: text/markdown` gets it as Markdown.',
      tags: ['Report'],
      parameters: [
        { name: 'store_hash', in: 'query', schema: { type: 'string' }, description: 'Of this store alone.' },
      ],
      responses: {
        200: {
          description: 'The report.',
          content: { ...json(schemaOf('ContractReport')), 'text/markdown': { schema: { type: 'string' } } },
        },
        404: unknownStore,
        422: invalidInput,
      },
    },
  },
};

const count: Schema = { type: 'integer', minimum: 0 };
const text: Schema = { type: 'string' };
const textOrNull: Schema = { type: 'string', nullable: true };
const texts: Schema = { type: 'array', items: text };

/** With all of its properties, always. */
function whole(properties: NonNullable<Schema['properties']>, description?: string): Schema {
  return {
    type: 'object',
    ...(description !== undefined && { description }),
    required: Object.keys(properties),
    properties,
    additionalProperties: false,
  };
}

function list(items: Schema, description?: string): Schema {
  return { type: 'array', ...(description !== undefined && { description }), items };
}

const outcomeCounts: Schema = {
  type: 'object',
  description:
    'Requests by outcome, those without any left out. `4xx`: refusals without an outcome of their own; `cut`: no answer.',
  properties: Object.fromEntries(outcomes.filter((outcome) => outcome !== '204').map((outcome) => [outcome, count])),
  additionalProperties: false,
};

const scopeReason = whole({ scope: text, operations: texts });

const account = whole({
  store_hash: text,
  id: {
    type: 'integer',
    nullable: true,
    description: 'Null for requests without a known token, as name and client_id.',
  },
  name: textOrNull,
  client_id: textOrNull,
  requests: count,
  outcomes: outcomeCounts,
  operations: list(whole({ operation_id: text, requests: count, outcomes: outcomeCounts })),
  least_scopes: list(scopeReason, 'They would have sufficed for every operation that was let in.'),
  missing_scopes: list(scopeReason, 'To be granted for what was refused for lack of a scope, or would have been.'),
  unused_scopes: list(
    whole({
      scope: text,
      operations: { ...texts, description: 'What it would have opened; empty: nothing needed it.' },
      instead: { ...texts, description: 'Scopes of least_scopes that open these as well.' },
    }),
    'Granted, and never needed.',
  ),
  unjudged_scopes: { ...texts, description: 'Granted, but no operation asks for them: no request tells.' },
});

const violation = whole({
  check: { type: 'string', enum: Object.keys(checks) },
  operation_id: textOrNull,
  pointer: { type: 'string', description: 'JSON pointer into the exchange, such as `/request/body/price`.' },
  rule: text,
  expected: {},
  received: {},
  requests: { type: 'integer', minimum: 1, description: 'In which it was found; the rest is of the first.' },
  request_id: { type: 'integer', description: 'Id among `/_mock/requests`.' },
  method: text,
  url: text,
  status: { type: 'integer' },
  curl: { type: 'string', description: 'Makes the request again; the token is a placeholder.' },
});

const earlyRetry = whole({
  store_hash: text,
  account: textOrNull,
  operation_id: textOrNull,
  request_id: { type: 'integer' },
  method: text,
  url: text,
  early_by_ms: { type: 'number', description: "On the store's clock." },
});

export const reportSchemas: Schemas = {
  ContractReport: whole({
    store_hash: { type: 'string', nullable: true, description: 'Null: of all stores.' },
    totals: whole({
      requests: count,
      outcomes: outcomeCounts,
      operations_exercised: count,
      operations: count,
      coverage_percent: { type: 'number', minimum: 0, maximum: 100 },
      violations: count,
      requests_checked: { ...count, description: 'Requests that the journal still had.' },
    }),
    accounts: list(account),
    violations: list(violation),
    v2_empty_answers: list(whole({ operation_id: text, requests: count }), 'Empty lists of V2: 204 without a body.'),
    quotas: list(
      whole({
        store_hash: text,
        requests: count,
        window_ms: count,
        peak: { ...count, description: 'Most requests that one window took.' },
        refused: { ...count, description: 'Requests that got 429.' },
      }),
    ),
    early_retries: list(earlyRetry, 'Made again before the window was over whose quota had been spent.'),
    webhooks: whole({ delivered: count, failed: count, blocked: count, withheld: count }, 'Attempts by outcome.'),
  }),
};
