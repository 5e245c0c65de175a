/** Stores side by side, and their saved states. */
import {
  invalidInput,
  json,
  listOf,
  refused,
  schemaOf,
  storeHash,
  unknownStore,
  type Parameter,
  type Paths,
  type Schema,
  type Schemas,
} from './parts.js';

const stores = ['Stores'];
const snapshots = ['Snapshots'];
const unknownSnapshot = refused('This mock has no such store, or the store no such snapshot.');

export const snapshotName: Parameter = { name: 'name', in: 'path', required: true, schema: { type: 'string' } };

export const storePaths: Paths = {
  '/_mock/stores': {
    get: {
      operationId: 'getStores',
      summary: 'Lists the stores',
      tags: stores,
      responses: { 200: { description: 'All of them.', content: listOf(schemaOf('Store')) } },
    },
    post: {
      operationId: 'createStore',
      summary: 'Makes another store, of which no other knows',
      description: 'What is left out is as in the default store. Secrets are told in this answer only.',
      tags: stores,
      requestBody: { content: json(schemaOf('NewStore')) },
      responses: {
        201: { description: 'The store, its addresses and its credentials.', content: json(schemaOf('CreatedStore')) },
        409: refused('The hash is taken.'),
        422: invalidInput,
      },
    },
  },
  '/_mock/stores/{store_hash}': {
    get: {
      operationId: 'getStore',
      summary: 'Shows a store and how many rows it has',
      tags: stores,
      parameters: [storeHash],
      responses: {
        200: { description: 'The store.', content: json(schemaOf('CountedStore')) },
        404: unknownStore,
      },
    },
    delete: {
      operationId: 'deleteStore',
      summary: 'Removes a store with all that belongs to it',
      tags: stores,
      parameters: [storeHash],
      responses: {
        204: { description: 'It is gone.' },
        404: unknownStore,
        409: refused('The default store stays.'),
      },
    },
  },
  '/_mock/stores/{store_hash}/snapshots': {
    get: {
      operationId: 'getSnapshots',
      summary: 'Lists the saved states of a store',
      tags: snapshots,
      parameters: [storeHash],
      responses: {
        200: { description: 'All of them.', content: listOf(schemaOf('Snapshot')) },
        404: unknownStore,
      },
    },
    post: {
      operationId: 'saveSnapshot',
      summary: 'Saves the state of a store',
      description: 'An older one of that name is replaced. Saved states outlive a reset, and go with their store.',
      tags: snapshots,
      parameters: [storeHash],
      requestBody: {
        content: json({
          type: 'object',
          properties: {
            name: {
              type: 'string',
              pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$',
              description: 'When left out, one that is free.',
            },
          },
          additionalProperties: false,
        }),
      },
      responses: {
        201: { description: 'It is saved.', content: json(schemaOf('Snapshot')) },
        404: unknownStore,
        422: invalidInput,
      },
    },
  },
  '/_mock/stores/{store_hash}/snapshots/{name}': {
    put: {
      operationId: 'restoreSnapshot',
      summary: 'Puts a store back to a saved state',
      description: 'Its journal and clock stay, its quota is fresh, and webhooks on their way stay away.',
      tags: snapshots,
      parameters: [storeHash, snapshotName],
      responses: {
        200: { description: 'The store is as it was.', content: json(schemaOf('Snapshot')) },
        404: unknownSnapshot,
      },
    },
    delete: {
      operationId: 'deleteSnapshot',
      summary: 'Forgets a saved state',
      tags: snapshots,
      parameters: [storeHash, snapshotName],
      responses: { 204: { description: 'It is forgotten.' }, 404: unknownSnapshot },
    },
  },
};

const seed: Schema = { type: 'integer', minimum: 0, maximum: 4_294_967_295 };

export const storeSchemas: Schemas = {
  Store: {
    type: 'object',
    required: ['store_hash', 'seed', 'size', 'quota'],
    properties: {
      store_hash: { type: 'string' },
      seed,
      size: {
        oneOf: [{ type: 'string' }, { type: 'object', additionalProperties: { type: 'integer' } }],
        description: 'By its name, or as counts.',
      },
      quota: {
        type: 'object',
        required: ['requests', 'window_ms', 'unlimited'],
        properties: {
          requests: { type: 'integer' },
          window_ms: { type: 'integer' },
          unlimited: { type: 'boolean' },
        },
      },
    },
  },
  CountedStore: {
    allOf: [schemaOf('Store'), { type: 'object', required: ['counts'], properties: { counts: schemaOf('Counts') } }],
  },
  NewStore: {
    type: 'object',
    properties: {
      store_hash: { type: 'string', pattern: '^[a-z0-9]{1,32}$', description: 'When left out, one that is free.' },
      seed,
      size: { type: 'string', description: '`empty`, `small`, `medium`, `large`, or counts such as `products=5000`.' },
      plan: { type: 'string', enum: ['standard', 'plus', 'pro', 'enterprise', 'unlimited'] },
      rate_limit: { type: 'string', description: 'Requests per seconds, such as `25/4`; goes before the plan.' },
      accounts: {
        type: 'array',
        items: schemaOf('NewApiAccount'),
        description: 'On top of the three that every store has.',
      },
    },
    additionalProperties: false,
  },
  CreatedStore: {
    allOf: [
      schemaOf('Store'),
      {
        type: 'object',
        required: ['base_url', 'api_path', 'tokens', 'accounts'],
        properties: {
          base_url: { type: 'string', format: 'uri' },
          api_path: { type: 'string', format: 'uri', description: 'Where its V3 begins.' },
          tokens: {
            type: 'object',
            required: ['full_access', 'read_only', 'no_scopes'],
            properties: {
              full_access: { type: 'string' },
              read_only: { type: 'string' },
              no_scopes: { type: 'string' },
            },
          },
          accounts: { type: 'array', items: schemaOf('ApiCredentials') },
        },
      },
    ],
  },
  Snapshot: {
    type: 'object',
    required: ['name', 'created_at', 'counts'],
    properties: {
      name: { type: 'string' },
      created_at: { type: 'string', format: 'date-time', description: "On the store's clock." },
      counts: schemaOf('Counts'),
    },
  },
};
