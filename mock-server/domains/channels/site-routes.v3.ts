/**
 * Routes of a site: which of its pages shows what. Described in openapi/documents/channels/sites.v3.yaml.
 */
import type { SiteRouteRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { offsetPage } from '../../query/pagination.js';
import { requireNamedRow } from '../../resources/actions.js';
import { listAnswer, rowAnswer } from '../../resources/answers.js';
import { eachRow, refusedFields } from '../../resources/batch.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type Handler } from '../../resources/handler.js';
import { createRow, requireRow, updateRow } from '../../resources/write.js';
import { sites } from './sites.v3.js';

type RouteInput = components['schemas']['SiteRouteFields'];

/** Rows keyed by `id`; the site is their parent in the store, no property. */
export const siteRoutes = defineResource<SiteRouteRow, RouteInput>(
  'site-routes',
  {
    create: ({ input, id }) => ({
      id,
      type: input.type ?? 'static',
      matching: input.matching ?? '*',
      route: input.route ?? '',
    }),
    merge: ({ current, input }) => ({ ...current, ...input, id: current.id }),
    check: requireFree,
  },
  { below: 'sites' },
);

const FAILED = 'Bulk operation has failed';

/** Documented, also in its words: once per site, type and what it matches. */
function requireFree(change: Change<SiteRouteRow, RouteInput>): void {
  const { next, store, parents } = change;
  const site = Number(parents[0]);
  const siblings = store.rows(siteRoutes).rowsOf(site);
  if (siblings.some(({ id, type, matching }) => id !== next.id && type === next.type && matching === next.matching)) {
    throw new UnprocessableError(FAILED, {
      'matching.type': `Route already exists for site ${String(site)} matching ${next.matching} for type ${next.type}`,
    });
  }
}

/** Answers 201, unlike other updates (documented). */
const updateSiteRoute: Handler<'updateSiteRoute'> = (context) => {
  const row = requireNamedRow(context, siteRoutes);
  const next = updateRow(siteRoutes, row, context.body, context, [idAt(context, 0)]);
  return rowAnswer(context, siteRoutes, next, { status: 201, isWrite: true });
};

/** All or none (documented): routes with an id change, the others are new. */
const updateSiteRoutes: Handler<'updateSiteRoutes'> = (context) => {
  const { id: site } = requireRow(sites, idAt(context, 0), context);
  const rows = context.store.rows(siteRoutes);
  const result = eachRow(context, context.body, (input) => {
    if (input.id === undefined) {
      if (input.type === undefined || input.matching === undefined || input.route === undefined) {
        throw new UnprocessableError(FAILED, { route: 'type, matching and route must be present' });
      }
      return createRow(siteRoutes, input, context, [site]);
    }
    const current = rows.parentOf(input.id) === site ? rows.get(input.id) : undefined;
    if (!current) throw new UnprocessableError(FAILED, { id: `Route ${String(input.id)} does not exist` });
    return updateRow(siteRoutes, current, input, context, [site]);
  });
  if (result.refused.size > 0) {
    throw new UnprocessableError(FAILED, refusedFields(result), { extra: { meta: { saved_records: 0 } } });
  }
  return listAnswer(context, siteRoutes, result.done, offsetPage(result.done, context.query, context.operation).meta);
};

export const siteRoutesDomain: Domain = { resources: [siteRoutes], handlers: { updateSiteRoute, updateSiteRoutes } };
