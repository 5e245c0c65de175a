/**
 * Settings that a store has once, and that channels may have otherwise: the one mechanism behind
 * `/v3/settings/**?channel_id=` and behind `…/settings` with `…/settings/channels/{channel_id}`.
 * Defaults are data; what is kept are the layers that someone wrote.
 */
import { type BigCommerceError, NotFoundError, UnprocessableError } from '../../errors.js';
import { defineResource, type Actor, type Resource } from '../../resources/define.js';
import type { OperationContext } from '../../resources/handler.js';
import type { Store } from '../../state/store.js';
import { hasChannel } from '../channels.v3.js';

/** The layer of the whole store stands under this number, which no channel has. */
const STORE = 0;

/** What was written for the whole store, or for one channel. */
interface SettingsLayer<Values extends object> {
  readonly channel_id: number;
  readonly values: Readonly<Partial<Values>>;
}

/** Values of one layer: null where the layer says nothing. */
type Overrides<Values extends object> = { [Field in keyof Values]: Values[Field] | null };

interface SettingsRules<Values extends object> {
  /**
   * Where all fields have to be sent: for a channel, or always. What is missing elsewhere stays as it is.
   * @default `never`
   */
  readonly whole?: 'never' | 'of channels' | 'always';
  /** Fields that only the mock writes, such as the address of an uploaded picture. */
  readonly readOnly?: readonly (keyof Values & string)[];
  /** @throws BigCommerceError for values that do not go together. They are those that will hold. */
  check?(values: Values, actor: Actor): void;
  /** The refusal of a channel that does not exist. @default 422 for `?channel_id=`, 404 in a path (assumed) */
  unknownChannel?(channel_id: number): BigCommerceError;
}

type ReadContext = Pick<OperationContext, 'store' | 'query' | 'keys' | keyof Actor>;
type WriteContext<Values extends object> = ReadContext & { readonly body: Partial<Overrides<Values>> };

interface SettingsAnswer<Values extends object> {
  readonly status: 200;
  readonly body: { data: Values; meta: Record<string, never> };
}

/** One group of settings. */
export interface SettingsGroup<Values extends object> {
  readonly resource: Resource<SettingsLayer<Values>>;
  /** What holds: the channel's own values over those of the store. */
  valuesOf(this: void, store: Store, channel_id?: number): Values;
  /** What one channel says otherwise. */
  overridesOf(this: void, store: Store, channel_id: number): Overrides<Values>;
  /** Lays values over those of a channel, or of the whole store where none is named. Null takes a value away. */
  write(this: void, actor: Actor, input: Partial<Overrides<Values>>, channel_id?: number): void;
  /** The layer that `channel_id` in the query or in the path means. */
  readonly get: (context: ReadContext) => SettingsAnswer<Overrides<Values>>;
  readonly update: (context: WriteContext<Values>) => SettingsAnswer<Overrides<Values>>;
  /** The same for an operation that only knows the whole store. */
  readonly getOfStore: (context: Pick<ReadContext, 'store'>) => SettingsAnswer<Values>;
  readonly updateOfStore: (context: Pick<WriteContext<Values>, keyof Actor | 'body'>) => SettingsAnswer<Values>;
}

/** @param defaults every field, with the value that a new store has */
export function settingsGroup<Values extends object>(
  collection: string,
  defaults: Values,
  rules: SettingsRules<Values> = {},
): SettingsGroup<Values> {
  // A layer may leave out any field, which the compiler does not believe of a type it does not know.
  const none = {} as Readonly<Partial<Values>>;
  const resource = defineResource<SettingsLayer<Values>>(collection, {
    key: ({ channel_id }) => channel_id,
    create: ({ input: { channel_id = STORE, values = none } }) => ({ channel_id, values }),
  });
  const { whole = 'never', readOnly = [] } = rules;
  const sendable = Object.keys(defaults).filter((field) => !(readOnly as readonly string[]).includes(field));

  const layerOf = (store: Store, channel_id: number): Readonly<Partial<Values>> =>
    store.rows(resource).get(channel_id)?.values ?? none;

  const valuesOf = (store: Store, channel_id = STORE): Values => {
    const ofStore = overlay(defaults, layerOf(store, STORE));
    return channel_id === STORE ? ofStore : overlay(ofStore, layerOf(store, channel_id));
  };

  const overridesOf = (store: Store, channel_id: number): Overrides<Values> =>
    overlay(nothing(defaults), layerOf(store, channel_id)) as Overrides<Values>;

  const write = (actor: Actor, input: Partial<Overrides<Values>>, channel_id = STORE): void => {
    const rows = actor.store.rows(resource);
    const values = merge(layerOf(actor.store, channel_id), input, defaults);
    if (Object.keys(values).length === 0) rows.delete(channel_id);
    else if (rows.has(channel_id)) rows.replace({ channel_id, values });
    else rows.insert({ channel_id, values });
    rules.check?.(valuesOf(actor.store, channel_id), actor);
  };

  /** A write that a client asked for. */
  const change = (actor: Actor, input: Partial<Overrides<Values>>, channel_id: number): void => {
    if (whole === 'always' || (whole === 'of channels' && channel_id !== STORE)) requireAll(sendable, input);
    if (whole === 'always' && channel_id === STORE) requireNoNull(input);
    write(actor, input, channel_id);
  };

  const read = (store: Store, channel_id: number): SettingsAnswer<Overrides<Values>> => ({
    status: 200,
    body: { data: channel_id === STORE ? valuesOf(store) : overridesOf(store, channel_id), meta: {} },
  });

  const getOfStore = ({ store }: Pick<ReadContext, 'store'>): SettingsAnswer<Values> => ({
    status: 200,
    body: { data: valuesOf(store), meta: {} },
  });

  return {
    resource,
    valuesOf,
    overridesOf,
    write,
    get: (context) => read(context.store, namedChannel(context, rules)),
    update: (context) => {
      const channel_id = namedChannel(context, rules);
      change(context, context.body, channel_id);
      return read(context.store, channel_id);
    },
    getOfStore,
    updateOfStore: (context) => {
      change(context, context.body, STORE);
      return getOfStore(context);
    },
  };
}

