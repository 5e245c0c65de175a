/**
 * The generic engine: serves every operation that has `x-resource` from stored rows, in the envelope of V3.
 * What a description cannot say comes from the domains: resources with rules, and handlers for whole operations.
 */
import type { BodyError, Operation, OperationId } from '../../openapi/index.js';
import type { BigCommerceError } from '../errors.js';
import { ResourceRegistry, type Resource } from './define.js';
import { actions } from './actions.js';
import type { AnyHandler, Handlers } from './handler.js';
import { RowBytes } from './json-bytes.js';

/**
 * The refusal of a body that does not fit the description, where one operation words it in its own way.
 * Undefined leaves it to the service's usual words.
 */
export type BodyRefusal = (errors: readonly BodyError[], body: unknown) => BigCommerceError | undefined;

/** What one domain file adds. */
export interface Domain {
  readonly resources: readonly Resource[];
  readonly handlers?: Handlers;
  readonly bodyRefusals?: { readonly [Id in OperationId]?: BodyRefusal };
}

export class Engine {
  readonly resources: ResourceRegistry;
  readonly #handlers = new Map<string, AnyHandler>();
  readonly #bodyRefusals = new Map<string, BodyRefusal>();
  readonly #bytes = new Map<Resource, RowBytes<object>>();

  constructor(domains: readonly Domain[]) {
    this.resources = new ResourceRegistry(domains.flatMap(({ resources }) => resources));
    for (const { handlers, bodyRefusals } of domains) {
      // Each handler is typed by its operationId; here only the route knows which one it is.
      for (const [id, handler] of Object.entries(handlers ?? {})) this.#handlers.set(id, handler);
      for (const [id, refusal] of Object.entries(bodyRefusals ?? {})) this.#bodyRefusals.set(id, refusal);
    }
  }

  /** What answers an operation: a domain's handler, or the action that its description names. */
  handlerOf(operation: Operation): AnyHandler | undefined {
    const known = this.#handlers.get(operation.id);
    if (known) return known;
    const { resource: described } = operation;
    const resource = described && this.resources.find(described.collection);
    const action = described && actions[described.action];
    if (!resource || !action) return undefined;
    const handler: AnyHandler = (context) => action(context, resource);
    this.#handlers.set(operation.id, handler);
    return handler;
  }

  /** How an operation refuses a body in words of its own, if it does. */
  bodyRefusalOf(operation: Operation): BodyRefusal | undefined {
    return this.#bodyRefusals.get(operation.id);
  }

  /** Kept JSON bytes of a resource's rows. */
  bytesOf<Row extends object, Input>(resource: Resource<Row, Input>): RowBytes<Row> {
    const bytes = this.#bytes.get(resource);
    if (!bytes) {
      const created = new RowBytes<Row>(resource.rules.wire);
      this.#bytes.set(resource, created as unknown as RowBytes<object>);
      return created;
    }
    // The map holds rows of all types; under one resource, those of its type.
    return bytes as unknown as RowBytes<Row>;
  }
}
