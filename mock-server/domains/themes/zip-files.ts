/** Reads files out of a zip: as much of the format as archives of themes use. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;
/** A longer file is none that tells what a theme is. */
const MAX_BYTES = 4 * 1024 * 1024;

/** One file of an archive; its text is unpacked when it is asked for. */
export interface ZipFile {
  readonly path: string;
  /** @throws Error for a file that cannot be unpacked */
  text(): string;
}

/**
 * The files of an archive, in its own order.
 * @throws Error when the bytes are no zip
 */
export function zipFiles(bytes: Buffer): ZipFile[] {
  const end = bytes.lastIndexOf(signature(END_OF_DIRECTORY));
  if (end < 0) throw new Error('no directory');
  const files: ZipFile[] = [];
  let place = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(place) !== DIRECTORY_ENTRY) throw new Error('the directory is broken');
    const method = bytes.readUInt16LE(place + 10);
    const size = bytes.readUInt32LE(place + 20);
    const lengths = [28, 30, 32].map((offset) => bytes.readUInt16LE(place + offset));
    const start = bytes.readUInt32LE(place + 42);
    const nameAt = place + 46;
    const path = bytes.toString('utf8', nameAt, nameAt + (lengths[0] ?? 0));
    files.push({ path, text: () => unpacked(bytes, start, size, method) });
    place = nameAt + lengths.reduce((sum, length) => sum + length, 0);
  }
  return files;
}

/** What stands behind the header of a file, which has a name and extra fields of its own. */
function unpacked(bytes: Buffer, header: number, size: number, method: number): string {
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const packed = bytes.subarray(start, start + size);
  if (method === STORED) return packed.toString('utf8');
  if (method !== DEFLATED) throw new Error(`method ${String(method)} is not known`);
  return inflateRawSync(packed, { maxOutputLength: MAX_BYTES }).toString('utf8');
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
