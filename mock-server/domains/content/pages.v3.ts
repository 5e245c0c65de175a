/**
 * Pages of the storefront, one by one and many at a time; pages.v2.ts shows the same rows as V2 does.
 * Described in openapi/documents/content/pages.v3.yaml.
 */
import { pageDefaults, slug, type PageRow } from '../../../fixtures/index.js';
import type { BodyError, components } from '../../../openapi/index.js';
import { NotFoundError, UnprocessableError, type BigCommerceError } from '../../errors.js';
import { errorObject } from '../../pipeline/error-text.js';
import { findPage, findRows, requireNamedRow } from '../../resources/actions.js';
import { listAnswer, rowAnswer } from '../../resources/answers.js';
import { eachRow } from '../../resources/batch.js';
import { defineResource, type Actor, type Change, type Draft, type ResourceRules } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, idAt, type BytesAnswer, type Handler, type OperationContext } from '../../resources/handler.js';
import { createRow, deleteRow, notFound, requireRow, updateRow } from '../../resources/write.js';
import { isFilter, listOf } from '../../query/query-values.js';
import type { Store } from '../../state/store.js';
import { channels } from '../channels.v3.js';

type PageInput = Partial<
  Omit<PageRow, 'body' | 'meta_title' | 'meta_keywords' | 'meta_description' | 'search_keywords'>
> &
  Pick<
    components['schemas']['PageInput'],
    'body' | 'meta_title' | 'meta_keywords' | 'meta_description' | 'search_keywords'
  >;

/** Documented. */
const MAX_PAGES = 4000;

/** How one of the two services says no. */
interface PageService {
  /** A field that the type of the page needs. */
  missing(field: string): BigCommerceError;
  invalid(field: string, sentence: string): BigCommerceError;
}

const v3: PageService = {
  missing: (field) => inputRefusal(`missing the required field: ${field}`),
  invalid: (_field, sentence) => inputRefusal(sentence),
};

/** Observed: a sentence in the place of named fields. */
function inputRefusal(detail: string): UnprocessableError {
  return new UnprocessableError('Input is invalid', null, { detail });
}

/** Rules that the two services share, in the words of one. */
export function pageRules(
  service: PageService,
): Pick<
  ResourceRules<PageRow, PageInput>,
  'unique' | 'create' | 'merge' | 'check' | 'created' | 'updated' | 'deleted'
> {
  return {
    unique: {
      name: {
        text: ({ name }) => name.toLowerCase(),
        refusal: () => service.invalid('name', "'Name' must be unique"),
      },
      email: {
        text: ({ email }) => email.toLowerCase() || undefined,
        refusal: () => service.invalid('email', "'Email' must be unique"),
      },
    },
    create: (draft) => completePage(draft),
    merge: ({ current, input, store }) => {
      const next = withoutNulls({ ...current, ...input, id: current.id });
      // Saved, but not where it was to be served.
      return isUrlTaken(next, store) ? { ...next, url: current.url } : next;
    },
    check: (change) => {
      requireSoundPage(change, service);
    },
    created: keepOneHomepage,
    updated: keepOneHomepage,
    deleted: ({ id }, { store }) => {
      // Documented: what was below goes to the top, and out of sight.
      const rows = store.rows(pages);
      for (const child of rows.pick(rows.keysWhere('parent_id', id))) {
        rows.replace({ ...child, parent_id: 0, is_visible: false });
      }
    },
  };
}

/** Rows keyed by `id`. */
export const pages = defineResource<PageRow, PageInput>('pages', {
  ...pageRules(v3),
  index: ['parent_id', 'url', 'channel_id'],
  notFound: (key) => new NotFoundError(`A Page was not found with an id of ${String(key)}`, null),
  filters: {
    'name:like': (value) => {
      const part = value.toLowerCase();
      return ({ name, body }) => name.toLowerCase().includes(part) || body.toLowerCase().includes(part);
    },
  },
  wire: asPageV3,
  includes: { body: ({ body }) => body },
});

function completePage({ input, id, store }: Draft<PageInput>): PageRow {
  const row = withoutNulls({ ...pageDefaults, ...input, id });
  if (row.type === 'link') return { ...row, url: '' };
  if (!input.url) return { ...row, url: freeUrlOf(row, store) };
  return isUrlTaken(row, store) ? { ...row, url: '' } : row;
}

