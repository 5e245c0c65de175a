/**
 * Rows that a store has, found as a client would find them: by listing parents. `/products/{product_id}/images/{image_id}`
 * is resolved by listing products, then the images of one after another until one has some.
 */
import { operations } from '../../openapi/index.js';
import { readBody } from '../exchange.js';
import { tokenHeader, type Target } from './target.js';

export type Row = Readonly<Record<string, unknown>>;
export type Key = string | number;

/** Path parameter to value, store_hash included. */
export type PathValues = Readonly<Record<string, Key>>;

/** So many siblings are tried for one with children. */
const MOST_PARENTS = 60;

export class ExistingRows {
  readonly #lists = new Map<string, Promise<readonly Row[]>>();

  constructor(private readonly target: Target) {}

  /** What the target tells of rows that no list shows, under the name of a parameter: the first one. */
  known(name: string): Key | undefined {
    return this.#allKnown(name)[0];
  }

  #allKnown(name: string): readonly Key[] {
    const known = this.target.known?.[name];
    return known === undefined ? [] : typeof known === 'object' ? known : [known];
  }

  /** What the target says is to be sent under the name of a property. */
  sendable(operationId: string, name: string): Key | undefined {
    return this.target.sendable?.[`${operationId}.${name}`] ?? this.target.sendable?.[name];
  }

  /** To be called when something was written. */
  forget(): void {
    this.#lists.clear();
  }

  /** Values for all parameters of a path template that lead to existing rows; undefined when there are none. */
  async find(
    template: string,
    isWanted: (values: PathValues) => boolean = () => true,
  ): Promise<PathValues | undefined> {
    for await (const values of this.all(template)) {
      if (isWanted(values)) return values;
    }
    return undefined;
  }

  /** All values that lead to existing rows, in the order of the lists. */
  all(template: string): AsyncGenerator<PathValues> {
    const parameters = [...template.matchAll(PARAMETER)].filter(([, name]) => name !== 'store_hash');
    return this.#descend(template, parameters, { store_hash: this.target.storeHash });
  }

  async *#descend(
    template: string,
    [parameter, ...rest]: readonly RegExpExecArray[],
    known: PathValues,
  ): AsyncGenerator<PathValues> {
    if (!parameter) {
      yield known;
      return;
    }
    const [, name = ''] = parameter;
    const given = this.#allKnown(name);
    for (const value of given) yield* this.#descend(template, rest, { ...known, [name]: value });
    if (given.length > 0) return;
    for (const row of (await this.#candidates(template, parameter, known)).slice(0, MOST_PARENTS)) {
      const key = keyOf(row, name);
      if (key !== undefined) yield* this.#descend(template, rest, { ...known, [name]: key });
    }
  }

  /** Rows that a parameter may name: of the list just above it, or of the collection that it is said to be of. */
  async #candidates(
    template: string,
    { index, 1: name = '' }: RegExpExecArray,
    known: PathValues,
  ): Promise<readonly Row[]> {
    const above = template.slice(0, index - 1);
    if (isReadable(above)) return this.list(above, known);
    const use = operations.find(({ path, resource }) => path === template && resource)?.resource;
    const isLast = template.indexOf('{', index + 1) < 0;
    const collection = use?.parent?.[name] ?? (use?.id === name || isLast ? use?.collection : undefined);
    const whole = collection === undefined ? undefined : collectionTemplate(collection, known);
    return whole === undefined ? this.#rowsInside(above, known) : this.list(whole, known);
  }

  /** Rows that have no list of their own, as the nearest row above shows them: lines in their cart. */
  async #rowsInside(template: string, values: PathValues): Promise<readonly Row[]> {
    const name = template.slice(template.lastIndexOf('/') + 1);
    let above = template;
    while (!isReadable(above) && above.includes('/', 1)) above = above.slice(0, above.lastIndexOf('/'));
    const row = isReadable(above) ? await this.read(above, values) : undefined;
    return isRow(row) ? rowsNamed(name, row) : [];
  }

  /** The rows of a list by its path template, or inside of the row above; none when there are no such rows. */
  async list(template: string, values: PathValues): Promise<readonly Row[]> {
    if (!isReadable(template)) return this.#rowsInside(template, values);
    const url = fillPath(template, values);
    const known = this.#lists.get(url) ?? this.#fetch(url);
    this.#lists.set(url, known);
    return known;
  }

  /** What a GET shows: one row, or a list of them. Undefined when the path cannot be read, or nothing is there. */
  async read(template: string, values: PathValues): Promise<unknown> {
    return isReadable(template) ? this.#get(fillPath(template, values)) : undefined;
  }

  async #fetch(url: string): Promise<readonly Row[]> {
    const rows = await this.#get(url);
    return Array.isArray(rows) ? rows.filter(isRow) : [];
  }

  /** The rows of an answer: V3 wraps them, V2 does not. */
  async #get(url: string): Promise<unknown> {
    const headers = tokenHeader(this.target, 'full access') ?? {};
    const { response } = await this.target.send({ method: 'GET', url, headers });
    const body = readBody(response.body);
    if (response.status !== 200 || body.kind !== 'json') return undefined;
    return isRow(body.value) && 'data' in body.value ? body.value['data'] : body.value;
  }
}

