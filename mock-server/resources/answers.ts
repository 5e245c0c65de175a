/** Answers from rows: one row or a list, with the fields and sub-resources that the query asks for. */
import { fieldCut } from '../query/fields.js';
import { listOf } from '../query/query-values.js';
import type { IncludeRule, Resource } from './define.js';
import { emptyAnswer, type BytesAnswer, type OperationContext } from './handler.js';
import { bareListBytes, ByteWriter, listBytes } from './json-bytes.js';
import type { Engine } from './engine.js';

/** Rows of a resource as the value of a sub-resource: written from their kept bytes. */
export class Rows<Row extends object = object> {
  constructor(
    readonly resource: Resource<Row>,
    readonly rows: readonly Row[],
  ) {}
}

/** Rows as a sub-resource of another row. */
export function rowsOf<Row extends object, Input>(resource: Resource<Row, Input>, rows: readonly Row[]): Rows {
  return new Rows(resource, rows);
}

interface Inclusion<Row> {
  readonly name: string;
  readonly of: IncludeRule<Row>;
}

interface AnswerOptions {
  readonly status?: number;
  /** With the sub-resources that create and update answers always carry. */
  readonly isWrite?: boolean;
}

/** Does the operation answer without the envelope? */
export function isBare({ isV2, operation }: OperationContext): boolean {
  return isV2 || operation.bare === true;
}

/** One row, in the envelope where the operation has one. */
export function rowAnswer<Row extends object, Input>(
  context: OperationContext,
  resource: Resource<Row, Input>,
  row: Row,
  { status = 200, isWrite = false }: AnswerOptions = {},
): BytesAnswer {
  if (status === 204) return emptyAnswer();
  const inclusions = inclusionsOf(context, resource, isWrite);
  const cut = cutOf(context, resource);
  const bare = isBare(context);
  if (!cut && isWrite) {
    const text = writtenText(context, resource, row, inclusions);
    return { status, bytes: bare ? text : `{"data":${text},"meta":{}}` };
  }
  if (!cut && inclusions.length === 0) {
    const kept = context.engine.bytesOf(resource);
    if (bare) return dated(context, [row], { status, bytes: kept.bare(row) });
    return { status, bytes: kept.enveloped(row) };
  }
  const writer = new ByteWriter();
  if (!bare) writer.text('{"data":');
  writeRow(writer, context, resource, row, inclusions, cut);
  if (!bare) return { status, bytes: writer.text(',"meta":{}}').bytes() };
  return dated(context, [row], { status, bytes: writer.bytes() });
}

/** A list, in the envelope where the operation has one, `meta` being JSON text. An empty list of V2 is no list at all. */
export function listAnswer<Row extends object, Input>(
  context: OperationContext,
  resource: Resource<Row, Input>,
  rows: readonly Row[],
  meta: string,
  { status = 200, isWrite = false }: AnswerOptions = {},
): BytesAnswer {
  if (status === 204 || (context.isV2 && rows.length === 0)) return emptyAnswer();
  const inclusions = inclusionsOf(context, resource, isWrite);
  const cut = cutOf(context, resource);
  const bare = isBare(context);
  if (!cut && inclusions.length === 0) {
    const kept = context.engine.bytesOf(resource);
    if (bare) return dated(context, rows, { status, bytes: bareListBytes(rows, kept) });
    return { status, bytes: listBytes(rows, kept, meta) };
  }
  const writer = new ByteWriter().text(bare ? '[' : '{"data":[');
  rows.forEach((row, position) => {
    if (position > 0) writer.comma();
    writeRow(writer, context, resource, row, inclusions, cut);
  });
  if (!bare) return { status, bytes: writer.text(`],"meta":${meta}}`).bytes() };
  return dated(context, rows, { status, bytes: writer.text(']').bytes() });
}

/** A value that is no row, in the envelope where the operation has one. */
export function valueAnswer(context: OperationContext, value: unknown, status = 200): BytesAnswer {
  if (status === 204) return emptyAnswer();
  return { status, bytes: JSON.stringify(isBare(context) ? value : { data: value, meta: {} }) };
}

/**
 * What V2 reads give, with the date of the newest row: a client that names that date, or a later one, has it already
 *.
 */
