/** What webhooks were told. */
import { invalidInput, listOf, schemaOf, type Paths, type Schema, type Schemas } from './parts.js';

const outcome: Schema = { type: 'string', enum: ['delivered', 'failed', 'blocked', 'withheld'] };

export const webhookPaths: Paths = {
  '/_mock/webhooks/deliveries': {
    get: {
      operationId: 'getDeliveries',
      summary: 'Lists every attempt to tell a webhook of an event, newest last',
      tags: ['Webhooks'],
      parameters: [
        { name: 'store_hash', in: 'query', schema: { type: 'string' } },
        { name: 'hook_id', in: 'query', schema: { type: 'integer', minimum: 1 } },
        { name: 'scope', in: 'query', schema: { type: 'string' }, description: 'Such as `store/order/created`.' },
        { name: 'outcome', in: 'query', schema: outcome },
        {
          name: 'since',
          in: 'query',
          schema: { type: 'string' },
          description: 'ISO 8601, or milliseconds since 1970.',
        },
        { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 1_000, default: 100 } },
      ],
      responses: {
        200: { description: 'Those that the filters select.', content: listOf(schemaOf('Delivery')) },
        422: invalidInput,
      },
    },
  },
};

export const webhookSchemas: Schemas = {
  Delivery: {
    type: 'object',
    required: ['id', 'store_hash', 'hook_id', 'scope', 'attempt', 'at', 'outcome', 'destination', 'payload'],
    properties: {
      id: { type: 'integer' },
      store_hash: { type: 'string' },
      hook_id: { type: 'integer' },
      client_id: { type: 'string', description: 'Of the API account that the webhook belongs to.' },
      scope: { type: 'string' },
      hash: { type: 'string' },
      attempt: { type: 'integer', minimum: 1, maximum: 12 },
      at: { type: 'string', format: 'date-time', description: "On the store's clock." },
      outcome,
      status: { type: 'integer', nullable: true, description: 'Of the answer; null when none came.' },
      reason: { type: 'string', nullable: true },
      next_attempt_at: { type: 'string', format: 'date-time', nullable: true },
      duration_ms: { type: 'number' },
      destination: { type: 'string' },
      headers: { type: 'object', additionalProperties: { type: 'string' } },
      payload: { type: 'object' },
    },
  },
};
