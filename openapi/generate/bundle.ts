/**
 * All documents as one: paths carry their server's prefix, components have one name each over all documents, and the
 * replies that no document repeats stand at every operation that gives them: the gateway's 401, 403 and 429, which are
 * the V3 object in V2 too, and the 304 of V2.
 */
import { isDeepStrictEqual } from 'node:util';
import {
  httpMethods,
  type Components,
  type OpenApiDocument,
  type OperationObject,
  type Parameter,
  type PathItem,
  type Reference,
  type Server,
  type Tag,
} from '../description.js';
import { escapeStep, findAt } from '../json-pointer.js';
import { DescriptionError } from './description-error.js';
import type { SourceFile } from './load-documents.js';
import { eachReference, withBundleReferences } from './references.js';

/** What most operations are served from; a document on another host says so at each of its paths. */
const apiOrigin = 'https://api.bigcommerce.com';

/** The security scheme of the management API. */
const accessTokenScheme = 'X-Auth-Token';

/** Replies of the gateway to whatever needs a token: the shared component of each status. */
const gatewayResponses = { '401': 'Unauthorized', '403': 'Forbidden', '429': 'TooManyRequests' };

/** Conditional requests are a matter of V2. */
const conditionalResponses = { '304': 'V2NotModified' };

export interface Bundle {
  readonly document: OpenApiDocument;
  /** operationId to the file that describes the operation, and the pointer in it. */
  readonly origins: ReadonlyMap<string, Origin>;
}

export interface Origin {
  readonly source: SourceFile;
  readonly pointer: string;
}

/**
 * @param version of the bundle, as it appears in `info`
 * @throws DescriptionError when a reference leads nowhere, two files define one component name differently, or two
 *   operations share an id or a path and method.
 */
export function bundleDocuments(
  documents: readonly SourceFile[],
  shared: readonly SourceFile[],
  version: string,
): Bundle {
  const files = new Map([...shared, ...documents].map((source) => [source.file, source]));
  const resolved = new Map([...files.values()].map((source) => [source, withBundleReferences(source, files)]));
  const components = uniteComponents(resolved);
  for (const name of Object.values({ ...gatewayResponses, ...conditionalResponses })) {
    if (!components['responses']?.[name]) throw new Error(`No file in components/ defines the response ${name}.`);
  }
  const origins = new Map<string, Origin>();
  const paths: Record<string, PathItem> = {};
  const tags = new Map<string, Tag>();
  for (const source of documents) {
    const document = resolved.get(source) ?? {};
    for (const tag of document.tags ?? []) if (!tags.has(tag.name)) tags.set(tag.name, tag);
    const server = readServer(source, document.servers?.[0]);
    for (const [path, item] of Object.entries(document.paths ?? {})) {
      const pointer = `/paths/${escapeStep(path)}`;
      if (paths[server.prefix + path]) throw new DescriptionError(source.file, pointer, 'this path is described twice');
      recordOrigins(item, { source, pointer }, origins);
      for (const parameter of server.parameters) {
        addComponent(components, 'parameters', componentName(parameter), parameter);
      }
      paths[server.prefix + path] = bundlePath(item, document, server);
    }
  }
  const document: OpenApiDocument = {
    openapi: '3.0.3',
    info: {
      title: 'BigCommerce REST API',
      version,
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: apiOrigin }],
    tags: [...tags.values()],
    paths,
    components: {},
  };
  return { document: { ...document, components: usedComponents(document, components) }, origins };
}

function recordOrigins(item: PathItem, at: Origin, origins: Map<string, Origin>): void {
  for (const method of httpMethods) {
    const operation = item[method];
    if (!operation) continue;
    const origin = { source: at.source, pointer: `${at.pointer}/${method}` };
    if (typeof operation.operationId !== 'string') {
      throw new DescriptionError(origin.source.file, origin.pointer, 'operationId is missing');
    }
    const other = origins.get(operation.operationId);
    if (other) {
      const problem = `operationId ${operation.operationId} is used by ${other.source.name}#${other.pointer} too`;
      throw new DescriptionError(origin.source.file, origin.pointer, problem);
    }
    origins.set(operation.operationId, origin);
  }
}

interface ServerParts {
  /** Path of the server's URL, with its variables: `/stores/{store_hash}/v3`. */
  readonly prefix: string;
  /** One path parameter for each variable in the prefix. */
  readonly parameters: readonly Parameter[];
  /** Where the paths are served, if not at the API's own host. */
  readonly elsewhere: readonly Server[] | undefined;
}

