/**
 * Redirects as V2 shows them: those of the first site. Described in openapi/documents/content/store-content.v2.yaml.
 */
import { DEFAULT_SITE_ID, type RedirectRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError, ConflictError } from '../../errors.js';
import { rowAnswer } from '../../resources/answers.js';
import { defineView, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, idAt, type Handler, type OperationContext } from '../../resources/handler.js';
import { createRow, deleteRow, requireRow, updateRow } from '../../resources/write.js';
import { targetUrl } from './redirect-targets.js';
import { redirectOf, redirects, type RedirectInput } from './redirects.v3.js';
import { actionOf } from './view-actions.js';

type RedirectV2Input = Partial<components['schemas']['RedirectV2Input']>;
type Target = NonNullable<RedirectInput['to']>;

/** The same rows as `redirects`. Where one leads depends on the catalog, so answers are made anew each time. */
const redirectsV2 = defineView(
  redirects,
  {
    visible: ({ site_id }) => site_id === DEFAULT_SITE_ID,
    wire: asRedirectV2,
    includes: { url: (row, { store }) => targetUrl(row, store) },
    writeIncludes: ['url'],
  },
  'id',
);

function asRedirectV2({ id, from_path, to }: RedirectRow): object {
  const { type = 'url', url, entity_id } = to;
  return {
    id,
    path: from_path,
    forward: type === 'url' ? { type: 'manual', ref: url ?? '' } : { type, ref: entity_id ?? 0 },
  };
}

const DYNAMIC: readonly string[] = ['product', 'brand', 'category', 'page', 'post'];

function inputOf({ path, forward }: RedirectV2Input): RedirectInput {
  return {
    ...(path !== undefined && { from_path: path }),
    ...(forward !== undefined && { to: targetOf(forward) }),
  };
}

/** @throws BadRequestError for a kind of target that there is not, or an id that is none (observed wording) */
function targetOf({ type = 'manual', ref }: NonNullable<RedirectV2Input['forward']>): Target {
  if (ref === undefined || ref === '') throw new BadRequestError("The required field 'forward.ref' was not supplied.");
  if (type === 'manual') return { type: 'url', url: String(ref) };
  const entity_id = Number(ref);
  if (!isDynamic(type)) throw new BadRequestError("The field 'type' is invalid.");
  if (!Number.isInteger(entity_id)) throw new BadRequestError("The field 'ref' is invalid.");
  return { type, entity_id };
}

function isDynamic(type: string): type is NonNullable<Target['type']> {
  return DYNAMIC.includes(type);
}

/** @throws ConflictError for a path that another redirect has */
function requireFreePath({ from_path }: RedirectInput, { store }: Actor, own?: number): void {
  if (from_path === undefined) return;
  const holder = redirectOf(store, DEFAULT_SITE_ID, from_path);
  if (holder && holder.id !== own) throw new ConflictError('A redirect from that path exists already.');
}

/** A read whose answers carry the URL that a redirect leads to. */
function withUrl(name: 'list' | 'get') {
  const action = actionOf(name, redirectsV2);
  return (context: OperationContext) => action({ ...context, query: new Map([...context.query, ['include', 'url']]) });
}

const createRedirect: Handler<'createRedirect'> = (context) => {
  const input = inputOf(context.body);
  requireFreePath(input, context);
  const row = createRow(redirectsV2, { ...input, site_id: DEFAULT_SITE_ID }, context);
  return rowAnswer(context, redirectsV2, row, { isWrite: true });
};

const updateRedirect: Handler<'updateRedirect'> = (context) => {
  const current = requireRow(redirectsV2, idAt(context, 0), context);
  const input = inputOf(context.body);
  requireFreePath(input, context, current.id);
  return rowAnswer(context, redirectsV2, updateRow(redirectsV2, current, input, context), { isWrite: true });
};

/** Without a filter V2 deletes all (documented). */
const deleteRedirectsV2: Handler<'deleteRedirectsV2'> = (context) => {
  const rows = context.store.rows(redirects);
  for (const id of [...rows.keysWhere('site_id', DEFAULT_SITE_ID)]) deleteRow(redirects, id, context);
  return emptyAnswer();
};

const getRedirectsCount: Handler<'getRedirectsCount'> = ({ store }) => ({
  status: 200,
  body: { count: store.rows(redirects).keysWhere('site_id', DEFAULT_SITE_ID).length },
});

export const redirectsV2Domain: Domain = {
  resources: [],
  handlers: {
    getRedirectsV2: withUrl('list'),
    getRedirect: withUrl('get'),
    createRedirect,
    updateRedirect,
    deleteRedirect: actionOf('delete', redirectsV2),
    deleteRedirectsV2,
    getRedirectsCount,
  },
};
