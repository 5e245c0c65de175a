/**
 * The last step: parameters and body against the description, then the domain's handler or the engine, then the reply.
 * One Fastify route serves all operations; pipeline/store-lookup.ts has found which one it is.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import fp from 'fastify-plugin';
import { operationRules, type Operation, type OperationRules } from '../../openapi/index.js';
import { NotAcceptableError } from '../errors.js';
import { readPathParameter, readQuery } from '../query/query-values.js';
import { bodyKind, checkBody, NO_BODY, readJson, type BodyKind, type RawBody } from '../resources/body.js';
import type { Engine } from '../resources/engine.js';
import type { AnyAnswer, MultipartForm, OperationContext } from '../resources/handler.js';
import type { MockState } from '../state/mock-state.js';
import { dialectOf, type Dialect } from './dialects.js';
import { exchangeOf, type Fidelity } from './exchange.js';
import { refuse, sendReply } from './reply.js';
import { sendError } from './send-error.js';

const METHODS: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'];

/** What every request of one operation needs, worked out at its first. */
interface PreparedOperation {
  readonly rules: OperationRules;
  readonly dialect: Dialect;
  readonly isV2: boolean;
  /** Place of the first path parameter after the store's. */
  readonly firstKey: number;
  /** Rules of the path parameters, the template's order, store_hash left out. */
  readonly path: readonly (OperationRules['parameters'][number] | undefined)[];
  readonly fidelity: Fidelity;
}

export const operationRoutes = fp(
  function operationRoutes(
    api: FastifyInstance,
    { state, engine }: { state: MockState; engine: Engine },
    done: () => void,
  ) {
    const prepared = new Map<Operation, PreparedOperation>();
    const parseJson = safeJsonParser(api);

    // Bodies stay text or bytes until access is settled: only then is it worth knowing what they say.
    // The first of these is the second's special case: a type known by name is found without being taken apart.
    api.removeAllContentTypeParsers();
    api.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, parsed) => {
      parsed(null, body);
    });
    api.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => {
      parsed(null, body);
    });

    const prepare = (operation: Operation): PreparedOperation => {
      let known = prepared.get(operation);
      if (!known) {
        const rules = operationRules(operation);
        const all = [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
        const names = all.filter((name) => name !== 'store_hash');
        const dialect = dialectOf(operation.path);
        known = {
          rules,
          dialect,
          isV2: dialect.name === 'v2',
          firstKey: all.length - names.length,
          path: names.map((name) => rules.parameters.find((rule) => rule.in === 'path' && rule.name === name)),
          fidelity: engine.fidelityOf(operation),
        };
        prepared.set(operation, known);
      }
      return known;
    };

    function answer(
      request: FastifyRequest,
      reply: FastifyReply,
      kind: BodyKind,
      form: MultipartForm | undefined,
    ): void {
      const exchange = exchangeOf(request);
      const { operation, store, pathValues } = exchange;
      // Whoever needs no token acts as the store itself.
      const account = exchange.account ?? store?.accounts.storeItself();
      if (!operation || !store || !account)
        throw new Error('a request came this far without operation, store or account');
      const { rules, dialect, isV2, firstKey, path, fidelity } = prepare(operation);
      const keys = path.map((rule, place) => readPathParameter(pathValues[firstKey + place] ?? '', rule, dialect));
      const query = readQuery(request.query as Readonly<Record<string, string | string[]>>, rules.parameters, dialect);
      const { refusal, body, refusedRows } =
        kind === 'json' || (kind === 'none' && writesARow(operation))
          ? checkBody(
              kind === 'json' ? readJson(textOf(request.body), parseJson) : {},
              operation,
              rules,
              dialect,
              engine.bodyRefusalOf(operation),
            )
          : NO_BODY;
      if (refusal) {
        refuse(request, reply, refusal);
        return;
      }
      const handler = engine.handlerOf(operation);
      const context: OperationContext = {
        store,
        account,
        // Nothing but plain http is spoken here.
        origin: `http://${request.headers.host ?? 'localhost'}`,
        at: store.clock.now(),
        operation,
        rules,
        engine,
        isV2,
        headers: request.headers,
        keys,
        query,
        // Validated against this operation's description just now; the type of `body` follows from the operationId.
        body: body as OperationContext['body'],
        refusedRows,
        form,
      };
      const given =
        operation.method === 'GET'
          ? handler(context)
          : store.transaction(
              () => handler(context),
              (changes) => {
                state.webhooks.raise(store, operation, changes);
              },
            );
      state.keeper?.keep(store);
      exchange.fidelity = given.fidelity ?? fidelity;
      if ('reason' in given) exchange.note = given.reason;
      sendReply(request, reply, given.status, jsonOf(given), given.headers);
    }

    api.route({
      method: METHODS,
      url: '/*',
      handler(request, reply): undefined | Promise<void> {
        try {
          const { operation } = exchangeOf(request);
          if (!operation) throw new Error('a request came this far without an operation');
          if (!isAcceptable(request.headers.accept, operation)) throw new NotAcceptableError(NOT_ACCEPTABLE);
          const kind = bodyKind(operation, request.headers['content-type'], request.body as RawBody);
          if (kind === 'form') return answerForm(request, reply);
          answer(request, reply, kind, undefined);
        } catch (error) {
          sendError(error as Error, request, reply);
        }
        return undefined;
      },
    });

    async function answerForm(request: FastifyRequest, reply: FastifyReply): Promise<void> {
      try {
        answer(request, reply, 'form', await readForm(request));
      } catch (error) {
        sendError(error as Error, request, reply);
      }
    }
    done();
  },
  { name: 'operation-routes', dependencies: ['preferred-outcome'] },
);

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : (body as Buffer).toString('utf8');
}

/** Loaded with the first form: most mocks never see one. */
async function readForm(request: FastifyRequest): Promise<MultipartForm> {
  const { parseForm } = await import('../resources/multipart.js');
  return parseForm(request.body as Buffer | undefined, request.headers['content-type'] ?? '');
}

function jsonOf(given: AnyAnswer): Buffer | string | undefined {
  if ('bytes' in given) return given.bytes;
  return given.body === undefined ? undefined : JSON.stringify(given.body);
}

const NOT_ACCEPTABLE = 'The Accept header names no media type that this endpoint can answer in.';

const ROW_WRITES: ReadonlySet<string> = new Set(['create', 'update', 'replace', 'upsert', 'singleton-update']);

/** Where a body may be missing by the description, a row is written all the same: of nothing, if its rules allow that. */
function writesARow({ body, resource }: Operation): boolean {
  return body?.media.includes('application/json') === true && ROW_WRITES.has(resource?.action ?? '');
}

const ANSWERS_TEXT = /\/(events|download|tail)$/;

/** Absent, any type, or JSON. Few operations answer with text, and a shop's domain with pages. */
function isAcceptable(accept: string | undefined, { host, path }: Operation): boolean {
  return (
    accept === undefined ||
    accept === '' ||
    accept.includes('*/*') ||
    accept.includes('json') ||
    accept.includes('application/*') ||
    host === 'login' ||
    (accept.includes('text/') && ANSWERS_TEXT.test(path))
  );
}

/** Fastify's own parser, set to refuse keys that reach for prototypes. It answers at once, whatever its signature says. */
function safeJsonParser(api: FastifyInstance): (text: string) => unknown {
  const parser = api.getDefaultJsonParser('error', 'error');
  return (text) => {
    let value: unknown;
    parser.call(api, undefined as unknown as FastifyRequest, text, (error, parsed: unknown) => {
      if (error) throw error;
      value = parsed;
    });
    return value;
  };
}
