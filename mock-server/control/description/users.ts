/** Control-panel users of a store. */
import { permissions } from '../../accounts/permissions.js';
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

const tags = ['Users'];
const id: Parameter = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const unknownUser = refused('This mock has no such store, or the store no such user.');
const takenEmail = refused('The store has a user with this e-mail address.');
const needed = 'Needs the permission `manage_users`.';

export const userPaths: Paths = {
  '/_mock/stores/{store_hash}/users': {
    get: {
      operationId: 'getUsers',
      summary: 'Lists the control-panel users of a store',
      description: needed,
      tags,
      parameters: [storeHash, actingUser],
      responses: {
        200: { description: 'The owner and everybody else.', content: listOf(schemaOf('User')) },
        403: lacksPermission,
        404: unknownStore,
        422: invalidInput,
      },
    },
    post: {
      operationId: 'createUser',
      summary: 'Lets a user in',
      description: `Nobody has a permission that is not sent. ${needed}`,
      tags,
      parameters: [storeHash, actingUser],
      requestBody: { required: true, content: json(schemaOf('NewUser')) },
      responses: {
        201: { description: 'The user.', content: json(schemaOf('WrittenUser')) },
        403: lacksPermission,
        404: unknownStore,
        409: takenEmail,
        422: invalidInput,
      },
    },
  },
  '/_mock/stores/{store_hash}/users/{id}': {
    get: {
      operationId: 'getUser',
      summary: 'Shows a user',
      description: needed,
      tags,
      parameters: [storeHash, id, actingUser],
      responses: {
        200: { description: 'The user.', content: json(schemaOf('User')) },
        403: lacksPermission,
        404: unknownUser,
        422: invalidInput,
      },
    },
    put: {
      operationId: 'updateUser',
      summary: 'Changes a user',
      description: `What is not sent stays. ${needed}`,
      tags,
      parameters: [storeHash, id, actingUser],
      requestBody: { required: true, content: json(schemaOf('UserChanges')) },
      responses: {
        200: { description: 'The user.', content: json(schemaOf('WrittenUser')) },
        403: lacksPermission,
        404: unknownUser,
        409: takenEmail,
        422: invalidInput,
      },
    },
    delete: {
      operationId: 'deleteUser',
      summary: 'Removes a user',
      description: needed,
      tags,
      parameters: [storeHash, id, actingUser],
      responses: {
        204: { description: 'The user is gone.' },
        403: lacksPermission,
        404: unknownUser,
        409: refused('The owner stays.'),
        422: invalidInput,
      },
    },
  },
};

const writable: Readonly<Record<string, Schema>> = {
  email: { type: 'string', maxLength: 250, description: 'Unique in the store, letter case aside.' },
  first_name: { type: 'string', maxLength: 100 },
  last_name: { type: 'string', maxLength: 100 },
  two_factor_enabled: { type: 'boolean', description: 'Nobody is kept out without: answers warn.' },
  permissions: {
    type: 'array',
    items: { type: 'string', enum: permissions },
    description: 'All of them. The owner of the store alone grants those of high risk, and takes them away.',
  },
};

const shown: Readonly<Record<string, Schema>> = {
  id: { type: 'integer' },
  ...writable,
  is_owner: { type: 'boolean' },
  created_at: { type: 'string', format: 'date-time' },
  created_by: { type: 'string', description: 'E-mail address of the user who let this one in.' },
};

export const userSchemas: Schemas = {
  User: { type: 'object', required: Object.keys(shown), properties: shown },
  WrittenUser: {
    allOf: [schemaOf('User'), { type: 'object', required: ['warnings'], properties: { warnings } }],
  },
  NewUser: { type: 'object', required: ['email'], properties: writable, additionalProperties: false },
  UserChanges: { type: 'object', properties: writable, additionalProperties: false },
};