/** Rows under a name that a path has, wherever they stand in a row: `items` in `cart.lineItems.physicalItems`. */
function rowsNamed(name: string, row: Row): readonly Row[] {
  const wanted = plain(name);
  for (const [key, value] of Object.entries(row)) {
    if (!plain(key).endsWith(wanted)) continue;
    if (Array.isArray(value)) return value.filter(isRow);
    if (isRow(value)) return 'id' in value ? [value] : Object.values(value).flat().filter(isRow);
  }
  const inner = Object.values(row)
    .filter(isRow)
    .map((value) => rowsNamed(name, value));
  return inner.find((rows) => rows.length > 0) ?? [];
}

/** Names without what sets their words apart: paths and properties do it in different ways. */
function plain(name: string): string {
  return name.replace(/[-_]/g, '').toLowerCase();
}

/** A parameter of a path template; one is called `template-name`. */
const PARAMETER = /\{([^}]+)\}/g;

/** A path template with its values in place. */
export function fillPath(template: string, values: PathValues): string {
  return template.replace(PARAMETER, (_, name: string) => encodeURIComponent(String(values[name] ?? 1)));
}

/** The template of a list of all rows that a path parameter names, whatever stands above them. */
export function listTemplateOf(parameter: string): string | undefined {
  for (const { resource } of operations) {
    const collection = resource?.parent?.[parameter] ?? (resource?.id === parameter ? resource.collection : undefined);
    const template = collection === undefined ? undefined : collectionTemplate(collection);
    if (template !== undefined) return template;
  }
  return undefined;
}

/** The template of the list of a whole collection, or of the part of it that lies below rows already known. */
export function collectionTemplate(collection: string, known: PathValues = {}): string | undefined {
  return operations.find(({ path, resource }) => {
    if (resource?.collection !== collection || resource.action !== 'list') return false;
    return [...path.matchAll(PARAMETER)].every(([, name = '']) => name === 'store_hash' || Object.hasOwn(known, name));
  })?.path;
}

/** The key of a row under the name that a path gives it: the tree service says `category_id`, others `id`. */
export function keyOf(row: Row, name: string): Key | undefined {
  const last =
    name
      .split(/[_-]|(?=[A-Z])/)
      .at(-1)
      ?.toLowerCase() ?? '';
  // A code is what its path is for, even where the row has an id as well.
  if (last === 'code' && typeof row['code'] === 'string') return row['code'];
  // Price list records call a `currency_code` their currency, e-mail templates a `template-name` their type.
  const first = name.replace(/[_-][^_-]*$/, '');
  const key = [row['id'], row[name], row[last], row['uuid'], row[first], row['type_id']].find(
    (value) => value !== undefined && value !== null,
  );
  return typeof key === 'string' || typeof key === 'number' ? key : undefined;
}

function isReadable(template: string): boolean {
  return operations.some(({ method, path }) => method === 'GET' && path === template);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
