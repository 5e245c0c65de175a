/** All domains. A resource that is not listed here has no rules, and no operation can reach it. */
import type { Domain } from '../resources/engine.js';
import { brandsDomain } from './catalog/brands.v3.js';
import { catalogSummaryDomain } from './catalog/catalog-summary.v3.js';
import { productCategoryAssignmentsDomain } from './catalog/product-category-assignments.v3.js';
import { productChannelAssignmentsDomain } from './catalog/product-channel-assignments.v3.js';
import { productsDomain } from './catalog/products.v3.js';
import { productImagesDomain } from './catalog/product-images.v3.js';
import { productVideosDomain } from './catalog/product-videos.v3.js';
import { productReviewsDomain } from './catalog/product-reviews.v3.js';
import { customFieldsDomain } from './catalog/product-custom-fields.v3.js';
import { bulkPricingRulesDomain } from './catalog/product-bulk-pricing-rules.v3.js';
import { complexRulesDomain } from './catalog/product-complex-rules.v3.js';
import { modifiersDomain } from './catalog/product-modifiers.v3.js';
import { optionsDomain } from './catalog/product-variant-options.v3.js';
import { variantBatchDomain } from './catalog/variant-batch.v3.js';
import { variantsDomain } from './catalog/variants.v3.js';
import { categoriesDomain } from './catalog/categories.v3.js';
import { categorySortOrdersDomain } from './catalog/category-sort-orders.v3.js';
import { categoryTreesDomain } from './catalog/category-trees.v3.js';
import { metafieldsDomain } from './catalog/metafields.v3.js';
import { treeCategoriesDomain } from './catalog/tree-categories.v3.js';
import { channelsDomain } from './channels.v3.js';

export const domains: readonly Domain[] = [
  productsDomain,
  productChannelAssignmentsDomain,
  productCategoryAssignmentsDomain,
  catalogSummaryDomain,
  variantsDomain,
  variantBatchDomain,
  optionsDomain,
  modifiersDomain,
  brandsDomain,
  productImagesDomain,
  productVideosDomain,
  productReviewsDomain,
  customFieldsDomain,
  bulkPricingRulesDomain,
  complexRulesDomain,
  categoriesDomain,
  categorySortOrdersDomain,
  categoryTreesDomain,
  treeCategoriesDomain,
  metafieldsDomain,
  channelsDomain,
];
