/**
 * How a domain file tells the engine what is special about a collection. The engine stores, lists, filters, pages,
 * merges, deletes and batches; a domain adds defaults, uniqueness, references, computed fields and cascades.
 * Rules are plain functions over typed rows and never see Fastify.
 */
import type { FixtureCollection } from '../../fixtures/index.js';
import { operations } from '../../openapi/index.js';
import type { ApiAccount } from '../state/api-accounts.js';
import type { BigCommerceError } from '../errors.js';
import type { QueryValues } from '../query/query-values.js';
import type { CollectionShape, Key } from '../state/collection.js';
import type { Store } from '../state/store.js';

/** Who acts, on which store, when: what every rule may ask. */
export interface Actor {
  readonly store: Store;
  readonly account: ApiAccount;
  /** Scheme and host by which the client reached the mock, for URLs that must lead back here. */
  readonly origin: string;
  /** The instant of the request, in milliseconds since the Unix epoch. */
  readonly at: number;
}

/** A row about to be created. */
export interface Draft<Input> extends Actor {
  /** The validated body, cut to the properties that the description has. */
  readonly input: Input;
  readonly id: number;
  /** Keys of the parents named by the path, outermost first. */
  readonly parents: readonly Key[];
}

/** A row about to be stored, in place of `current` when it is an update. */
export interface Change<Row, Input> extends Actor {
  readonly next: Row;
  readonly current: Row | undefined;
  readonly input: Input;
  readonly parents: readonly Key[];
}

/** A unique text of a row and the refusal for a row that takes one already held. */
export interface UniqueRule<Row> {
  /** The text compared, already folded (lower-cased, say); `undefined` exempts the row. */
  text(row: Row): string | undefined;
  refusal(row: Row): BigCommerceError;
}

/** Keeps the rows for which it answers true. */
export type Filter<Row> = Method<[row: Row, store: Store], boolean>;

/**
 * Makes a filter of a query parameter's value; `query` has the parameters beside it.
 * @throws BigCommerceError when the value makes no sense.
 */
export type FilterRule<Row> = Method<[value: string, store: Store, query: QueryValues], Filter<Row>>;

/** What `include` adds to a row under one name: a value, or rows of another resource (answers.ts, `rowsOf`). */
export type IncludeRule<Row> = Method<[row: Row, actor: Actor], unknown>;

/**
 * A function that is compared as a method is. The engine holds resources of all row types in one table and hands each
 * only its own rows, which strict comparison of parameters cannot express.
 */
type Method<Parameters extends readonly unknown[], Result> = { method(...parameters: Parameters): Result }['method'];

export interface ResourceRules<Row extends object, Input> {
  /** The key of a row. @default its `id` */
  key?(this: void, row: Row): Key;
  /** Name used in "The requested … was not found." @default the collection's last word */
  readonly title?: string;
  /** The refusal for an unknown key. @default 404 `The requested <title> was not found.` (assumed) */
  notFound?(key: Key): BigCommerceError;
  readonly unique?: Readonly<Record<string, UniqueRule<Row>>>;
  /** Fields with an index, so that `?field=` and `field:in` cost the rows found. Array fields by item. */
  readonly index?: readonly (keyof Row & string)[];
  /** The complete row from a body, with defaults and server-made fields. */
  create(draft: Draft<Input>): Row;
  /** The row an update makes. @default the current row with the sent fields replaced, and `date_modified` now where the row has one */
  merge?(change: { readonly current: Row; readonly input: Input } & Actor & { readonly parents: readonly Key[] }): Row;
  /**
   * The key of the row that an element of an upsert means, where it does not name it: one with the same natural key,
   * say. @default the element's own key
   */
  match?(input: Input, actor: Actor, parents: readonly Key[]): Key | undefined;
  /** Couplings and references. Runs after uniqueness. @throws BigCommerceError */
  check?(change: Change<Row, Input>): void;
  /** Recomputes computed fields of a row about to be stored. */
  derive?(row: Row, store: Store): Row;
  /** After a row was stored for the first time: inline children, parents' dates. May store the row again. */
  created?(change: Change<Row, Input>): void;
  /** After a row was replaced by an update. */
  updated?(change: Change<Row, Input>): void;
  /** Before a row is deleted through the API. @throws BigCommerceError when it must stay */
  requireDeletable?(row: Row, actor: Actor): void;
  /** A DELETE of a row that is not there answers 204. @default 404 where the description documents one */
  readonly quietDelete?: boolean;
  /** After a row was deleted; its child rows are gone already. `parent` is the parent's key, if any. */
  deleted?(row: Row, actor: Actor, parent: Key | undefined): void;
  /** Rows the caller may see at all. @default all */
  visible?(this: void, row: Row, actor: Actor): boolean;
  /**
   * Query filters that comparing a field does not cover, by full parameter name, such as `keyword`. One named as an
   * indexed field only sees the rows that the index finds.
   */
  readonly filters?: Readonly<Record<string, FilterRule<Row>>>;
  /** A row as it goes over the wire. @default the row itself. Must depend on the row alone. */
  wire?(this: void, row: Row): object;
  /** Order of a list when no `sort` is asked. @default ascending key */
  order?(this: void, a: Row, b: Row): number;
  /** What `sort` compares under a name that is no field of the row. */
  readonly sortValues?: Readonly<Record<string, Method<[row: Row], unknown>>>;
  /** Sub-resources that `include` adds to a row, by name. Each gives JSON bytes or a value. */
  readonly includes?: Readonly<Record<string, IncludeRule<Row>>>;
  /** Fields that `include_fields` always returns beside the id. */
  readonly alwaysIncluded?: readonly string[];
  /** Sub-resources that create and update answers always carry, by name of an `includes` rule. */
  readonly writeIncludes?: readonly string[];
}

