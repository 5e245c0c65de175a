/**
 * References between the files of a description, turned into references inside one bundle:
 * `../../components/common.yaml#/components/parameters/Limit` becomes `#/components/parameters/Limit`.
 */
import { dirname, resolve } from 'node:path';
import { escapeStep, findAt } from '../json-pointer.js';
import { DescriptionError } from './description-error.js';
import type { SourceFile } from './load-documents.js';

/**
 * A copy of a file's content whose references all point into the bundle.
 * @throws DescriptionError for a reference that leads nowhere, or to something that is no component.
 */
export function withBundleReferences(
  source: SourceFile,
  files: ReadonlyMap<string, SourceFile>,
): SourceFile['content'] {
  const rewritten = mapReferences(source.content, '', (reference, pointer) => {
    const [path = '', target = ''] = reference.split('#', 2);
    const file = path === '' ? source : files.get(resolve(dirname(source.file), path));
    if (!file)
      throw new DescriptionError(source.file, pointer, `${reference} names a file that is not part of the description`);
    if (findAt(file.content, target) === undefined) {
      throw new DescriptionError(source.file, pointer, `${reference} leads nowhere`);
    }
    if (!target.startsWith('/components/')) {
      throw new DescriptionError(source.file, pointer, `${reference} does not lead to a component`);
    }
    return `#${target}`;
  });
  return rewritten as SourceFile['content'];
}

/** Every reference inside a value, with the pointer of the object that holds it. */
export function eachReference(value: unknown, visit: (reference: string, pointer: string) => void): void {
  mapReferences(value, '', (reference, pointer) => {
    visit(reference, pointer);
    return reference;
  });
}

function mapReferences(value: unknown, pointer: string, map: (reference: string, pointer: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item, index) => mapReferences(item, `${pointer}/${index}`, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      if (key === '$ref' && typeof child === 'string') return [key, map(child, pointer)];
      const childPointer = `${pointer}/${escapeStep(key)}`;
      // The values of a discriminator's mapping are references too, without the keyword.
      if (key === 'mapping' && pointer.endsWith('/discriminator')) return [key, mapMapping(child, childPointer, map)];
      return [key, mapReferences(child, childPointer, map)];
    }),
  );
}

function mapMapping(mapping: unknown, pointer: string, map: (reference: string, pointer: string) => string): unknown {
  if (typeof mapping !== 'object' || mapping === null) return mapping;
  return Object.fromEntries(
    Object.entries(mapping).map(([value, to]) => [value, map(String(to), `${pointer}/${value}`)]),
  );
}
