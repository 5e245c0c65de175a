/**
 * The generic engine: serves every operation that has `x-resource` from stored rows, in the envelope of V3.
 * What a description cannot say comes from the domains: resources with rules, and handlers for whole operations.
 */
import type { Operation } from '../../openapi/index.js';
import { ResourceRegistry, type Resource } from './define.js';
import { actions } from './actions.js';
import type { AnyHandler, Handlers } from './handler.js';
import { RowBytes } from './json-bytes.js';

/** What one domain file adds. */
export interface Domain {
  readonly resources: readonly Resource[];
  readonly handlers?: Handlers;
}

export class Engine {
  readonly resources: ResourceRegistry;
  readonly #handlers = new Map<string, AnyHandler>();
  readonly #bytes = new Map<Resource, RowBytes<object>>();

  constructor(domains: readonly Domain[]) {
    this.resources = new ResourceRegistry(domains.flatMap(({ resources }) => resources));
    for (const { handlers } of domains) {
      // Each handler is typed by its operationId; here only the route knows which one it is.
      for (const [id, handler] of Object.entries(handlers ?? {})) this.#handlers.set(id, handler as AnyHandler);
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
