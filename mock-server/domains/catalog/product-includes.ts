/** Sub-resources that `include` adds to a product. Described in openapi/documents/catalog/products.v3.yaml. */
import type { ModifierRow, OptionRow, ProductRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { rowsOf } from '../../resources/answers.js';
import type { Actor, IncludeRule, Resource } from '../../resources/define.js';
import { untilNextWrite } from '../../state/until-next-write.js';
import { bulkPricingRules } from './product-bulk-pricing-rules.v3.js';
import { productChannelAssignments } from './product-channel-assignments.v3.js';
import { customFields } from './product-custom-fields.v3.js';
import { productImages } from './product-images.v3.js';
import { modifiers } from './product-modifiers.v3.js';
import { productReviews } from './product-reviews.v3.js';
import { options } from './product-variant-options.v3.js';
import { productVideos } from './product-videos.v3.js';
import { variants } from './variants.v3.js';

type ParentRelation = components['schemas']['ProductParentRelation'];

// Resources are named within functions: their modules may not be through yet when this one is.
export const productIncludes: Readonly<Record<string, IncludeRule<ProductRow>>> = {
  bulk_pricing_rules: ({ id }, actor) => childrenOf(bulkPricingRules, id, actor),
  channels: ({ id }, { store }) =>
    store
      .rows(productChannelAssignments)
      .rowsOf(id)
      .map(({ channel_id }) => channel_id),
  custom_fields: ({ id }, actor) => childrenOf(customFields, id, actor),
  images: ({ id }, actor) => childrenOf(productImages, id, actor),
  modifiers: ({ id }, actor) => childrenOf(modifiers, id, actor),
  options: ({ id }, actor) => childrenOf(options, id, actor),
  parent_relations: ({ id }, { store }) => relationsIn(store).get(id) ?? [],
  primary_image: ({ id }, { store }) => {
    const thumbnail = store
      .rows(productImages)
      .rowsOf(id)
      .find(({ is_thumbnail }) => is_thumbnail);
    return thumbnail === undefined ? null : (productImages.rules.wire?.(thumbnail) ?? thumbnail);
  },
  reviews: ({ id }, actor) => childrenOf(productReviews, id, actor),
  variants: ({ id }, actor) => childrenOf(variants, id, actor),
  videos: ({ id }, actor) => childrenOf(productVideos, id, actor),
};

/** Those that create and update answers always carry. */
export const productWriteIncludes = ['variants', 'images', 'custom_fields', 'bulk_pricing_rules'];

function childrenOf<Row extends object, Input>(resource: Resource<Row, Input>, id: number, { store }: Actor): unknown {
  const rows = store.rows(resource).rowsOf(id);
  const { order } = resource.rules;
  return rowsOf(resource, order ? rows.sort(order) : rows);
}

/** Options and modifiers that offer a product as a choice, by that product: a page asks for them once per row. */
const relationsIn = untilNextWrite((store): ReadonlyMap<number, readonly ParentRelation[]> => {
  const byProduct = new Map<number, ParentRelation[]>();
  const add = (type: ParentRelation['type'], row: OptionRow | ModifierRow, parent: unknown): void => {
    for (const id of offeredBy(row)) {
      const relation = { type, product_id: Number(parent), attribute_id: row.id };
      const relations = byProduct.get(id);
      if (relations) relations.push(relation);
      else byProduct.set(id, [relation]);
    }
  };
  const optionRows = store.rows(options);
  for (const row of optionRows.values()) add('variant_option', row, optionRows.parentOf(row.id));
  const modifierRows = store.rows(modifiers);
  for (const row of modifierRows.values()) add('modifier', row, modifierRows.parentOf(row.id));
  return byProduct;
});

function offeredBy({ option_values }: OptionRow | ModifierRow): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const { value_data } of option_values) {
    const id: unknown = value_data && 'product_id' in value_data ? value_data.product_id : undefined;
    if (typeof id === 'number') ids.add(id);
  }
  return ids;
}
