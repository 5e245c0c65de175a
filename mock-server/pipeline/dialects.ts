/**
 * The error dialects of the services behind the one host.
 * This file says which path speaks which; send-error.ts writes them and body-errors.ts words validation failures.
 */

export interface Dialect {
  readonly name: 'v2' | 'catalog' | 'service' | 'tree';
  /** Refuses a query parameter it does not know, V2 by 400 and the others by 422; the rest ignore it. */
  readonly refusesUnknownParameters: boolean;
  /** Values of paths and queries that cannot be used come back in a list, and an unknown parameter is refused by 400. */
  readonly listsUnusableValues?: true;
  /** Statuses whose refusals come as a list, `{errors: [{…}], meta}`, and under which media type. */
  readonly listed?: { readonly statuses: readonly number[]; readonly mediaType: string };
}

const v2: Dialect = { name: 'v2', refusesUnknownParameters: true };
const catalog: Dialect = { name: 'catalog', refusesUnknownParameters: false };
const service: Dialect = { name: 'service', refusesUnknownParameters: true };
/** Pages: observed for values, documented for parameters. */
const pages: Dialect = { ...service, listsUnusableValues: true };
/** A store's own domain: browsers call it, with whatever parameters campaigns add. */
const storefront: Dialect = { name: 'service', refusesUnknownParameters: false };
/** Category trees: a service in its strictness, with sentences of its own. */
const tree: Dialect = { name: 'tree', refusesUnknownParameters: true };

const promotions: Dialect = { ...service, listed: { statuses: [404, 422], mediaType: 'application/json' } };
const taxClasses: Dialect = {
  ...service,
  listed: { statuses: [400, 404, 409, 413, 422], mediaType: 'application/problem+json' },
};

/** The dialect of a path or path template. */
export function dialectOf(path: string): Dialect {
  if (!path.startsWith('/stores/')) return storefront;
  const rest = path.replace(/^\/stores\/[^/]*/, '');
  if (rest === '/v2' || rest.startsWith('/v2/')) return v2;
  if (rest.startsWith('/v3/catalog/trees')) return tree;
  // Metafields have one rule set wherever they hang, and the catalog's.
  if (rest.startsWith('/v3/catalog/') || rest.startsWith('/v3/pricelists') || rest.endsWith('/metafields'))
    return catalog;
  if (rest.startsWith('/v3/promotions') && !rest.startsWith('/v3/promotions/settings')) return promotions;
  if (rest.startsWith('/v3/tax/classes')) return taxClasses;
  if (rest.startsWith('/v3/content/pages')) return pages;
  return service;
}
