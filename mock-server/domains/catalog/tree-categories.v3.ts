/**
 * Categories of every tree, in batches whose rows stand or fall each on its own: the newer view of the rows that
 * categories.v3.ts keeps. Described in openapi/documents/catalog/category-trees.v3.yaml.
 */
import { asTreeCategory, type CategoryRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { findPage, findRows, requireFilter } from '../../resources/actions.js';
import { listAnswer } from '../../resources/answers.js';
import { countsOf, eachRow, refusedFields, type BatchResult } from '../../resources/batch.js';
import { defineView, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { createRow, deleteRow, updateRow } from '../../resources/write.js';
import { errorObject } from '../../pipeline/error-text.js';
import {
  categories,
  categoryRules,
  childrenOf,
  requireRoom,
  type CategoryInput,
  type CategoryService,
} from './categories.v3.js';
import { treeRefusal } from './category-trees.v3.js';

type TreeCategoryInput = components['schemas']['TreeCategoryInput'];

const treeService: CategoryService = {
  invalid: (field, sentence) => treeRefusal({ [field]: sentence }),
  duplicate: (field, sentence) => treeRefusal({ [field]: sentence }),
  // Documented: once per tree.
  urlScope: (_store, tree_id) => [tree_id],
  reaches: () => true,
};

/** The same rows as `categories`, under other names and in all trees. */
export const treeCategories = defineView(
  categories,
  {
    ...categoryRules(treeService),
    visible: undefined,
    requireDeletable: undefined,
    wire: asTreeCategory,
    updated: moveChildren,
  },
  'category_id',
);

/** What is below a category follows it into another tree. */
function moveChildren({ next, current, ...actor }: Change<CategoryRow, CategoryInput>): void {
  if (!current || current.tree_id === next.tree_id) return;
  for (const child of childrenOf(next.id, actor.store)) updateRow(treeCategories, child, {}, actor);
}

const getAllCategories: Handler<'getAllCategories'> = (context) => {
  const page = findPage(context, treeCategories);
  return listAnswer(context, treeCategories, page.items, page.meta);
};

const createCategories: Handler<'createCategories'> = (context) => {
  requireRoom(context.store, context.body.length);
  const result = eachRow(context, context.body, (row) => {
    // A parent has a tree already; at the top it must be named (observed sentence).
    if (!row.parent_id && row.tree_id === undefined) {
      throw treeRefusal({ tree_id: "Tree Id is required and can't be empty" });
    }
    return createRow(treeCategories, inputOf(row), context);
  });
  const meta = countsOf(result);
  if (meta.failed === 0) return listAnswer(context, treeCategories, result.done, JSON.stringify(meta), { status: 201 });
  return { status: 207, body: { data: result.done.map(asTreeCategory), errors: someRefused(result), meta } };
};

const updateCategories: Handler<'updateCategories'> = (context) => {
  const result = eachRow(context, context.body, ({ category_id, ...row }) => {
    const current = context.store.rows(treeCategories).get(category_id);
    if (!current) throw treeRefusal({ category_id: 'Category does not exist.' });
    return updateRow(treeCategories, current, inputOf(row), context);
  });
  const meta = countsOf(result);
  if (meta.failed === 0) return { status: 200, body: { meta } };
  return { status: 207, body: { errors: someRefused(result), meta } };
};

/** The counters are about the categories that the filter selects; those below go with them uncounted (assumed). */
const deleteTreeCategories: Handler<'deleteTreeCategories'> = (context) => {
  requireFilter(context);
  const selected = findRows(context, treeCategories, []);
  for (const { id } of selected) deleteRow(treeCategories, id, context);
  return { status: 202, body: { meta: { total: selected.length, success: selected.length, failed: 0 } } };
};

function inputOf({ url, ...fields }: TreeCategoryInput): CategoryInput {
  return url?.path === undefined ? fields : { ...fields, custom_url: { url: url.path } };
}

/** The refused rows as one error. @throws UnprocessableError the same, when none was done */
function someRefused(result: BatchResult<CategoryRow>): components['schemas']['Error'] {
  const refusal = treeRefusal(refusedFields(result));
  if (result.done.length === 0) throw refusal;
  return errorObject(refusal);
}

export const treeCategoriesDomain: Domain = {
  resources: [],
  handlers: { getAllCategories, createCategories, updateCategories, deleteTreeCategories },
};
