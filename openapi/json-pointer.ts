/** JSON pointers (RFC 6901): the address of a value inside a document. */

/** One key as a step of a pointer. */
export function escapeStep(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The keys that a pointer names; percent signs are decoded too, since pointers stand in URI fragments. */
function pointerSteps(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a pointer, or undefined where there is none. Inherited keys are not found. */
export function findAt(document: unknown, pointer: string): unknown {
  let found = document;
  for (const step of pointerSteps(pointer)) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string, unknown>)[step];
  }
  return found;
}