function dated(context: OperationContext, rows: readonly object[], answer: BytesAnswer): BytesAnswer {
  if (!context.isV2 || context.operation.method !== 'GET') return answer;
  let newest = Number.NaN;
  for (const row of rows) {
    const { date_modified, date_created } = row as {
      readonly date_modified?: unknown;
      readonly date_created?: unknown;
    };
    const text = date_modified ?? date_created;
    const at = typeof text === 'string' ? Date.parse(text) : Number.NaN;
    if (!(at <= newest) && !Number.isNaN(at)) newest = at;
  }
  if (Number.isNaN(newest)) return answer;
  const known = Date.parse(context.headers['if-modified-since'] ?? '');
  const headers = { 'last-modified': new Date(newest).toUTCString() };
  if (known >= Math.floor(newest / 1000) * 1000) return { status: 304, bytes: undefined, headers };
  return { ...answer, headers };
}

/** A row that was just written, made in one piece and not kept: few clients read back what they were told. */
function writtenText<Row extends object, Input>(
  context: OperationContext,
  resource: Resource<Row, Input>,
  row: Row,
  inclusions: readonly Inclusion<Row>[],
): string {
  let text = JSON.stringify(resource.rules.wire?.(row) ?? row).slice(0, -1);
  for (const { name, of } of inclusions) text += `,"${name}":${JSON.stringify(plain(of(row, context)) ?? null)}`;
  return `${text}}`;
}

type Cut = (row: Readonly<Record<string, unknown>>) => Record<string, unknown>;

function writeRow<Row extends object, Input>(
  writer: ByteWriter,
  context: OperationContext,
  resource: Resource<Row, Input>,
  row: Row,
  inclusions: readonly Inclusion<Row>[],
  cut: Cut | undefined,
): void {
  if (!cut) {
    context.engine.bytesOf(resource).appendOpen(writer, row);
    for (const { name, of } of inclusions) writeInclusion(writer.text(`,"${name}":`), context.engine, of(row, context));
    writer.text('}');
    return;
  }
  const wire = (resource.rules.wire?.(row) ?? row) as Readonly<Record<string, unknown>>;
  const whole: Record<string, unknown> = { ...wire };
  for (const { name, of } of inclusions) whole[name] = plain(of(row, context));
  // A sub-resource was asked for by name, so naming fields does not drop it.
  writer.value({ ...cut(wire), ...Object.fromEntries(inclusions.map(({ name }) => [name, whole[name]])) });
}

function writeInclusion(writer: ByteWriter, engine: Engine, value: unknown): void {
  if (!(value instanceof Rows)) {
    writer.value(value);
    return;
  }
  const bytes = engine.bytesOf(value.resource);
  writer.text('[');
  value.rows.forEach((row, position) => {
    if (position > 0) writer.comma();
    bytes.append(writer, row);
  });
  writer.text(']');
}

function wireOf(resource: Resource, row: object): object {
  return resource.rules.wire?.(row) ?? row;
}

function plain(value: unknown): unknown {
  // `instanceof` forgets what a resource is about; every row is an object.
  const rows: Rows | undefined = value instanceof Rows ? (value as Rows) : undefined;
  return rows ? rows.rows.map((row) => wireOf(rows.resource, row)) : value;
}

function cutOf<Row extends object, Input>(context: OperationContext, resource: Resource<Row, Input>): Cut | undefined {
  if (context.query.size === 0) return undefined;
  return fieldCut(context.query, [resource.keyField, ...(resource.rules.alwaysIncluded ?? [])]);
}

/** Sub-resources to add; names that the resource does not know are ignored (assumed). */
function inclusionsOf<Row extends object, Input>(
  context: OperationContext,
  resource: Resource<Row, Input>,
  isWrite: boolean,
): readonly Inclusion<Row>[] {
  const { includes, writeIncludes } = resource.rules;
  if (!includes) return [];
  const asked = context.query.get('include');
  if (asked === undefined && !isWrite) return [];
  const names = new Set([
    ...(isWrite && writeIncludes ? keptOf(writeIncludes, context) : []),
    ...(asked === undefined ? [] : listOf(asked)),
  ]);
  const inclusions: Inclusion<Row>[] = [];
  for (const name of names) {
    const of = Object.hasOwn(includes, name) ? includes[name] : undefined;
    if (of) inclusions.push({ name, of });
  }
  return inclusions;
}

/** Names that `include_fields` and `exclude_fields` leave standing: what nobody asked for by name, they may drop. */
function keptOf(names: readonly string[], context: OperationContext): readonly string[] {
  const cut = context.query.size === 0 ? undefined : fieldCut(context.query, []);
  return cut ? Object.keys(cut(Object.fromEntries(names.map((name) => [name, true])))) : names;
}
