/**
 * Rules for a collection that no domain speaks for: a new row is what its schema makes it, with the body laid over, and
 * there is a row or two from the start. Made when the collection is first asked for.
 */
import { countsOf, plainSchema, uuidOf } from '../../fixtures/index.js';
import { bundledDocument, operationRules, operations, type Operation, type Schema } from '../../openapi/index.js';
import type { Key } from '../state/collection.js';
import { ROW_KEY } from '../state/row-key.js';
import type { Store } from '../state/store.js';
import type { Resource } from './define.js';
import { rowSchema, sample } from './described-answers.js';

/** A row from its schema. Its key stands beside its properties, of which none need be the key. */
interface SampledRow {
  readonly [ROW_KEY]: Key | undefined;
  readonly [property: string]: unknown;
}

/** Rows below each of the first parents, where a collection hangs below another. */
const PARENTS_SEEDED = 20;
const ROWS_SEEDED = 2;

/** The other collections, as far as a default resource needs them. */
type FindResource = (collection: string) => Resource;

/** @param find gives the resource of a parent's collection */
export function defaultResource(collection: string, find: FindResource): Resource {
  const used = operations.filter(({ resource }) => resource?.collection === collection);
  const schema = schemaOf(used);
  const keyed = used.find(({ resource }) => resource?.id !== undefined);
  const keyRule = keyed && operationRules(keyed).parameters.find(({ name }) => name === keyed.resource?.id);
  const isNumbered = !keyRule || keyRule.type === 'integer' || keyRule.type === 'number';
  const keyField = keyPropertyOf(schema, keyed?.resource?.id);
  const keyProperty = schema?.properties?.[keyField];
  const keyType = keyProperty && (plainSchema(bundledDocument(), keyProperty).type ?? 'string');
  const parent = used.map(parentOf).find((name) => name !== undefined);

  // Rows of fixtures have their key among their properties only.
  const keyOf = (row: SampledRow): Key => row[ROW_KEY] ?? (isNumbered ? (row[keyField] as Key) : String(row[keyField]));
  const rowOf = (store: Store, id: number, parents: readonly Key[], input: object = {}): SampledRow => {
    const place = `${collection}/${parents.join('/')}/${String(id)}`;
    const sampled = (schema ? sample(schema, store.options.seed, place) : {}) as Readonly<Record<string, unknown>>;
    const sent = input as Readonly<Record<string, unknown>>;
    const given = sent[keyField];
    const key = isNumbered
      ? id
      : keyType === 'integer'
        ? String(id)
        : typeof given === 'string' && given !== ''
          ? given
          : keyRule.format === 'uuid' || /uuid|^id$/i.test(keyField)
            ? uuidOf(`${collection}/${String(id)}`)
            : textKey(sampled[keyField], id);
    const shown = keyType === 'string' ? String(key) : keyType === 'integer' ? Number(key) : key;
    const named = keyType === undefined ? {} : { [keyField]: shown };
    return { ...sampled, ...sent, ...named, [ROW_KEY]: key };
  };

  const resource: Resource<SampledRow, object> = {
    collection,
    rules: {
      // Keys that are texts have no highest one to count from.
      create: ({ store, input, id, parents }) => {
        const number = isNumbered
          ? id
          : store.nextNumber(collection, () => highestOf(store.rows(find(collection)).keys));
        return rowOf(store, number, parents, input);
      },
      merge: ({ current, input }) => ({ ...current, ...input, [ROW_KEY]: keyOf(current) }),
    },
    shape: { keyOf, unique: {}, index: [], parentField: undefined },
    parent,
    parentField: undefined,
    keyField,
    single: (store, parents) => rowOf(store, 1, parents),
    seed: (store) => {
      const rows: SampledRow[] = [];
      const parents: Key[] = [];
      if (isEmptyStore(store)) return { rows };
      const above = parent === undefined ? [] : store.rows(find(parent)).keys.slice(0, PARENTS_SEEDED);
      if (parent === undefined) {
        for (let id = 1; id <= ROWS_SEEDED; id += 1) rows.push(rowOf(store, id, []));
        return { rows };
      }
      for (const key of above) {
        rows.push(rowOf(store, rows.length + 1, [key]));
        parents.push(key);
      }
      return { rows, parents };
    },
  };
  return resource;
}

/** The collection that rows of an operation's collection hang below. */
function parentOf({ resource }: Operation): string | undefined {
  return resource?.parent && Object.values(resource.parent).at(-1);
}

/** A row as reads describe it; without reads, as writes answer it. */
function schemaOf(used: readonly Operation[]): Schema | undefined {
  const order = ['get', 'list', 'singleton-get', 'create', 'update', 'batch-create', 'batch-upsert', 'upsert'];
  const rank = ({ resource }: Operation): number => {
    const place = order.indexOf(resource?.action ?? '');
    return place < 0 ? order.length : place;
  };
  for (const operation of [...used].sort((a, b) => rank(a) - rank(b))) {
    const schema = rowSchema(operation);
    if (schema) return schema;
  }
  return undefined;
}

/** The property that holds the key: `id`, or the one that is called as the path parameter or ends it. */
function keyPropertyOf(schema: Schema | undefined, parameter: string | undefined): string {
  const properties = Object.keys(schema?.properties ?? {});
  if (properties.includes('id')) return 'id';
  if (parameter === undefined) return 'id';
  const last = parameter.split(/[_-]/).at(-1) ?? '';
  return [parameter, last].find((name) => properties.includes(name)) ?? parameter;
}

function textKey(value: unknown, id: number): string {
  return `${typeof value === 'string' && value !== '' ? value.replaceAll(/[^\w-]+/g, '-') : 'row'}-${String(id)}`;
}

/** The highest number among keys that are texts, of which some may be digits. */
function highestOf(keys: readonly Key[]): number {
  return keys.map(Number).reduce((highest, key) => (key > highest ? key : highest), keys.length);
}

function isEmptyStore(store: Store): boolean {
  const { products, categories, brands } = countsOf(store.options.size);
  return products + categories + brands === 0;
}
