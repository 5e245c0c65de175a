/**
 * The error dialects of the services behind the one host (platform.md, "Three back ends, three dialects").
 * This file says which path speaks which; send-error.ts writes them and body-errors.ts words validation failures.
 */

export interface Dialect {
  readonly name: 'v2' | 'catalog' | 'service' | 'tree';
  /** Answers 422 to a query parameter it does not know; the others ignore it. */
  readonly refusesUnknownParameters: boolean;
}

const v2: Dialect = { name: 'v2', refusesUnknownParameters: true };
const catalog: Dialect = { name: 'catalog', refusesUnknownParameters: false };
const service: Dialect = { name: 'service', refusesUnknownParameters: true };
/** Category trees: a service in its strictness, with sentences of its own. */
const tree: Dialect = { name: 'tree', refusesUnknownParameters: true };

/** The dialect of a path or path template. */
export function dialectOf(path: string): Dialect {
  const rest = path.replace(/^\/stores\/[^/]*/, '');
  if (rest === '/v2' || rest.startsWith('/v2/')) return v2;
  if (rest.startsWith('/v3/catalog/trees')) return tree;
  // Metafields have one rule set wherever they hang, and the catalog's (catalog.md section 9).
  if (rest.startsWith('/v3/catalog/') || rest.startsWith('/v3/pricelists') || rest.endsWith('/metafields'))
    return catalog;
  return service;
}
