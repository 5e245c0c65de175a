/** The journal: what clients sent and got. */
import {
  invalidInput,
  json,
  listOf,
  schemaOf,
  type Parameter,
  type Paths,
  type Schema,
  type Schemas,
} from './parts.js';

const tags = ['Requests'];

/** What names requests, here and in faults. */
export const choiceFields: Readonly<Record<string, Schema>> = {
  store_hash: { type: 'string' },
  operation_id: { type: 'string', description: 'An operationId, such as `getProducts`.' },
  method: { type: 'string' },
  path: {
    type: 'string',
    description: 'Without query; `*` stands for any characters, and `/v3/…` or `/v2/…` for that path of any store.',
  },
};

const filterFields: Readonly<Record<string, Schema>> = {
  ...choiceFields,
  status: { type: 'integer', minimum: 0, maximum: 599, description: '0: the connection was cut.' },
  since: { type: 'string', description: "ISO 8601, or milliseconds since 1970, on the store's clock." },
};

const filters: readonly Parameter[] = Object.entries(filterFields).map(([name, { description, ...schema }]) => ({
  name,
  in: 'query',
  schema,
  ...(description === undefined ? {} : { description }),
}));

const limit: Parameter = {
  name: 'limit',
  in: 'query',
  schema: { type: 'integer', minimum: 1, maximum: 1_000, default: 100 },
  description: 'The newest ones; `meta.total` counts all.',
};

export const requestPaths: Paths = {
  '/_mock/requests': {
    get: {
      operationId: 'getRequests',
      summary: 'Lists what clients sent and got, newest last',
      description: 'The mock remembers the newest 1,000. Tokens, secrets and passwords are hidden.',
      tags,
      parameters: [...filters, limit],
      responses: {
        200: { description: 'Those that the filters select.', content: listOf(schemaOf('Request')) },
        422: invalidInput,
      },
    },
    delete: {
      operationId: 'deleteRequests',
      summary: 'Forgets what clients sent and got: all, or what the filters select',
      tags,
      parameters: filters,
      responses: { 204: { description: 'Forgotten.' }, 422: invalidInput },
    },
  },
  '/_mock/requests/count': {
    get: {
      operationId: 'countRequests',
      summary: 'Counts the requests that the filters select',
      tags,
      parameters: filters,
      responses: {
        200: { description: 'How many the mock remembers.', content: json(schemaOf('Count')) },
        422: invalidInput,
      },
    },
  },
  '/_mock/requests/wait': {
    post: {
      operationId: 'waitForRequests',
      summary: 'Answers as soon as enough requests were made, or time is up',
      description: 'Requests that the mock remembers already count.',
      tags,
      requestBody: { content: json(schemaOf('Wait')) },
      responses: {
        200: {
          description: 'What there was when enough had come, or when time was up.',
          content: json(schemaOf('WaitResult')),
        },
        422: invalidInput,
      },
    },
  },
};

const headers: Schema = { type: 'object', additionalProperties: { type: 'string' } };

export const requestSchemas: Schemas = {
  Request: {
    type: 'object',
    required: ['id', 'at', 'method', 'url', 'status', 'duration_ms', 'request_headers', 'response_headers'],
    properties: {
      id: { type: 'integer', description: 'Counts up from 1 since the start or the last reset.' },
      at: { type: 'string', format: 'date-time', description: "On the store's clock." },
      store_hash: { type: 'string' },
      operation_id: { type: 'string' },
      method: { type: 'string' },
      url: { type: 'string', description: 'Path with query, as sent.' },
      status: { type: 'integer', description: '0: the connection was cut instead of an answer.' },
      account: { type: 'string', description: 'Name of the API account.' },
      reason: { type: 'string', description: 'Why it was refused, or would have been, and by which fault.' },
      duration_ms: { type: 'number' },
      request_headers: headers,
      request_body: { description: 'JSON as a value, other text as text, anything else by its size; null: none.' },
      response_headers: headers,
      response_body: { description: 'Likewise.' },
    },
  },
  Count: { type: 'object', required: ['count'], properties: { count: { type: 'integer', minimum: 0 } } },
  Wait: {
    type: 'object',
    properties: {
      filter: { type: 'object', properties: filterFields, additionalProperties: false },
      count: { type: 'integer', minimum: 1, maximum: 100_000, default: 1 },
      timeout_ms: { type: 'integer', minimum: 0, maximum: 600_000, default: 10_000, description: 'Of real time.' },
    },
    additionalProperties: false,
  },
  WaitResult: {
    type: 'object',
    required: ['matched', 'count', 'data'],
    properties: {
      matched: { type: 'boolean', description: 'Were there enough in time?' },
      count: { type: 'integer', minimum: 0 },
      data: { type: 'array', maxItems: 100, items: schemaOf('Request'), description: 'The newest of them.' },
    },
  },
};
