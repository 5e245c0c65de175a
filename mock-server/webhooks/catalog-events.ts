/** Events of products, variants, categories and trees. Brands, images, reviews and options have none of their own. */
import type { CategoryRow, ProductRow, VariantRow } from '../../fixtures/index.js';
import { categories } from '../domains/catalog/categories.v3.js';
import { categoryTrees } from '../domains/catalog/category-trees.v3.js';
import { productImages } from '../domains/catalog/product-images.v3.js';
import type { Store } from '../state/store.js';
import { eachOf, fateOf, ofChannel, rowOf, type EventContext, type EventRule, type StoreEvent } from './event-rules.js';
import { differBeyond, differIn, type RowChange } from './row-changes.js';

/** Documented: whoever changes nothing but other fields (mpn, gtin, the tax code, metafields, …) raises nothing. */
const WATCHED: readonly (keyof ProductRow)[] = [
  'availability',
  'availability_description',
  'bin_picking_number',
  'brand_id',
  'categories',
  'condition',
  'cost_price',
  'depth',
  'description',
  'fixed_cost_shipping_price',
  'gift_wrapping_options_list',
  'gift_wrapping_options_type',
  'height',
  'inventory_tracking',
  'is_condition_shown',
  'is_featured',
  'is_free_shipping',
  'is_preorder_only',
  'is_price_hidden',
  'is_visible',
  'layout_file',
  'meta_description',
  'name',
  'open_graph_description',
  'open_graph_title',
  'open_graph_type',
  'open_graph_use_image',
  'open_graph_use_meta_description',
  'open_graph_use_product_name',
  'order_quantity_maximum',
  'order_quantity_minimum',
  'page_title',
  'preorder_message',
  'preorder_release_date',
  'price',
  'price_hidden_label',
  'related_products',
  'retail_price',
  'reviews_count',
  'sale_price',
  'search_keywords',
  'sku',
  'sort_order',
  'tax_class_id',
  'total_sold',
  'type',
  'upc',
  'warranty',
  'weight',
  'width',
];

function isWatchedUpdate(before: ProductRow, after: ProductRow): boolean {
  if (differIn(before, after, WATCHED)) return true;
  // Documented: the level counts when it is tracked. That of variants is theirs.
  return (
    after.inventory_tracking === 'product' && differIn(before, after, ['inventory_level', 'inventory_warning_level'])
  );
}

function* productEvents(change: RowChange<ProductRow>, { store }: EventContext): Iterable<StoreEvent> {
  const { id } = rowOf(change);
  const fate = fateOf(change, isWatchedUpdate);
  if (fate) yield { scope: `store/product/${fate}`, data: { type: 'product', id } };
  const { before, after } = change;
  if (before && after) yield* categoryMoves(before, after, store);
}

/** A product that comes into a category or leaves it, on the channels of the category's tree. */
function* categoryMoves(before: ProductRow, after: ProductRow, store: Store): Iterable<StoreEvent> {
  const moves: readonly [string, readonly number[]][] = [
    ['assigned', after.categories.filter((id) => !before.categories.includes(id))],
    ['unassigned', before.categories.filter((id) => !after.categories.includes(id))],
  ];
  for (const [what, ids] of moves) {
    const channels = new Set(
      store
        .rows(categories)
        .pick(ids)
        .flatMap(({ tree_id }) => channelsOf(tree_id, store)),
    );
    for (const channel_id of channels)
      yield ofChannel(channel_id, `category/product/${what}`, { product_id: after.id });
  }
}

function channelsOf(tree_id: number, store: Store): readonly number[] {
  return store.rows(categoryTrees).get(tree_id)?.channels ?? [];
}

/** Once more where something that belongs to a product counts as a change of it: a deleted modifier, a first picture. */
function* updatedWithout(productIds: ReadonlySet<number>, { changes }: EventContext): Iterable<StoreEvent> {
  for (const id of productIds) {
    const own = changes.of('catalog.products').find(({ key }) => key === id);
    const { before, after } = (own ?? {}) as Partial<RowChange<ProductRow>>;
    const isTold = own !== undefined && (!before || !after || isWatchedUpdate(before, after));
    if (!isTold) yield { scope: 'store/product/updated', data: { type: 'product', id } };
  }
}

const deletedModifiers: EventRule = {
  collection: 'catalog.modifiers',
  events: (changes, context) =>
    updatedWithout(new Set(changes.filter(({ after }) => !after).map(({ parent }) => Number(parent))), context),
};

const firstImages: EventRule = {
  collection: 'catalog.product-images',
  events: (changes, context) => {
    const added = changes.filter(({ before }) => !before).map(({ parent }) => Number(parent));
    const images = context.store.rows(productImages);
    return updatedWithout(new Set(added.filter((id) => images.keysOf(id).length === 1)), context);
  },
};

/** What a variant takes from its product changes with the product, and stock has events of its own. */
const DERIVED = ['calculated_price', 'calculated_weight', 'inventory_level', 'inventory_warning_level', 'hidden'];

/** The single variant of a product without options is the product itself, and has no events. */
function* variantEvents(change: RowChange<VariantRow>): Iterable<StoreEvent> {
  const { id: variant_id, product_id, sku_id, option_values } = rowOf(change);
  if (option_values.length === 0) return;
  const fate = fateOf(change, (before, after) => differBeyond(before, after, DERIVED));
  if (!fate) return;
  yield {
    scope: `store/sku/${fate}`,
    data: { type: 'sku', id: sku_id ?? variant_id, sku: { product_id, variant_id } },
  };
}

/** Documented. */
const WATCHED_OF_CATEGORIES: readonly (keyof CategoryRow)[] = [
  'custom_url',
  'default_product_sort',
  'description',
  'image_url',
  'layout_file',
  'meta_description',
  'meta_keywords',
  'name',
  'page_title',
  'parent_id',
  'search_keywords',
  'sort_order',
];

function* categoryEvents(change: RowChange<CategoryRow>, { store, changes }: EventContext): Iterable<StoreEvent> {
  const { id, tree_id } = rowOf(change);
  const fate = fateOf(change, (before, after) => differIn(before, after, WATCHED_OF_CATEGORIES));
  if (!fate) return;
  yield { scope: `store/category/${fate}`, data: { type: 'category', id } };
  // The tree may have gone with it.
  const gone = changes.of('catalog.category-trees').find(({ key }) => key === tree_id)?.before;
  const tree = store.rows(categoryTrees).get(tree_id) ?? (gone as { channels: readonly number[] } | undefined);
  for (const channel_id of tree?.channels ?? [])
    yield ofChannel(channel_id, `category/${fate}`, { category_id: id, tree_id });
}

export const catalogEvents: readonly EventRule[] = [
  eachOf('catalog.products', productEvents),
  deletedModifiers,
  firstImages,
  eachOf('catalog.variants', variantEvents),
  eachOf('catalog.product-channel-assignments', function* (change) {
    const { product_id, channel_id } = rowOf(change);
    const fate = fateOf(change);
    if (fate === 'created') yield ofChannel(channel_id, 'product/assigned', { product_id });
    if (fate === 'deleted') yield ofChannel(channel_id, 'product/unassigned', { product_id });
  }),
  eachOf('catalog.categories', categoryEvents),
  eachOf('catalog.category-trees', function* (change) {
    const { id: tree_id, channels } = rowOf(change);
    if (!fateOf(change)) return;
    for (const channel_id of channels) yield ofChannel(channel_id, 'categoryTree/updated', { tree_id });
  }),
];
