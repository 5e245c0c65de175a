/**
 * Redirects from old paths of a site, one per path; redirects.v2.ts shows the same rows as V2 does, and
 * redirect-jobs.v3.ts carries them in and out as files.
 * Described in openapi/documents/content/redirects.v3.yaml.
 */
import { DEFAULT_SITE_ID, type RedirectRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource, type Actor, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { createRow, deleteRow, updateRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { sites } from '../channels/sites.v3.js';
import { rooted, targetUrl } from './redirect-targets.js';

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
    to: input.to ?? homepage,
  }),
  merge: ({ current, input }) => ({
    ...current,
    ...input,
    from_path: input.from_path === undefined ? current.from_path : rooted(input.from_path),
  }),
  check: requireSoundRedirect,
  filters: {
    keyword: (value) => {
      const start = rooted(value).toLowerCase();
      return ({ from_path }) => from_path.toLowerCase().startsWith(start);
    },
  },
  sortValues: { type: ({ to }) => to.type ?? 'url' },
  includes: { to_url: (row, { store }) => targetUrl(row, store) },
});

/** Where a redirect leads that was saved without a target (assumed: none is required). */
const homepage: RedirectRow['to'] = { type: 'url', url: '/' };

function pathKey(site_id: number, from_path: string): string {
  return `${String(site_id)} ${from_path.toLowerCase()}`;
}

/** @throws UnprocessableError for a redirect of no site, or one that leads nowhere (assumed words) */
function requireSoundRedirect({ next: { site_id, to }, current, store }: Change<RedirectRow, RedirectInput>): void {
  if (!current && !store.rows(sites).has(site_id)) {
    throw new UnprocessableError('JSON data is missing or invalid', { site_id: 'The site does not exist.' });
  }
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

/**
 * Leads the former path of a product to where it is now (documented). A redirect from the path that it has now would
 * lead in a circle, and goes. On the first site only (assumed).
 */
export function redirectProduct(product_id: number, from: string, to: string, actor: Actor): void {
  const { store } = actor;
  if (from === '' || from === to || !store.rows(sites).has(DEFAULT_SITE_ID)) return;
  const circular = redirectOf(store, DEFAULT_SITE_ID, to);
  if (circular) deleteRow(redirects, circular.id, actor);
  saveRedirect({ site_id: DEFAULT_SITE_ID, from_path: from, to: { type: 'product', entity_id: product_id } }, actor);
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
