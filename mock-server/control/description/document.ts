/** The control API as an OpenAPI document, put together from the descriptions beside this file. */
import { packageVersion } from '../../package-version.js';
import { accountPaths, accountSchemas } from './accounts.js';
import { appPaths, appSchemas } from './apps.js';
import { faultPaths, faultSchemas } from './faults.js';
import { filePaths } from './files.js';
import { mockPaths, mockSchemas } from './mock.js';
import { sharedSchemas, type Call, type Paths, type Schemas } from './parts.js';
import { presetPaths } from './presets.js';
import { reportPaths, reportSchemas } from './report.js';
import { requestPaths, requestSchemas } from './requests.js';
import { snapshotContentPaths } from './snapshot-content.js';
import { storePaths, storeSchemas } from './stores.js';
import { userPaths, userSchemas } from './users.js';
import { webhookPaths, webhookSchemas } from './webhooks.js';

/** In the order of the page. Two may describe different methods of one path. */
const chapters: readonly Paths[] = [
  mockPaths,
  storePaths,
  snapshotContentPaths,
  accountPaths,
  presetPaths,
  userPaths,
  appPaths,
  requestPaths,
  reportPaths,
  faultPaths,
  webhookPaths,
  filePaths,
];

const schemas: Schemas = {
  ...sharedSchemas,
  ...mockSchemas,
  ...storeSchemas,
  ...accountSchemas,
  ...userSchemas,
  ...appSchemas,
  ...requestSchemas,
  ...reportSchemas,
  ...faultSchemas,
  ...webhookSchemas,
};

/** One call at its place. */
export interface DescribedCall {
  /** In capitals. */
  readonly method: string;
  readonly path: string;
  readonly call: Call;
}

/** Every call, in the order of the page. */
export function describedCalls(): readonly DescribedCall[] {
  return chapters.flatMap((paths) =>
    Object.entries(paths).flatMap(([path, calls]) =>
      Object.entries(calls).map(([method, call]) => ({ method: method.toUpperCase(), path, call })),
    ),
  );
}

/** OpenAPI 3.0.3. */
export interface ControlDocument {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly servers: readonly object[];
  readonly security: readonly object[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Paths;
  readonly components: { readonly schemas: Schemas; readonly securitySchemes: object };
}

export function controlDocument(): ControlDocument {
  const paths: Record<string, Record<string, Call>> = {};
  for (const { method, path, call } of describedCalls()) (paths[path] ??= {})[method.toLowerCase()] = call;
  return {
    openapi: '3.0.3',
    info: {
      title: 'Control API of bigcommerce-mock',
      version: packageVersion,
      description:
        'What drives the mock and belongs to no BigCommerce API. From this machine it needs no token; when the mock listens beyond loopback, it needs the control token. Bad input gets 422 in the V3 error envelope, naming the field, and changes nothing.',
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: '/' }],
    security: [{}, { control_token: [] }],
    tags: [...new Set(describedCalls().flatMap(({ call }) => call.tags))].map((name) => ({ name })),
    paths,
    components: { schemas, securitySchemes: { control_token: { type: 'http', scheme: 'bearer' } } },
  };
}