function readServer(source: SourceFile, server: Server | undefined): ServerParts {
  const parts = /^(https?:\/\/[^/]+)(\/.*?)?\/?$/.exec(server?.url ?? '');
  if (!server || !parts)
    throw new DescriptionError(source.file, '/servers', 'a server with an absolute URL is expected');
  const [, origin = '', prefix = ''] = parts;
  const variables = Object.entries(server.variables ?? {});
  const hostVariables = Object.fromEntries(variables.filter(([name]) => origin.includes(`{${name}}`)));
  return {
    prefix,
    parameters: variables
      .filter(([name]) => prefix.includes(`{${name}}`))
      .map(([name, variable]) => ({
        name,
        in: 'path' as const,
        required: true,
        ...(variable.description ? { description: variable.description } : {}),
        schema: { type: 'string' as const },
      })),
    elsewhere: origin === apiOrigin ? undefined : [{ url: origin, variables: hostVariables }],
  };
}

/** `store_hash` is known as StoreHash among the components. */
function componentName(parameter: Parameter): string {
  return parameter.name.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function bundlePath(item: PathItem, document: Partial<OpenApiDocument>, server: ServerParts): PathItem {
  const parameters: (Parameter | Reference)[] = [
    ...server.parameters.map((parameter) => ({ $ref: `#/components/parameters/${componentName(parameter)}` })),
    ...(item.parameters ?? []),
  ];
  const operations = httpMethods.flatMap((method) => {
    const operation = item[method];
    if (!operation) return [];
    const security = operation.security ?? document.security ?? [];
    const added = {
      ...(needsAccessToken(security) ? gatewayResponses : {}),
      ...(method === 'get' && server.prefix.endsWith('/v2') ? conditionalResponses : {}),
    };
    return [[method, { ...operation, security, responses: withShared(operation.responses, added) }] as const];
  });
  return {
    ...item,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(server.elsewhere ? { servers: server.elsewhere } : {}),
    ...Object.fromEntries(operations),
  };
}

function withShared(own: OperationObject['responses'], shared: Readonly<Record<string, string>>) {
  const references = Object.entries(shared).map(([status, name]) => [
    status,
    { $ref: `#/components/responses/${name}` },
  ]);
  return { ...(Object.fromEntries(references) as OperationObject['responses']), ...own };
}

/** Is there no way past the X-Auth-Token? */
export function needsAccessToken(security: OperationObject['security'] = []): boolean {
  return security.length > 0 && security.every((requirement) => accessTokenScheme in requirement);
}

type MutableComponents = Record<string, Record<string, unknown>>;

function uniteComponents(files: ReadonlyMap<SourceFile, Partial<OpenApiDocument>>): MutableComponents {
  const united: MutableComponents = {};
  const owners = new Map<string, SourceFile>();
  for (const [source, content] of files) {
    for (const [kind, byName] of Object.entries(content.components ?? {})) {
      for (const [name, definition] of Object.entries(byName)) {
        const pointer = `/components/${escapeStep(kind)}/${escapeStep(name)}`;
        if (isDeepStrictEqual(definition, { $ref: `#${pointer}` })) continue; // a local name for the shared part
        const owner = owners.get(pointer);
        if (owner && !isDeepStrictEqual(united[kind]?.[name], definition)) {
          throw new DescriptionError(source.file, pointer, `${owner.name} defines another component of this name`);
        }
        owners.set(pointer, source);
        addComponent(united, kind, name, definition);
      }
    }
  }
  return united;
}

function addComponent(components: MutableComponents, kind: string, name: string, definition: unknown): void {
  (components[kind] ??= {})[name] = definition;
}

/** The components that the paths reach, directly or through other components; sorted, so that output is stable. */
function usedComponents(document: OpenApiDocument, components: Components): Components {
  const reached = new Set<string>();
  const reach = (value: unknown): void => {
    eachReference(value, (reference) => {
      const pointer = reference.slice(1).split('/').slice(0, 4).join('/');
      if (reached.has(pointer)) return;
      reached.add(pointer);
      reach(findAt({ components }, pointer));
    });
  };
  reach(document.paths);
  for (const item of Object.values(document.paths)) {
    for (const method of httpMethods) {
      for (const requirement of item[method]?.security ?? []) {
        for (const scheme of Object.keys(requirement)) reached.add(`/components/securitySchemes/${escapeStep(scheme)}`);
      }
    }
  }
  const kinds = Object.keys(components)
    .sort()
    .map((kind) => {
      const names = Object.keys(components[kind] ?? {}).filter((name) =>
        reached.has(`/components/${kind}/${escapeStep(name)}`),
      );
      return [kind, Object.fromEntries(names.sort().map((name) => [name, components[kind]?.[name]]))] as const;
    });
  return Object.fromEntries(kinds.filter(([, byName]) => Object.keys(byName).length > 0));
}
