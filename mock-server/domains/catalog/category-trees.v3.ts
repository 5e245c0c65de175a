/**
 * Category trees, one per channel that has its own, and the nested view of one.
 * Described in openapi/documents/catalog/category-trees.v3.yaml, whose categories are in tree-categories.v3.ts.
 */
import type { CategoryRow, CategoryTreeRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { NotFoundError, UnprocessableError } from '../../errors.js';
import { listOf } from '../../query/query-values.js';
import { compare } from '../../query/sorting.js';
import { requireFilter, requireParents } from '../../resources/actions.js';
import { eachRow, refusedFields } from '../../resources/batch.js';
import { TREE_REFUSAL } from '../../resources/body-errors.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type Handler, type OperationContext } from '../../resources/handler.js';
import { createRow, deleteRow, requireRow, updateRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { categories } from './categories.v3.js';

type TreeInput = Omit<components['schemas']['CategoryTreeInput'], 'id'>;
type CategoryNode = components['schemas']['CategoryNode'];

/** The default storefront. */
const DEFAULT_CHANNEL_ID = 1;

/** Rows keyed by `id`. A tree of a channel that the mock does not know is taken: no operation creates channels yet. */
export const categoryTrees = defineResource<CategoryTreeRow, TreeInput>('catalog.category-trees', {
  title: 'tree',
  // Observed, with the space at its end.
  notFound: (id) => new NotFoundError(`Entity with id tree [${id}] was not found `),
  unique: {
    channel: {
      text: ({ channels }) => channels[0]?.toString(),
      refusal: ({ channels }) =>
        treeRefusal({ channels: `Channel ${channels.join(', ')} already has a category tree.` }),
    },
  },
  index: ['channels'],
  create: ({ input, id }) => ({ id, name: input.name ?? '', channels: input.channels ?? [] }),
  deleted: ({ id }, actor) => {
    const rows = actor.store.rows(categories);
    for (const category of [...rows.keysWhere('tree_id', id)]) deleteRow(categories, category, actor);
  },
  filters: {
    'channel_id:in': (value) => {
      const wanted = new Set(listOf(value).map(Number));
      return ({ channels }) => channels.some((channel) => wanted.has(channel));
    },
  },
});

/** The tree of the default storefront, which the older paths of categories are about; 0 when there is none. */
export function defaultTreeId(store: Store): number {
  return Number(store.rows(categoryTrees).keysWhere('channels', DEFAULT_CHANNEL_ID)[0] ?? 0);
}

/** How the tree service refuses input: one title whatever is wrong, sentences by field (observed). */
export function treeRefusal(fields: Readonly<Record<string, string>>): UnprocessableError {
  return new UnprocessableError(TREE_REFUSAL, fields);
}

/** All or none. `meta` is empty as observed, where the documents show counters. */
const upsertCategoryTrees: Handler<'upsertCategoryTrees'> = (context) => {
  const result = eachRow(context, context.body, (input) => upsertTree(input, context));
  if (result.refused.size > 0) throw treeRefusal(refusedFields(result));
  return { status: 200, body: { data: [...result.done], meta: {} } };
};

/** @throws UnprocessableError; the sentence for an unknown tree is observed, the others are assumed after it */
function upsertTree(
  input: components['schemas']['CategoryTreeInput'],
  context: OperationContext<'upsertCategoryTrees'>,
): CategoryTreeRow {
  const { id, ...fields } = input;
  if (id !== undefined) {
    const current = context.store.rows(categoryTrees).get(id);
    if (!current) throw treeRefusal({ tree_id: 'Tree does not exist.' });
    if (fields.channels) throw treeRefusal({ channels: 'Channels of a tree cannot be changed.' });
    return updateRow(categoryTrees, current, fields, context);
  }
  if (!fields.name) throw treeRefusal({ name: "Name is required and can't be empty" });
  if (!fields.channels) throw treeRefusal({ channels: "Channels is required and can't be empty" });
  if (fields.channels.length !== 1) throw treeRefusal({ channels: 'A tree belongs to exactly one channel.' });
  return createRow(categoryTrees, fields, context);
}

/** All or none: an unknown id refuses the others too (assumed), and so does the tree of the default storefront (assumed). */
const deleteCategoryTrees: Handler<'deleteCategoryTrees'> = (context) => {
  requireFilter(context);
  const trees = listOf(context.query.get('id:in') ?? '').map((id) => requireRow(categoryTrees, Number(id), context));
  if (trees.some(({ id }) => id === defaultTreeId(context.store))) {
    throw treeRefusal({ id: 'The tree of the default storefront cannot be deleted.' });
  }
  for (const { id } of trees) deleteRow(categoryTrees, id, context);
  return emptyAnswer();
};

/** The whole tree at once, as deep as `depth` asks. */
const getCategoryTree: Handler<'getCategoryTree'> = (context) => {
  const [tree_id] = requireParents(context);
  const depth = context.query.get('depth');
  const rows = context.store.rows(categories);
  const byParent = new Map<number, CategoryRow[]>();
  for (const row of rows.pick(rows.keysWhere('tree_id', tree_id))) {
    const siblings = byParent.get(row.parent_id);
    if (siblings) siblings.push(row);
    else byParent.set(row.parent_id, [row]);
  }
  const levels = depth === undefined ? Infinity : Number(depth);
  return { status: 200, body: { data: nodesBelow(0, [], levels, byParent), meta: {} } };
};

/** `depth` counts from 0 at the top, and `path` ends with the node itself (both assumed). */
function nodesBelow(
  parent_id: number,
  path: readonly number[],
  levels: number,
  byParent: ReadonlyMap<number, CategoryRow[]>,
): CategoryNode[] {
  if (path.length >= levels) return [];
  const siblings = [...(byParent.get(parent_id) ?? [])].sort(
    (a, b) => a.sort_order - b.sort_order || compare(a.name, b.name),
  );
  return siblings.map(({ id, name, is_visible, custom_url }) => {
    const below = [...path, id];
    const children = nodesBelow(id, below, levels, byParent);
    return { id, parent_id, depth: path.length, path: below, name, is_visible, children, url: custom_url.url };
  });
}

export const categoryTreesDomain: Domain = {
  resources: [categoryTrees],
  handlers: { upsertCategoryTrees, deleteCategoryTrees, getCategoryTree },
};
