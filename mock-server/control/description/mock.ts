/** The mock as a whole: is it up, what does it speak, back to the start, what time is it. */
import { invalidInput, json, schemaOf, unknownStore, type Answer, type Paths, type Schemas } from './parts.js';

const tags = ['The mock'];
const page: Answer = { description: 'A page.', content: { 'text/html': { schema: { type: 'string' } } } };
const document: Answer = { description: 'OpenAPI 3.0.3.', content: json({ type: 'object' }) };

export const mockPaths: Paths = {
  '/_mock/health': {
    get: {
      operationId: 'getHealth',
      summary: 'Says that the mock is ready',
      tags,
      responses: { 200: { description: 'It is.', content: json(schemaOf('Health')) } },
    },
  },
  '/_mock/openapi.json': {
    get: {
      operationId: 'getOpenApiDocument',
      summary: 'Gives the description of the BigCommerce REST API in one piece',
      tags,
      responses: { 200: document },
    },
  },
  '/_mock/control-openapi.json': {
    get: {
      operationId: 'getControlDocument',
      summary: 'Gives the description of these calls',
      tags,
      responses: { 200: document },
    },
  },
  '/_mock/docs': {
    get: { operationId: 'getControlPage', summary: 'Shows these calls to people', tags, responses: { 200: page } },
  },
  '/_mock/docs/operations': {
    get: {
      operationId: 'getOperationsPage',
      summary: 'Shows the operations of the BigCommerce REST API to people',
      tags,
      responses: { 200: page },
    },
  },
  '/_mock/reset': {
    post: {
      operationId: 'reset',
      summary: 'Puts every store back to its seed, or one of them',
      description:
        'Journal, faults, webhooks on their way and clock go with it; with `store_hash`, what is of that store alone.',
      tags,
      requestBody: {
        content: json({
          type: 'object',
          properties: { store_hash: { type: 'string' } },
          additionalProperties: false,
        }),
      },
      responses: {
        200: {
          description: 'What the stores hold now.',
          content: json({
            type: 'object',
            required: ['stores'],
            properties: {
              stores: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['store_hash', 'counts'],
                  properties: { store_hash: { type: 'string' }, counts: schemaOf('Counts') },
                },
              },
            },
          }),
        },
        404: unknownStore,
        422: invalidInput,
      },
    },
  },
  '/_mock/clock': {
    get: {
      operationId: 'getClock',
      summary: 'Says what time it is for the mock, or for one store',
      tags,
      parameters: [{ name: 'store_hash', in: 'query', schema: { type: 'string' } }],
      responses: {
        200: { description: 'The time.', content: json(schemaOf('Time')) },
        404: unknownStore,
        422: invalidInput,
      },
    },
    post: {
      operationId: 'moveClock',
      summary: 'Moves the clock of every store, or of one',
      description:
        'Rate-limit windows, dates and webhook retries follow it; delays of faults and the time limits of waits do not. Send either `now` or `advance_ms`.',
      tags,
      requestBody: {
        required: true,
        content: json({
          type: 'object',
          properties: {
            now: {
              oneOf: [{ type: 'string' }, { type: 'number' }],
              description: 'ISO 8601, or milliseconds since 1970.',
            },
            advance_ms: { type: 'integer', description: 'Below zero: back.' },
            store_hash: { type: 'string' },
          },
          additionalProperties: false,
        }),
      },
      responses: {
        200: { description: 'The time now.', content: json(schemaOf('Time')) },
        404: unknownStore,
        422: invalidInput,
      },
    },
  },
};

export const mockSchemas: Schemas = {
  Health: {
    type: 'object',
    required: ['status', 'version', 'operations', 'stores'],
    properties: {
      status: { type: 'string', enum: ['ok'] },
      version: { type: 'string' },
      operations: { type: 'integer', description: 'How many the description of the REST API has.' },
      stores: { type: 'integer' },
    },
  },
  Time: {
    type: 'object',
    required: ['now', 'epoch_ms'],
    properties: {
      now: { type: 'string', format: 'date-time' },
      epoch_ms: { type: 'number', description: 'The same in milliseconds since 1970.' },
    },
  },
};