type MaybeNull<Row> = { [Field in keyof Row]: Row[Field] | null };

/** Texts that were sent as null are empty. */
function withoutNulls(row: MaybeNull<PageRow>): PageRow {
  const entries = Object.entries(row).map(([field, value]) => [field, value ?? '']);
  return Object.fromEntries(entries) as PageRow;
}

/** Observed: `/second-page` for "Second page"; a number follows where that is taken (assumed). */
function freeUrlOf(row: PageRow, store: Store): string {
  const url = `/${slug(row.name) || 'page'}`;
  for (let number = 1; ; number += 1) {
    const candidate = { ...row, url: number === 1 ? url : `${url}-${String(number)}` };
    if (!isUrlTaken(candidate, store)) return candidate.url;
  }
}

function isUrlTaken({ id, url, channel_id }: PageRow, store: Store): boolean {
  if (url === '') return false;
  const rows = store.rows(pages);
  return rows.pick(rows.keysWhere('url', url)).some((row) => row.id !== id && row.channel_id === channel_id);
}

/** @throws BigCommerceError for what the page's type needs and does not have, and for references that lead nowhere */
function requireSoundPage({ next, current, store }: Change<PageRow, PageInput>, service: PageService): void {
  if (next.type === 'raw' && next.body === '') throw service.missing('body');
  if (next.type === 'link' && next.link === '') throw service.missing('link');
  if (!current && next.type === 'blog') throw service.invalid('type', 'A page of the type blog cannot be created');
  if (next.channel_id !== current?.channel_id && !store.rows(channels).has(next.channel_id)) {
    throw service.invalid('channel_id', 'The channel does not exist');
  }
  const isPlaced = next.parent_id === 0 || next.parent_id === current?.parent_id;
  if (!isPlaced && (next.parent_id === next.id || !store.rows(pages).has(next.parent_id))) {
    throw service.invalid('parent_id', 'The parent page does not exist');
  }
  if (!current && store.rows(pages).size >= MAX_PAGES) {
    throw service.invalid('id', `A store can have at most ${String(MAX_PAGES)} pages`);
  }
}

/** A channel has one homepage (assumed). */
function keepOneHomepage({ next, store }: Change<PageRow, PageInput>): void {
  if (!next.is_homepage) return;
  const rows = store.rows(pages);
  for (const other of rows.pick(rows.keysWhere('channel_id', next.channel_id))) {
    if (other.is_homepage && other.id !== next.id) rows.replace({ ...other, is_homepage: false });
  }
}

/** A page with the fields that its type has; its body only where it is asked for. */
function asPageV3(row: PageRow): object {
  const { id, channel_id, name, type, is_visible, parent_id, sort_order, is_homepage, is_customers_only, url } = row;
  const { meta_title, meta_keywords, meta_description, search_keywords, content_type, link, email, contact_fields } =
    row;
  const common = { id, channel_id, name, type, is_visible, parent_id, sort_order, is_homepage, is_customers_only };
  if (type === 'link') return { ...common, link };
  if (type === 'raw') return { ...common, url, content_type, search_keywords };
  const texts = { url, meta_title, meta_keywords, meta_description, search_keywords };
  return type === 'contact_form' ? { ...common, ...texts, email, contact_fields } : { ...common, ...texts };
}

/** Was a URL asked for that another page has? */
export function isWithoutUrl(input: PageInput | undefined, row: PageRow): boolean {
  return input?.url !== undefined && input.url !== '' && row.type !== 'link' && row.url !== input.url;
}

/** Observed: a filter that no page matches leaves the number of all pages in `meta`. */
const getPages: Handler<'getPages'> = (context) => {
  const page = findPage(context, pages);
  const all = context.store.rows(pages).size;
  const meta = page.items.length === 0 ? page.meta.replace('"total":0,', `"total":${String(all)},`) : page.meta;
  return listAnswer(context, pages, page.items, meta);
};

