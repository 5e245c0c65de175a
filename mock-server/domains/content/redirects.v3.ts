/**
 * Redirects from old paths of a site, one per path; redirects.v2.ts shows the same rows as V2 does, and
 * redirect-jobs.v3.ts carries them in and out as files.
 * Described in openapi/documents/content/redirects.v3.yaml.
 */
import type { RedirectRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource, type Actor, type Change, type Resource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { createRow, updateRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { brands } from '../catalog/brands.v3.js';
import { categories } from '../catalog/categories.v3.js';
import { products } from '../catalog/products.v3.js';
import { blogPosts } from './blog.v2.js';
import { pages } from './pages.v3.js';

export type RedirectInput = Partial<components['schemas']['RedirectInput']>;

/** Rows keyed by `id`. */
export const redirects = defineResource<RedirectRow, RedirectInput>('redirects', {
  unique: {
    path: {
      text: ({ site_id, from_path }) => pathKey(site_id, from_path),
      // Writes of V3 find the row that has the path, and writes of V2 have words of their own.
      refusal: () => new UnprocessableError('A redirect from that path exists', { from_path: 'It is taken.' }),
    },
  },
  index: ['site_id'],
  create: ({ input, id }) => ({
    id,
    site_id: input.site_id ?? 0,
    from_path: rooted(input.from_path),
    to: input.to ?? {},
  }),
  merge: ({ current, input }) => ({
    ...current,
    ...input,
    from_path: input.from_path === undefined ? current.from_path : rooted(input.from_path),
  }),
  check: requireTarget,
  filters: {
    keyword: (value) => {
      const start = rooted(value).toLowerCase();
      return ({ from_path }) => from_path.toLowerCase().startsWith(start);
    },
  },
  includes: { to_url: (row, { store }) => targetUrl(row, store) },
});

function pathKey(site_id: number, from_path: string): string {
  return `${String(site_id)} ${from_path.toLowerCase()}`;
}

/** A path is kept with the slash that it begins with (assumed). */
function rooted(path = ''): string {
  return path.startsWith('/') ? path : `/${path}`;
}

/** @throws UnprocessableError for a redirect that leads nowhere (assumed words) */
function requireTarget({ next: { to } }: Change<RedirectRow, RedirectInput>): void {
  const { type = 'url', url = '', entity_id } = to;
  if (type === 'url' ? url !== '' : entity_id !== undefined) return;
  const field = type === 'url' ? 'to.url' : 'to.entity_id';
  throw new UnprocessableError('JSON data is missing or invalid', { [field]: 'error.path.missing' });
}

/** The redirect of a path, if it has one. */
export function redirectOf(store: Store, site_id: number, from_path: string): RedirectRow | undefined {
  const rows = store.rows(redirects);
  const key = rows.keyByUnique('path', pathKey(site_id, rooted(from_path)));
  return key === undefined ? undefined : rows.get(key);
}

/** Creates or overwrites the redirect of a path. */
export function saveRedirect(input: RedirectInput & { from_path: string; site_id: number }, actor: Actor): RedirectRow {
  const current = redirectOf(actor.store, input.site_id, input.from_path);
  return current ? updateRow(redirects, current, input, actor) : createRow(redirects, input, actor);
}

/** Where a redirect leads in the end, as a whole URL. */
export function targetUrl({ to }: RedirectRow, store: Store): string {
  const target = to.url !== undefined && (to.type ?? 'url') === 'url' ? to.url : pathOf(to, store);
  return URL.canParse(target) ? target : `https://${domainOf(store)}${rooted(target)}`;
}

export function domainOf(store: Store): string {
  return `store-${store.hash}.mybigcommerce.com`;
}

/** The path of what a dynamic redirect points at; the homepage when that is gone. */
function pathOf({ type, entity_id = 0 }: RedirectRow['to'], store: Store): string {
  const row = <Row extends object, Input>(resource: Resource<Row, Input>): Row | undefined =>
    store.rows(resource).get(entity_id);
  switch (type) {
    case 'product':
      return row(products)?.custom_url.url ?? '/';
    case 'category':
      return row(categories)?.custom_url.url ?? '/';
    case 'brand':
      return row(brands)?.custom_url.url ?? '/';
    case 'page':
      return row(pages)?.url ?? '/';
    case 'post':
      return row(blogPosts)?.url ?? '/';
    default:
      return '/';
  }
}

/** All or none; a fault is named with its place in the list. */
const upsertRedirects: Handler<'upsertRedirects'> = (context) => {
  const rows = context.body.map((input, position) => {
    try {
      return saveRedirect(input, context);
    } catch (error) {
      if (!(error instanceof UnprocessableError)) throw error;
      const fields = Object.entries(error.fields ?? {}).map(([field, text]) => [`${String(position)}.${field}`, text]);
      throw new UnprocessableError(error.message, Object.fromEntries(fields) as Record<string, string>);
    }
  });
  return listAnswer(context, redirects, rows, '{}', { status: 201, isWrite: true });
};

export const redirectsDomain: Domain = { resources: [redirects], handlers: { upsertRedirects } };
