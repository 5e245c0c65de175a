/** Apps: what their developers register, and what users of a store do with them. */
import { permissionTable, type Permission } from '../../accounts/permissions.js';
import { actingUser, lacksPermission, warnings } from './acting-user.js';
import {
  invalidInput,
  json,
  listOf,
  refused,
  schemaOf,
  storeHash,
  unknownStore,
  type Call,
  type Parameter,
  type Paths,
  type Schema,
  type Schemas,
} from './parts.js';

const tags = ['Apps'];
const clientId: Parameter = { name: 'client_id', in: 'path', required: true, schema: { type: 'string' } };
const unknownApp = refused('No such app is registered.');

const registryPaths: Paths = {
  '/_mock/apps': {
    get: {
      operationId: 'getApps',
      summary: 'Lists the registered apps',
      tags,
      responses: { 200: { description: 'In the order of their registration.', content: listOf(schemaOf('App')) } },
    },
    post: {
      operationId: 'createApp',
      summary: 'Registers an app',
      description:
        'What a developer does in the developer portal. The secret is told in this answer only. Merchants consent at `/oauth2/authorize`, and codes become tokens at `/oauth2/token`, as on login.bigcommerce.com. Registrations outlive resets.',
      tags,
      requestBody: { required: true, content: json(schemaOf('NewApp')) },
      responses: {
        201: { description: 'The app with its secret.', content: json(schemaOf('CreatedApp')) },
        409: refused('Another app or an API account has this client id.'),
        422: invalidInput,
      },
    },
  },
  '/_mock/apps/{client_id}': {
    get: {
      operationId: 'getApp',
      summary: 'Shows an app',
      tags,
      parameters: [clientId],
      responses: { 200: { description: 'The app.', content: json(schemaOf('App')) }, 404: unknownApp },
    },
    put: {
      operationId: 'updateApp',
      summary: 'Changes an app; what is not sent stays',
      description: 'Where it is installed, other scopes have to be accepted before it opens again.',
      tags,
      parameters: [clientId],
      requestBody: { required: true, content: json(schemaOf('AppChanges')) },
      responses: {
        200: { description: 'The app.', content: json(schemaOf('App')) },
        404: unknownApp,
        422: invalidInput,
      },
    },
    delete: {
      operationId: 'deleteApp',
      summary: 'Removes an app that is installed nowhere',
      tags,
      parameters: [clientId],
      responses: {
        204: { description: 'It is gone.' },
        404: unknownApp,
        409: refused('Stores have it installed: `errors` names them.'),
      },
    },
  },
};

export const appPaths: Paths = {
  ...registryPaths,
  '/_mock/stores/{store_hash}/apps': {
    get: {
      operationId: 'getInstalledApps',
      summary: 'Lists the apps that a store has installed',
      tags,
      parameters: [storeHash],
      responses: {
        200: { description: 'By client id.', content: listOf(schemaOf('InstalledApp')) },
        404: unknownStore,
      },
    },
  },
  '/_mock/stores/{store_hash}/apps/{client_id}/install': {
    post: click('installApp', 'Consents to an app, and takes the code to it', 'install_apps', {
      description:
        'As the browser of a user who confirmed the page of consent. The app is installed once it has exchanged the code; `is_installed` says whether it had when it answered. Of an app that is installed already, the token is replaced.',
      body: 'AppClick',
      refusals: { 404: unknownInStore('app') },
    }),
  },
  '/_mock/stores/{store_hash}/apps/{client_id}/load': {
    post: click('loadApp', 'Opens an app', 'launch_apps', {
      body: 'AppLoad',
      refusals: {
        404: unknownInStore('installed app'),
        409: refused('Its scopes or the address of the owner changed: it has to be installed again first.'),
      },
    }),
  },
  '/_mock/stores/{store_hash}/apps/{client_id}/uninstall': {
    post: click('uninstallApp', 'Uninstalls an app, and tells it', 'uninstall_apps', {
      description: 'Its token and its webhooks are gone, whatever the app answers.',
      body: 'AppClick',
      refusals: { 404: unknownInStore('installed app') },
    }),
  },
  '/_mock/stores/{store_hash}/apps/{client_id}/remove-user': {
    post: click('removeAppUser', 'Tells an app that a user may not use it any more', 'manage_users', {
      description: 'The store does not remember it: what the user may do is a matter of permissions.',
      body: 'AppUserRemoval',
      refusals: {
        404: unknownInStore('installed app'),
        409: refused('The owner may use every app.'),
      },
      isBodyRequired: true,
    }),
  },
};

interface ClickDescription {
  readonly description?: string;
  /** Name of the schema. */
  readonly body: string;
  readonly isBodyRequired?: true;
  readonly refusals: Call['responses'];
}

