/**
 * The generic engine: serves every operation that has `x-resource` from stored rows, as V2 or V3 would show them.
 * What a description cannot say comes from the domains: resources with rules, and handlers for whole operations.
 */
import type { BodyError, Operation, OperationId } from '../../openapi/index.js';
import type { BigCommerceError } from '../errors.js';
import type { Fidelity } from '../pipeline/exchange.js';
import { actions } from './actions.js';
import { defaultResource } from './default-resource.js';
import { ResourceRegistry, type Resource } from './define.js';
import type { AnyHandler, Handlers } from './handler.js';
import { RowBytes } from './json-bytes.js';
import { sampledAnswer } from './sampled-answer.js';

/**
 * The refusal of a body that does not fit the description, where one operation words it in its own way.
 * Undefined leaves it to the service's usual words.
 */
export type BodyRefusal = (errors: readonly BodyError[], body: unknown) => BigCommerceError | undefined;

/** What one domain file adds. */
export interface Domain {
  readonly resources: readonly Resource[];
  readonly handlers?: Handlers;
  /** Views (`defineView`) that stand in for their resource in all V2 operations on its collection. */
  readonly v2?: readonly Resource[];
  /** The same for single operations. */
  readonly views?: { readonly [Id in OperationId]?: Resource };
  /** Operations whose handlers do not act on stored rows, although their action says so. */
  readonly fidelity?: { readonly [Id in OperationId]?: Fidelity };
  readonly bodyRefusals?: { readonly [Id in OperationId]?: BodyRefusal };
}

const V2_PATH = /^\/stores\/[^/]+\/v2\//;

export class Engine {
  readonly resources: ResourceRegistry;
  readonly #handlers = new Map<string, AnyHandler>();
  readonly #bodyRefusals = new Map<string, BodyRefusal>();
  readonly #bytes = new Map<Resource, RowBytes<object>>();
  readonly #v2 = new Map<string, Resource>();
  readonly #views = new Map<string, Resource>();
  readonly #fidelities = new Map<string, Fidelity>();

  constructor(domains: readonly Domain[]) {
    this.resources = new ResourceRegistry(
      domains.flatMap(({ resources }) => resources),
      defaultResource,
    );
    for (const { handlers, bodyRefusals, v2, views, fidelity } of domains) {
      for (const view of v2 ?? []) this.#v2.set(view.collection, view);
      for (const [id, view] of Object.entries(views ?? {})) this.#views.set(id, view);
      for (const [id, each] of Object.entries(fidelity ?? {})) this.#fidelities.set(id, each);
      // Each handler is typed by its operationId; here only the route knows which one it is.
      for (const [id, handler] of Object.entries(handlers ?? {})) this.#handlers.set(id, handler);
      for (const [id, refusal] of Object.entries(bodyRefusals ?? {})) this.#bodyRefusals.set(id, refusal);
    }
  }

  /** What answers an operation: a domain's handler, the action that its description names, or else its schema. */
  handlerOf(operation: Operation): AnyHandler {
    const known = this.#handlers.get(operation.id);
    if (known) return known;
    const action = operation.resource && actions[operation.resource.action];
    const resource = action && this.#resourceOf(operation);
    const handler: AnyHandler = action && resource ? (context) => action(context, resource) : sampledAnswer;
    this.#handlers.set(operation.id, handler);
    return handler;
  }

  /** How far the answers of an operation can be trusted. */
  fidelityOf(operation: Operation): Fidelity {
    const declared = this.#fidelities.get(operation.id);
    if (declared) return declared;
    if (this.handlerOf(operation) === sampledAnswer) return 'sampled';
    return operation.resource?.action === 'computed' ? 'computed' : 'stateful';
  }

  /** The resource whose rules an operation follows, in the form that it shows. */
  #resourceOf({ id, path, resource }: Operation): Resource | undefined {
    if (!resource) return undefined;
    const view = this.#views.get(id) ?? (V2_PATH.test(path) ? this.#v2.get(resource.collection) : undefined);
    return view ?? this.resources.find(resource.collection);
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
