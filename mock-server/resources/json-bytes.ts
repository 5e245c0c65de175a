/**
 * JSON bytes of rows, kept until the row is replaced. A row is immutable, so its bytes can be kept under the row itself.
 * Kept as the whole answer to a single read, `{"data":<row>,"meta":{}}`, from whose middle lists copy the row.
 */

const OPENING = Buffer.from('{"data":');
const CLOSING = Buffer.from(',"meta":{}}');

/** How much one generation of kept bytes may hold; two exist at most. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Lists as they were sent, by their `meta`. As rows are immutable, a list of the same rows has the same bytes. */
class ListBytes<Row> {
  #kept = new Map<string, { readonly rows: readonly Row[]; readonly bytes: Buffer }>();
  #size = 0;

  get(rows: readonly Row[], meta: string): Buffer | undefined {
    const kept = this.#kept.get(meta);
    const isSame = kept?.rows.length === rows.length && kept.rows.every((row, position) => row === rows[position]);
    return isSame ? kept.bytes : undefined;
  }

  keep(rows: readonly Row[], meta: string, bytes: Buffer): Buffer {
    if (this.#size > MAX_BYTES) {
      this.#kept = new Map();
      this.#size = 0;
    }
    this.#kept.set(meta, { rows, bytes });
    this.#size += bytes.length;
    return bytes;
  }
}

export class RowBytes<Row extends object> {
  readonly lists = new ListBytes<Row>();
  #young = new Map<Row, Buffer>();
  #old = new Map<Row, Buffer>();
  #size = 0;

  constructor(private readonly wire: (row: Row) => object = (row) => row) {}

  /** `{"data":<row>,"meta":{}}` */
  enveloped(row: Row): Buffer {
    const kept = this.#young.get(row);
    if (kept) return kept;
    const old = this.#old.get(row);
    const bytes = old ?? Buffer.from(`{"data":${JSON.stringify(this.wire(row))},"meta":{}}`);
    if (this.#size > MAX_BYTES) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#size = 0;
    }
    this.#young.set(row, bytes);
    this.#size += bytes.length;
    return bytes;
  }

  /** The row alone: part of the bytes above, not a copy. */
  bare(row: Row): Buffer {
    const bytes = this.enveloped(row);
    return bytes.subarray(OPENING.length, bytes.length - CLOSING.length);
  }

  /** Appends the row alone. */
  append(writer: ByteWriter, row: Row): void {
    const bytes = this.enveloped(row);
    writer.add(bytes, OPENING.length, bytes.length - CLOSING.length);
  }

  /** Appends the row's properties without the braces. */
  appendOpen(writer: ByteWriter, row: Row): void {
    const bytes = this.enveloped(row);
    writer.add(bytes, OPENING.length, bytes.length - CLOSING.length - 1);
  }
}

const COMMA = Buffer.from(',');

/** Collects pieces of bytes and joins them in one copy. */
export class ByteWriter {
  readonly #pieces: (Buffer | number)[] = [];
  #length = 0;

  /** @param end first byte not taken */
  add(bytes: Buffer, start = 0, end = bytes.length): this {
    this.#pieces.push(bytes, start, end);
    this.#length += end - start;
    return this;
  }

  text(text: string): this {
    return this.add(Buffer.from(text));
  }

  value(value: unknown): this {
    return this.text(JSON.stringify(value ?? null));
  }

  comma(): this {
    return this.add(COMMA);
  }

  /** Everything added, as one buffer. */
  bytes(): Buffer {
    const all = Buffer.allocUnsafe(this.#length);
    let place = 0;
    for (let piece = 0; piece < this.#pieces.length; piece += 3) {
      place += (this.#pieces[piece] as Buffer).copy(
        all,
        place,
        this.#pieces[piece + 1] as number,
        this.#pieces[piece + 2] as number,
      );
    }
    return all;
  }
}

/** `[…]` from kept bytes. */
export function bareListBytes<Row extends object>(rows: readonly Row[], bytes: RowBytes<Row>): Buffer {
  const writer = new ByteWriter().text('[');
  rows.forEach((row, position) => {
    if (position > 0) writer.comma();
    bytes.append(writer, row);
  });
  return writer.text(']').bytes();
}

const LIST_OPENING = Buffer.from('{"data":[');

/** `{"data":[…],"meta":…}` from kept bytes. */
export function listBytes<Row extends object>(rows: readonly Row[], bytes: RowBytes<Row>, meta: string): Buffer {
  return bytes.lists.get(rows, meta) ?? bytes.lists.keep(rows, meta, joined(rows, bytes, meta));
}

function joined<Row extends object>(rows: readonly Row[], bytes: RowBytes<Row>, meta: string): Buffer {
  const writer = new ByteWriter().add(LIST_OPENING);
  rows.forEach((row, position) => {
    if (position > 0) writer.comma();
    bytes.append(writer, row);
  });
  return writer.text(`],"meta":${meta}}`).bytes();
}