/** A call that somebody clicks by. */
function click(
  operationId: string,
  summary: string,
  permission: Permission,
  { description, body, isBodyRequired, refusals }: ClickDescription,
): Call {
  const needed = `Needs the permission \`${permission}\` (${permissionTable[permission].label.toLowerCase()}).`;
  return {
    operationId,
    summary,
    description: description === undefined ? needed : `${description} ${needed}`,
    tags,
    parameters: [storeHash, clientId, actingUser],
    requestBody: { ...(isBodyRequired && { required: true }), content: json(schemaOf(body)) },
    responses: {
      200: { description: 'What the app made of it.', content: json(schemaOf('AppClicked')) },
      403: lacksPermission,
      ...refusals,
      422: invalidInput,
    },
  };
}

function unknownInStore(what: string): Call['responses'][string] {
  return refused(`This mock has no such store, or the store no such ${what}.`);
}

const callback = (description: string): Schema => ({ type: 'string', format: 'uri', maxLength: 2_000, description });

const credentials: Readonly<Record<string, Schema>> = {
  client_id: { type: 'string', minLength: 1, maxLength: 64, description: 'A new one when left out.' },
  client_secret: { type: 'string', minLength: 8, maxLength: 256, description: 'A new one when left out.' },
};

const registered: Readonly<Record<string, Schema>> = {
  name: { type: 'string', minLength: 1, maxLength: 100 },
  auth_callback: callback('Where the browser takes the code. With http or https, without fragment.'),
  load_callback: callback('What is shown when the app is opened.'),
  uninstall_callback: { ...callback('Told that the app was uninstalled.'), nullable: true },
  remove_user_callback: { ...callback('Told that a user may not use the app any more.'), nullable: true },
  scopes: {
    type: 'array',
    items: { type: 'string' },
    description: 'By their own names; `default` goes without saying.',
  },
};

const shown: Readonly<Record<string, Schema>> = {
  client_id: { type: 'string' },
  ...registered,
  created_at: { type: 'string', format: 'date-time' },
  installed_in: { type: 'array', items: { type: 'string' }, description: 'Hashes of stores.' },
};

const installed: Readonly<Record<string, Schema>> = {
  client_id: { type: 'string' },
  name: { type: 'string' },
  account_id: { type: 'integer', description: 'Of its API account in the store.' },
  scopes: { type: 'array', items: { type: 'string' }, description: 'What was accepted.' },
  installed_at: { type: 'string', format: 'date-time' },
  installed_by: { type: 'string', description: 'E-mail address.' },
  needs_consent: { type: 'boolean', description: 'It opens only after it was installed again.' },
};

const call: Schema = {
  type: 'boolean',
  default: true,
  description: 'False: the mock does not call the app; go to `callback.url`, by a browser say.',
};

const callResult: Readonly<Record<string, Schema>> = {
  url: { type: 'string', description: 'With everything that the app was told.' },
  status: { type: 'integer', nullable: true, description: 'Null when there is no answer.' },
  location: { type: 'string', nullable: true, description: 'Where the app sends the browser; nobody follows.' },
  body: { type: 'string', nullable: true, description: 'The first 100,000 characters of the answer.' },
  failure: { type: 'string', nullable: true, description: 'Why it is no success; null for a status below 400.' },
};

const clicked: Readonly<Record<string, Schema>> = {
  store_hash: { type: 'string' },
  client_id: { type: 'string' },
  is_installed: { type: 'boolean' },
  callback: {
    type: 'object',
    nullable: true,
    required: Object.keys(callResult),
    properties: callResult,
    description: 'How the app was told; null when it has no address for this.',
  },
  warnings,
};

function withProperties(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: { call, ...properties },
    additionalProperties: false,
  };
}

export const appSchemas: Schemas = {
  App: { type: 'object', required: Object.keys(shown), properties: shown },
  NewApp: {
    type: 'object',
    required: ['name', 'auth_callback', 'load_callback', 'scopes'],
    properties: { ...credentials, ...registered },
    additionalProperties: false,
  },
  AppChanges: { type: 'object', properties: registered, additionalProperties: false },
  CreatedApp: {
    allOf: [
      schemaOf('App'),
      { type: 'object', required: ['client_secret'], properties: { client_secret: { type: 'string' } } },
    ],
  },
  InstalledApp: { type: 'object', required: Object.keys(installed), properties: installed },
  AppClick: withProperties({}),
  AppLoad: withProperties({
    url: { type: 'string', default: '/', maxLength: 2_000, description: 'Path within the app that was asked for.' },
    channel_id: { type: 'integer', nullable: true, description: 'Of a channel of the store.' },
  }),
  AppUserRemoval: withProperties(
    { user: { oneOf: [{ type: 'integer' }, { type: 'string' }], description: 'Id or e-mail address.' } },
    ['user'],
  ),
  AppClicked: { type: 'object', required: Object.keys(clicked), properties: clicked },
};