/**
 * The channel that the path or the query names, or that of the whole store.
 * @throws BigCommerceError when there is no such channel
 */
export function namedChannel(
  { store, query, keys }: Pick<ReadContext, 'store' | 'query' | 'keys'>,
  { unknownChannel }: Pick<SettingsRules<object>, 'unknownChannel'> = {},
): number {
  const [inPath] = keys;
  const inQuery = query.get('channel_id');
  if (typeof inPath !== 'number' && inQuery === undefined) return STORE;
  const channel_id = typeof inPath === 'number' ? inPath : Number(inQuery);
  if (hasChannel(store, channel_id)) return channel_id;
  if (unknownChannel) throw unknownChannel(channel_id);
  const sentence = `Channel ${String(channel_id)} does not exist.`;
  if (typeof inPath === 'number') throw new NotFoundError('The requested channel was not found.');
  throw new UnprocessableError('Invalid channel ID', { channel_id: sentence });
}

/** Documented for whole groups, in assumed words. @throws UnprocessableError naming the fields that are missing */
function requireAll(fields: readonly string[], input: object): void {
  const missing = fields.filter((field) => !(field in input));
  if (missing.length === 0) return;
  throw new UnprocessableError(
    'JSON data is missing or invalid',
    Object.fromEntries(missing.map((field) => [field, 'error.path.missing'])),
  );
}

/** @throws UnprocessableError naming the fields that are null: the whole store has nothing to inherit from */
function requireNoNull(input: object): void {
  const nulls = Object.entries(input).filter(([, value]) => value === null);
  if (nulls.length === 0) return;
  throw new UnprocessableError(
    'JSON data is missing or invalid',
    Object.fromEntries(nulls.map(([field]) => [field, 'Null is only for channels.'])),
  );
}

type Fields = Readonly<Record<string, unknown>>;

function isGroup(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of `base`, each with the layer's value where it has one. */
function overlay<Values extends object>(base: Values, layer: object): Values {
  const values: Record<string, unknown> = {};
  for (const [field, below] of Object.entries(base)) {
    const above = (layer as Fields)[field];
    if (above === undefined || above === null) values[field] = below;
    else values[field] = isGroup(above) && isGroup(below) ? overlay(below, above) : above;
  }
  return values as Values;
}

/** The same fields, all null; groups within keep their form. */
function nothing(defaults: object): object {
  return Object.fromEntries(
    Object.entries(defaults).map(([field, value]) => [field, isGroup(value) ? nothing(value) : null]),
  );
}

/** A layer after a write: fields that settings have, without those that were set to null. */
function merge<Values extends object>(layer: Partial<Values>, input: object, defaults: object): Partial<Values> {
  const values: Record<string, unknown> = { ...layer };
  for (const [field, value] of Object.entries(input)) {
    if (!(field in defaults) || value === undefined) continue;
    const [before, below] = [values[field], (defaults as Fields)[field]];
    if (isGroup(value) && isGroup(below)) {
      const group = merge(isGroup(before) ? before : {}, value, below);
      if (Object.keys(group).length > 0) values[field] = group;
      else Reflect.deleteProperty(values, field);
    } else if (value === null) Reflect.deleteProperty(values, field);
    else values[field] = value;
  }
  return values as Partial<Values>;
}
