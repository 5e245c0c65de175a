/** How the files of this folder say which events follow from which changes of rows. */
import type { StoreCollections } from '../../fixtures/index.js';
import type { Operation } from '../../openapi/index.js';
import type { Store } from '../state/store.js';
import { differBeyond, type RowChange, type RowChanges } from './row-changes.js';

/** Something that happened in a store and that apps may want to hear of. */
export interface StoreEvent {
  /** The concrete kind of event, such as `store/order/created`. */
  readonly scope: string;
  readonly data: object;
}

/** What a rule may ask beside the rows. */
export interface EventContext {
  readonly store: Store;
  readonly operation: Operation;
  /** All that the same request changed. */
  readonly changes: RowChanges;
}

/** Events that follow from the changes of one collection. */
export interface EventRule {
  readonly collection: string;
  readonly events: (changes: readonly RowChange[], context: EventContext) => Iterable<StoreEvent>;
}

type RowOf<Name extends keyof StoreCollections> = StoreCollections[Name]['rows'][number];

/**
 * A rule about each row of a collection alone.
 * The table of rules holds those of all row types; each is handed rows of its own collection only, hence the cast.
 */
export function eachOf<Name extends keyof StoreCollections>(
  collection: Name,
  events: (change: RowChange<RowOf<Name>>, context: EventContext) => Iterable<StoreEvent>,
): EventRule {
  return eachRowOf<RowOf<Name>>(collection, events);
}

/** The same for a collection whose rows the fixtures do not know. */
export function eachRowOf<Row extends object>(
  collection: string,
  events: (change: RowChange<Row>, context: EventContext) => Iterable<StoreEvent>,
): EventRule {
  return {
    collection,
    *events(changes, context) {
      for (const change of changes) yield* events(change as RowChange<Row>, context);
    },
  };
}

/** A rule about all rows of a collection that a request changed. */
export function allOf<Name extends keyof StoreCollections>(
  collection: Name,
  events: (changes: readonly RowChange<RowOf<Name>>[], context: EventContext) => Iterable<StoreEvent>,
): EventRule {
  return {
    collection,
    events: (changes, context) => events(changes as readonly RowChange<RowOf<Name>>[], context),
  };
}

/** What became of a row; undefined when nothing that counts did. */
export function fateOf<Row extends object>(
  { before, after }: RowChange<Row>,
  isUpdate: (before: Row, after: Row) => boolean = differBeyond,
): 'created' | 'updated' | 'deleted' | undefined {
  if (!before) return after ? 'created' : undefined;
  if (!after) return 'deleted';
  return isUpdate(before, after) ? 'updated' : undefined;
}

/** The row as it is, or as it was before it went. */
export function rowOf<Row extends object>({ before, after }: RowChange<Row>): Row {
  const row = after ?? before;
  if (!row) throw new Error('a change without a row');
  return row;
}

/** The twin that an event has among those of its channel. */
export function ofChannel(channel_id: number, event: string, data: object): StoreEvent {
  return { scope: `store/channel/${String(channel_id)}/${event}`, data };
}