export interface Resource<Row extends object = object, Input = unknown> {
  /** As `x-resource.collection` names it. */
  readonly collection: string;
  readonly rules: Omit<ResourceRules<Row, Input>, 'index'>;
  readonly shape: CollectionShape<Row>;
  /** The collection that rows of this one hang below and are deleted with. */
  readonly parent: string | undefined;
  /** Property of the row that repeats its parent's key, so that filters on it cost the rows found. */
  readonly parentField: string | undefined;
  /** Property of the wire row that is its key, as `include_fields` must keep it. */
  readonly keyField: string;
  /** What a singleton shows that nobody has written yet. @default 404 */
  single?(this: void, store: Store, parents: readonly Key[]): Row;
  /** Rows that a store starts with, where the fixtures have none. */
  seed?(this: void, store: Store): FixtureCollection;
}

export interface Placement {
  /** Collection whose rows own these: children go when it goes. */
  readonly below?: string;
  /** Property that repeats the parent's key, when lists can be filtered by it. */
  readonly parentField?: string;
  /** @default `id` */
  readonly keyField?: string;
}

/** Declares a resource. Other domain files reach its rows through what this gives: `store.rows(brands)`. */
export function defineResource<Row extends object, Input = Partial<Row>>(
  collection: string,
  rules: ResourceRules<Row, Input>,
  placement: Placement = {},
): Resource<Row, Input> {
  return {
    collection,
    rules,
    // A row without a key rule has an integer `id`: the description of every such collection says so.
    shape: {
      keyOf: rules.key ?? ((row) => (row as unknown as { id: number }).id),
      unique: rules.unique ?? {},
      index: rules.index ?? [],
      parentField: placement.parentField,
    },
    parent: placement.below,
    parentField: placement.parentField,
    keyField: placement.keyField ?? 'id',
  };
}

/**
 * The same rows under other paths, in another form: one collection, two resources. Rules given here stand in for the
 * resource's own, save those that the collection is built from (key, index, and what is compared for uniqueness).
 * Not listed in a domain: handlers name it where the generic actions would take the resource.
 */
export function defineView<Row extends object, Input>(
  resource: Resource<Row, Input>,
  rules: Partial<Omit<ResourceRules<Row, Input>, 'key' | 'index'>>,
  keyField: string,
): Resource<Row, Input> {
  return { ...resource, rules: { ...resource.rules, ...rules }, keyField };
}

/** A key of two ids whose text sorts as the ids do. */
export function pairKey(first: number, second: number): string {
  return `${String(first).padStart(10, '0')}:${String(second).padStart(10, '0')}`;
}

/** Makes the rules of a collection that no domain speaks for. */
export type DefaultResource = (collection: string, find: (collection: string) => Resource) => Resource;

/** The resources of a mock, by collection. */
export class ResourceRegistry {
  readonly #byCollection = new Map<string, Resource>();
  readonly #children = new Map<string, Resource[]>();

  constructor(
    resources: readonly Resource[],
    private readonly makeDefault: DefaultResource,
  ) {
    for (const resource of resources) this.#add(resource);
  }

  /** The resource of a collection: a domain's, or one by default, made now if need be. */
  find(collection: string): Resource {
    let resource = this.#byCollection.get(collection);
    if (!resource) {
      resource = this.makeDefault(collection, (name) => this.find(name));
      this.#add(resource);
    }
    return resource;
  }

  /** The same, but none by default that nobody asked for yet. */
  known(collection: string): Resource | undefined {
    return this.#byCollection.get(collection);
  }

  /** Those of the domains, and one by default for every other collection of the description. */
  all(): Resource[] {
    for (const { resource } of operations) if (resource) this.find(resource.collection);
    return [...this.#byCollection.values()];
  }

  /** Resources whose rows hang below rows of a collection and go with them. */
  childrenOf(collection: string): readonly Resource[] {
    return this.#children.get(collection) ?? [];
  }

  #add(resource: Resource): void {
    this.#byCollection.set(resource.collection, resource);
    if (resource.parent === undefined) return;
    const siblings = this.#children.get(resource.parent);
    if (siblings) siblings.push(resource);
    else this.#children.set(resource.parent, [resource]);
  }
}
