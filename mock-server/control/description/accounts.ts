/** API accounts of a store. */
import { MOST_ACCOUNTS } from '../../accounts/create-account.js';
import { presets } from '../../accounts/presets.js';
import { scopeResources } from '../../accounts/scope-table.js';
import { stencilAccess } from '../../accounts/stencil-access.js';
import { actingUser, lacksPermission, warnings } from './acting-user.js';
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

const tags = ['API accounts'];
const id: Parameter = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const unknownAccount = refused('This mock has no such store, or the store no such account.');
const presetName: Schema = { type: 'string', enum: Object.keys(presets) };

export const accountPaths: Paths = {
  '/_mock/stores/{store_hash}/api-accounts': {
    get: {
      operationId: 'getApiAccounts',
      summary: 'Lists the API accounts of a store',
      description: 'Without secrets. Needs the permission `list_store_level_api_accounts`.',
      tags,
      parameters: [storeHash, actingUser],
      responses: {
        200: { description: 'All of them, by id.', content: listOf(schemaOf('ApiAccount')) },
        403: lacksPermission,
        404: unknownStore,
        422: invalidInput,
      },
    },
    post: {
      operationId: 'createApiAccount',
      summary: 'Makes a store-level API account',
      description: `Secrets are told in this answer only. A store has at most ${String(MOST_ACCOUNTS)}. Needs the permission \`create_store_level_api_accounts\`.`,
      tags,
      parameters: [storeHash, actingUser],
      requestBody: { required: true, content: json(schemaOf('NewApiAccount')) },
      responses: {
        201: { description: 'The account with its credentials.', content: json(schemaOf('CreatedApiAccount')) },
        403: lacksPermission,
        404: unknownStore,
        422: invalidInput,
      },
    },
  },
  '/_mock/stores/{store_hash}/api-accounts/{id}': {
    get: {
      operationId: 'getApiAccount',
      summary: 'Shows an API account',
      description: 'Without secrets. Needs the permission `list_store_level_api_accounts`.',
      tags,
      parameters: [storeHash, id, actingUser],
      responses: {
        200: { description: 'The account.', content: json(schemaOf('ApiAccount')) },
        403: lacksPermission,
        404: unknownAccount,
        422: invalidInput,
      },
    },
    delete: {
      operationId: 'deleteApiAccount',
      summary: 'Deletes a store-level API account',
      description:
        'Its token is dead at once and its webhooks are gone; its metafields and scripts stay. Needs the permission `delete_store_level_api_accounts`.',
      tags,
      parameters: [storeHash, id, actingUser],
      responses: {
        204: { description: 'It is gone.' },
        403: lacksPermission,
        404: unknownAccount,
        409: refused('It is that of an app, which has to be uninstalled.'),
        422: invalidInput,
      },
    },
  },
  '/_mock/stores/{store_hash}/api-accounts/{id}/preflight': {
    get: {
      operationId: 'checkApiAccount',
      summary: 'Says what an account lacks for a preset, and what it has more than needed',
      tags,
      parameters: [storeHash, id, actingUser, { name: 'preset', in: 'query', required: true, schema: presetName }],
      responses: {
        200: { description: 'What was found.', content: json(schemaOf('Preflight')) },
        403: lacksPermission,
        404: unknownAccount,
        422: invalidInput,
      },
    },
  },
};

const shown: Readonly<Record<string, Schema>> = {
  id: { type: 'integer' },
  name: { type: 'string' },
  kind: { type: 'string', enum: ['store', 'app'], description: 'Made in the control panel, or by installing an app.' },
  token_type: { type: 'string', enum: ['api', 'stencil_cli'] },
  client_id: { type: 'string' },
  scopes: { type: 'array', items: { type: 'string' } },
  levels: {
    type: 'object',
    nullable: true,
    additionalProperties: { type: 'string' },
    description: 'What was picked, if anything was: level by resource.',
  },
  created_at: { type: 'string', format: 'date-time' },
  created_by: { type: 'string', description: 'E-mail address of the user who made it.' },
};

const levelsToPick: Schema = {
  type: 'object',
  properties: Object.fromEntries(
    scopeResources.map(([name, { label, levels }]) => [
      name,
      { type: 'string', enum: ['none', ...Object.keys(levels)], description: label },
    ]),
  ),
};

const finding: Schema = {
  type: 'object',
  required: ['resource', 'label', 'needed', 'granted', 'scope'],
  properties: {
    resource: { type: 'string' },
    label: { type: 'string', description: 'As the control panel calls it.' },
    needed: { type: 'string', description: 'Level that the preset asks for.' },
    granted: { type: 'string', description: 'Level that the account has.' },
    scope: { type: 'string', description: 'The one to add, or the one that is not needed.' },
  },
};

export const accountSchemas: Schemas = {
  ApiAccount: { type: 'object', required: Object.keys(shown), properties: shown },
  NewApiAccount: {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 4, maxLength: 100, description: 'When left out, the title of the preset.' },
      token_type: { type: 'string', enum: ['api', 'stencil_cli'], default: 'api' },
      scopes: {
        oneOf: [levelsToPick, { type: 'array', items: { type: 'string' } }],
        description: 'Level by resource, or scopes by their own names; one at least.',
      },
      preset: { ...presetName, description: 'Instead of `scopes`.' },
      access_level: {
        type: 'string',
        enum: Object.keys(stencilAccess),
        description: 'Of a Stencil-CLI token, instead of `scopes`.',
      },
    },
    additionalProperties: false,
  },
  ApiCredentials: {
    allOf: [
      schemaOf('ApiAccount'),
      {
        type: 'object',
        required: ['client_secret', 'access_token', 'api_path', 'credentials_file'],
        properties: {
          client_secret: { type: 'string' },
          access_token: { type: 'string', description: 'The value of `X-Auth-Token`.' },
          api_path: { type: 'string', format: 'uri', description: "Where the store's V3 begins." },
          credentials_file: {
            type: 'object',
            required: ['name', 'content'],
            properties: {
              name: { type: 'string' },
              content: { type: 'string', description: 'Lines of `KEY: value`, as the control panel hands them out.' },
            },
          },
        },
      },
    ],
  },
  CreatedApiAccount: {
    allOf: [schemaOf('ApiCredentials'), { type: 'object', required: ['warnings'], properties: { warnings } }],
  },
  Preflight: {
    type: 'object',
    required: ['account_id', 'name', 'preset', 'is_sufficient', 'missing', 'excess'],
    properties: {
      account_id: { type: 'integer' },
      name: { type: 'string' },
      preset: presetName,
      is_sufficient: { type: 'boolean', description: 'Nothing is missing. More than needed is no obstacle.' },
      missing: { type: 'array', items: finding },
      excess: { type: 'array', items: finding },
    },
  },
};
