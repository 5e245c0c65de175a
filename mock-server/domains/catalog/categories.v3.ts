/**
 * Catalog categories: one collection behind two families of paths. Here are the rules of both, and what the older
 * family does: it sees the tree of the default storefront, one category at a time. The other family is in
 * tree-categories.v3.ts. Described in openapi/documents/catalog/categories.v3.yaml.
 */
import { createHash } from 'node:crypto';
import { categoryDefaults, categoryUrl, type CategoryRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { ConflictError, ForbiddenError, UnprocessableError, type BigCommerceError } from '../../errors.js';
import { defineResource, type Actor, type Change, type Draft, type ResourceRules } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, idAt, type Handler, type OperationContext } from '../../resources/handler.js';
import { deleteRow, notFound, updateRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { dropFromGroups } from '../customers/customer-groups.v2.js';
import { categoryTrees, defaultTreeId } from './category-trees.v3.js';
import { invalidField } from './invalid-field.js';
import { products } from './products.v3.js';
import { forgetImage, storeUpload } from './uploaded-images.js';
import { freeUrl, isUrlOrEmpty } from './urls.js';

/** `tree_id` can be sent to the tree service only. */
export type CategoryInput = Omit<components['schemas']['CategoryInput'], 'id'> & { readonly tree_id?: number };

/** What the two services do differently with the same rows. */
export interface CategoryService {
  /** The refusal for a field of one category. */
  invalid(field: 'name' | 'parent_id' | 'tree_id' | 'image_url', sentence: string): BigCommerceError;
  /** The refusal for a name that a sibling has, or a URL that another category has. */
  duplicate(field: 'name' | 'url', sentence: string): BigCommerceError;
  /** Trees in which a URL of the given tree may stand once only. */
  urlScope(store: Store, tree_id: number): Iterable<number>;
  /** May the service put a category into the tree? */
  reaches(store: Store, tree_id: number): boolean;
}

/** Documented: more categories than this are refused with 403. */
const MAX_CATEGORIES = 16_000;
/** Documented; the top level counts as the first (assumed). */
const MAX_LEVELS = 8;
const MAX_URL_LENGTH = 255;

const legacyService: CategoryService = {
  invalid: invalidField,
  duplicate: (field, sentence) => new ConflictError(sentence, { [field === 'url' ? 'custom_url' : field]: sentence }),
  // Documented: once per store.
  urlScope: (store) => treeIds(store),
  reaches: (store, tree_id) => tree_id === defaultTreeId(store),
};

/** Rows keyed by `id`, in the older family's form with `category_uuid` and `tree_id` beside it. */
export const categories = defineResource<CategoryRow, CategoryInput>('catalog.categories', {
  ...categoryRules(legacyService),
  index: ['parent_id', 'tree_id', 'category_uuid'],
  visible: ({ tree_id }, { store }) => tree_id === defaultTreeId(store),
  requireDeletable: requireNoProducts,
  // What is undefined does not go over the wire.
  wire: (row) => ({ ...row, category_uuid: undefined, tree_id: undefined }),
});

/** Rules that hold for both services, in the words of one. */
export function categoryRules(service: CategoryService): ResourceRules<CategoryRow, CategoryInput> {
  return {
    unique: {
      // Without regard to case (assumed).
      sibling: {
        text: ({ tree_id, parent_id, name }) => `${tree_id}:${parent_id}:${name.toLowerCase()}`,
        refusal: () => service.duplicate('name', 'The category name is a duplicate'),
      },
      url: {
        text: ({ tree_id, custom_url }) => urlKey(tree_id, custom_url.url),
        refusal: () => service.duplicate('url', 'The category url is a duplicate'),
      },
    },
    create: (draft) => completeCategory(draft, service),
    merge: ({ current, input, store }) => {
      const parent_id = input.parent_id ?? current.parent_id;
      const tree_id = parentOf(parent_id, store)?.tree_id ?? input.tree_id ?? current.tree_id;
      return { ...current, ...input, parent_id, tree_id, custom_url: urlOf(input, current.custom_url) };
    },
    check: (change) => {
      requireSoundFields(change, service);
      requireFreeUrl(change, service);
      requirePlace(change, service);
    },
    deleted: leaveNothingBehind,
    // Assumed: what the description gives for products, as far as a category has it.
    filters: {
      keyword: (value) => {
        const part = value.toLowerCase();
        return ({ name, description }) => name.toLowerCase().includes(part) || description.toLowerCase().includes(part);
      },
    },
  };
}

/** A row as the store completes it. Below a parent the tree is the parent's, whatever was sent (observed). */
function completeCategory({ input, id, store }: Draft<CategoryInput>, service: CategoryService): CategoryRow {
  const { name = '', parent_id = 0 } = input;
  const parent = parentOf(parent_id, store);
  const tree_id = parent?.tree_id ?? input.tree_id ?? defaultTreeId(store);
  const isTaken = (url: string): boolean => holdersOf(url, tree_id, store, service).length > 0;
  const automatic = freeUrl(shorten(categoryUrl(name, parent?.custom_url.url)), isTaken);
  return {
    ...categoryDefaults,
    ...input,
    id,
    name,
    parent_id,
    tree_id,
    category_uuid: uuidOf(`${store.hash}/${store.options.seed}/categories/${id}`),
    custom_url: urlOf(input, { url: automatic, is_customized: false }),
  };
}

/** A sent URL wins, and counts as customized when it differs from the one the category has without it. */
function urlOf({ custom_url }: CategoryInput, usual: CategoryRow['custom_url']): CategoryRow['custom_url'] {
  const url = custom_url?.url;
  return url === undefined || url === usual.url ? usual : { url, is_customized: true };
}

/** Room for the longest path and a number, where eight long names would not fit (assumed). */
function shorten(url: string): string {
  return url.length <= MAX_URL_LENGTH ? url : `${url.slice(0, MAX_URL_LENGTH - 10)}/`;
}

function urlKey(tree_id: number, url: string): string {
  return `${tree_id}:${url.toLowerCase()}`;
}

/** Ids of the categories that have a URL, among the trees that a service compares. */
function holdersOf(url: string, tree_id: number, store: Store, service: CategoryService): number[] {
  const rows = store.rows(categories);
  const keys = [...service.urlScope(store, tree_id)].map((tree) => rows.keyByUnique('url', urlKey(tree, url)));
  return keys.filter((key) => typeof key === 'number');
}

function treeIds(store: Store): Iterable<number> {
  return store.rows(categoryTrees).keys.filter((key) => typeof key === 'number');
}

/** @throws BigCommerceError for a blank name (assumed), an image URL that is none (observed sentence), or a full store */
function requireSoundFields(
  { next, current, input, store }: Change<CategoryRow, CategoryInput>,
  service: CategoryService,
): void {
  if (next.name.trim() === '') throw service.invalid('name', 'name must have a length between 1 and 50');
  if (input.image_url !== undefined && !isUrlOrEmpty(input.image_url)) {
    throw service.invalid('image_url', 'url must be an actual URL or an empty string');
  }
  if (!current) requireRoom(store, 1);
}

/** @throws ForbiddenError when the store cannot take so many more categories */
export function requireRoom(store: Store, count: number): void {
  if (store.rows(categories).size + count > MAX_CATEGORIES) {
    throw new ForbiddenError(`A store can have at most ${String(MAX_CATEGORIES)} categories.`);
  }
}

function requireFreeUrl({ next, current, store }: Change<CategoryRow, CategoryInput>, service: CategoryService): void {
  const { url } = next.custom_url;
  if (current?.custom_url.url === url && current.tree_id === next.tree_id) return;
  if (holdersOf(url, next.tree_id, store, service).some((id) => id !== next.id)) {
    throw service.duplicate('url', 'The category url is a duplicate');
  }
}

/**
 * The place among the others: a tree, and a parent that is there, not below the category itself, and not too deep.
 * @throws BigCommerceError 422; the sentence for the tree is observed, the others are assumed
 */
function requirePlace({ next, current, store }: Change<CategoryRow, CategoryInput>, service: CategoryService): void {
  const { id, parent_id, tree_id } = next;
  if (current?.parent_id === parent_id && current.tree_id === tree_id) return;
  const parent = parentOf(parent_id, store);
  if (parent_id !== 0 && (!parent || !service.reaches(store, tree_id))) {
    throw service.invalid('parent_id', 'Parent category does not exist.');
  }
  if (!store.rows(categoryTrees).has(tree_id)) throw service.invalid('tree_id', 'Tree does not exist.');
  const line = parent ? lineOf(parent, store) : [];
  if (line.includes(id)) throw service.invalid('parent_id', 'A category cannot be moved below itself.');
  if (line.length + (current ? levelsOf(id, store) : 1) > MAX_LEVELS) {
    throw service.invalid('parent_id', `Categories cannot be nested deeper than ${String(MAX_LEVELS)} levels.`);
  }
}

function parentOf(parent_id: number, store: Store): CategoryRow | undefined {
  return parent_id > 0 ? store.rows(categories).get(parent_id) : undefined;
}

/** Ids from the top of the tree down to a category. */
function lineOf(category: CategoryRow, store: Store): number[] {
  const line: number[] = [];
  for (let row: CategoryRow | undefined = category; row; row = parentOf(row.parent_id, store)) line.unshift(row.id);
  return line;
}

/** Levels of a category with all below it; 1 for one without children. */
function levelsOf(id: number, store: Store): number {
  return 1 + childrenOf(id, store).reduce((most, child) => Math.max(most, levelsOf(child.id, store)), 0);
}

/** Categories right below one. */
export function childrenOf(id: number, store: Store): CategoryRow[] {
  const rows = store.rows(categories);
  return rows.pick(rows.keysWhere('parent_id', id));
}

/** @throws UnprocessableError when products are in the category (documented) or in one below it (assumed) */
function requireNoProducts(category: CategoryRow, { store }: Actor): void {
  const holdsProducts = (id: number): boolean =>
    store.rows(products).keysWhere('categories', id).length > 0 ||
    childrenOf(id, store).some((child) => holdsProducts(child.id));
  if (holdsProducts(category.id)) {
    throw new UnprocessableError(`The category "${category.name}" cannot be deleted: it holds products.`);
  }
}

/** The categories below go too; products lose the category, and nothing else of them changes (observed). */
function leaveNothingBehind({ id }: CategoryRow, actor: Actor): void {
  const { store } = actor;
  for (const child of childrenOf(id, store)) deleteRow(categories, child.id, actor);
  const rows = store.rows(products);
  for (const product of rows.pick(rows.keysWhere('categories', id))) {
    rows.replace({ ...product, categories: product.categories.filter((category) => category !== id) });
  }
  dropFromGroups('category_id', id, store);
}

/** A UUID that follows from a text, so that the same requests give the same store. */
function uuidOf(text: string): string {
  const hex = createHash('sha1').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const createCategoryImage: Handler<'createCategoryImage'> = (context) => {
  const category = requireAnyCategory(context);
  const image_url = storeUpload(context, `categories/${category.id}`, NO_CATEGORY_IMAGES);
  if (category.image_url !== image_url) forgetImage(context.store, category.image_url);
  updateRow(categories, category, { image_url }, context);
  return { status: 200, body: { data: { image_url }, meta: {} } };
};

const deleteCategoryImage: Handler<'deleteCategoryImage'> = (context) => {
  const category = requireAnyCategory(context);
  forgetImage(context.store, category.image_url);
  updateRow(categories, category, { image_url: '' }, context);
  return emptyAnswer();
};

/** JPEG, GIF, PNG and ICO are left (documented). */
const NO_CATEGORY_IMAGES = ['bmp', 'wbmp', 'webp', 'xbm'];

/** The category that the path names, whichever tree it is in: the tree service has no path for images (assumed). */
function requireAnyCategory(context: Pick<OperationContext, 'keys' | 'store'>): CategoryRow {
  const id = idAt(context, 0);
  const category = context.store.rows(categories).get(id);
  if (!category) throw notFound(categories, id);
  return category;
}

export const categoriesDomain: Domain = {
  resources: [categories],
  handlers: { createCategoryImage, deleteCategoryImage },
};
