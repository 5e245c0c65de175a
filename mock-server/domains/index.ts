/** All domains. A resource that is not listed here has no rules, and no operation can reach it. */
import type { Domain } from '../resources/engine.js';
import { brandsDomain } from './catalog/brands.v3.js';
import { productImagesDomain } from './catalog/product-images.v3.js';
import { productVideosDomain } from './catalog/product-videos.v3.js';
import { productReviewsDomain } from './catalog/product-reviews.v3.js';
import { customFieldsDomain } from './catalog/product-custom-fields.v3.js';
import { bulkPricingRulesDomain } from './catalog/product-bulk-pricing-rules.v3.js';
import { complexRulesDomain } from './catalog/product-complex-rules.v3.js';

export const domains: readonly Domain[] = [
  brandsDomain,
  productImagesDomain,
  productVideosDomain,
  productReviewsDomain,
  customFieldsDomain,
  bulkPricingRulesDomain,
  complexRulesDomain,
];