/** An object is answered by an object, a list by a list. */
const createPages: Handler<'createPages'> = (context) => {
  const { body } = context;
  if (!Array.isArray(body)) {
    const row = createRow(pages, body, context);
    return rowAnswer(context, pages, row, { status: isWithoutUrl(body, row) ? 207 : 201, isWrite: true });
  }
  const { done, refused } = eachRow(context, body, (input) => ({ input, row: createRow(pages, input, context) }));
  const [refusal] = [...refused].sort(([a], [b]) => a - b).map(([, each]) => each);
  // Documented: what is sound is kept all the same.
  if (refusal) return keptRefusal(refusal);
  const rows = done.map(({ row }) => row);
  const status = done.some(({ input, row }) => isWithoutUrl(input, row)) ? 207 : 201;
  return listAnswer(context, pages, rows, '{}', { status, isWrite: true });
};

/** A refusal that leaves standing what was written. */
function keptRefusal(refusal: BigCommerceError): BytesAnswer {
  return { status: refusal.status, bytes: JSON.stringify(errorObject(refusal)), reason: refusal.message };
}

const updatePages: Handler<'updatePages'> = (context) => {
  const { body } = context;
  const rows = (Array.isArray(body) ? body : [body]).map((input) =>
    updateRow(pages, requireRow(pages, input.id, context), input, context),
  );
  return listAnswer(context, pages, rows, '{}', { isWrite: true });
};

/** Documented: pages that exist are deleted even if others of the list do not. */
const deletePages: Handler<'deletePages'> = (context) => {
  const ids = listOf(context.query.get('id:in') ?? '').map(Number);
  if (ids.length === 0) throw v3.missing('id');
  const deletesChildren = /^(true|1)$/i.test(context.query.get('delete_children') ?? '');
  const rows = context.store.rows(pages);
  const unknown = ids.filter((id) => !rows.has(id));
  for (const id of ids) deletePageRow(id, context, deletesChildren);
  const [first] = unknown;
  if (first === undefined) return emptyAnswer();
  return keptRefusal(new NotFoundError(`A Page was not found with an id of ${String(first)}`, null));
};

function deletePageRow(id: number, actor: Actor, deletesChildren: boolean): void {
  if (deletesChildren) {
    for (const child of [...actor.store.rows(pages).keysWhere('parent_id', id)]) {
      deletePageRow(Number(child), actor, true);
    }
  }
  deleteRow(pages, id, actor);
}

const updatePage: Handler<'updatePage'> = (context) => {
  const row = updateRow(pages, requireNamedRow(context as OperationContext, pages), context.body, context);
  return rowAnswer(context, pages, row, { isWrite: true });
};

/** Documented: the filters of the list hold here, too. */
const getPage: Handler<'getPage'> = (context) => {
  const id = idAt(context, 0);
  const row = requireRow(pages, id, context);
  const isFiltered = [...context.query.keys()].some(isFilter);
  if (isFiltered && !findRows(context as OperationContext, pages, []).includes(row)) throw notFound(pages, id);
  return rowAnswer(context, pages, row);
};

/** Observed: the first field that is missing, in a sentence. What else is wrong is left to the usual words. */
function pageRefusal(errors: readonly BodyError[], body: unknown): BigCommerceError | undefined {
  const isList = Array.isArray(body);
  const own = errors.filter(({ instancePath }) => /^\/\d+/.test(instancePath) === isList);
  const missing = own.find(({ keyword }) => keyword === 'required');
  if (missing) return v3.missing(String(missing.params.missingProperty));
  const wrong =
    own.find(({ keyword }) => keyword !== 'oneOf' && keyword !== 'type') ??
    own.find(({ keyword }) => keyword === 'type');
  if (!wrong) return undefined;
  const field = wrong.instancePath.split('/').pop() ?? '';
  return inputRefusal(field === '' ? 'a page or a list of pages is needed' : `the field ${field} is invalid`);
}

export const pagesDomain: Domain = {
  resources: [pages],
  handlers: { getPages, getPage, createPages, updatePages, updatePage, deletePages },
  bodyRefusals: {
    createPages: pageRefusal,
    updatePage: pageRefusal,
    updatePages: (errors, body) =>
      errors.some(
        ({ keyword, params, instancePath }) =>
          (keyword === 'required' && params.missingProperty === 'id') || instancePath.endsWith('/id'),
      )
        ? new UnprocessableError('Invalid page id provided')
        : pageRefusal(errors, body),
  },
};
