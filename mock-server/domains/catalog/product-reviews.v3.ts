/**
 * Reviews of a product: what /v3/catalog/products/{product_id}/reviews does beyond keeping rows. The product's
 * `reviews_count` and `reviews_rating_sum` follow those that are approved.
 * Described in openapi/documents/catalog/products.v3.yaml.
 */
import { productReviewDefaults, type ProductReviewRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { defineResource, type Actor, type Change, type Draft } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { catalogDate } from '../../state/clock.js';
import { readDate } from './catalog-dates.js';
import { invalidField } from './invalid-field.js';
import { owningProduct } from './owning-product.js';
import { refreshProduct } from './products.v3.js';

type ReviewInput = components['schemas']['ProductReviewInput'];

const STATUSES: readonly string[] = ['approved', 'disapproved', 'pending'];

/** Rows keyed by `id`. */
export const productReviews = defineResource<ProductReviewRow, ReviewInput>(
  'catalog.product-reviews',
  {
    create: completeReview,
    merge: ({ current, input, at }) => ({
      ...current,
      ...input,
      date_reviewed: dateOf(input.date_reviewed) ?? current.date_reviewed,
      date_modified: catalogDate(at),
    }),
    check: requireAllowedTexts,
    created: followProduct,
    updated: followProduct,
    deleted: (review, actor) => {
      refreshProduct(actor, review.product_id);
    },
    // 1 for approved ones, 0 for all others: the parameter is a flag although the field is a word.
    filters: { status: (value) => (review) => (review.status === 'approved') === /^(1|true)$/i.test(value) },
    // The products document lists 204 alone.
    quietDelete: true,
  },
  { below: 'catalog.products' },
);

function completeReview(draft: Draft<ReviewInput>): ProductReviewRow {
  const { input, id, at } = draft;
  const date_created = catalogDate(at);
  return {
    ...productReviewDefaults,
    ...input,
    date_reviewed: dateOf(input.date_reviewed) ?? date_created,
    id,
    product_id: owningProduct(productReviews, draft, id),
    date_created,
    date_modified: date_created,
  };
}

/** @throws UnprocessableError for a day that no calendar has */
function dateOf(sent: string | undefined): string | undefined {
  if (sent === undefined) return undefined;
  const date = readDate(sent);
  if (date === undefined) throw invalidField('date_reviewed', 'date_reviewed must be a date');
  return date;
}

/** @throws UnprocessableError for a status or an address that the products document rules out in words only */
function requireAllowedTexts({ next }: Change<ProductReviewRow, ReviewInput>): void {
  if (!STATUSES.includes(next.status)) throw invalidField('status', `status must be one of: ${STATUSES.join(', ')}`);
  if (next.email !== '' && !/^[^\s@]+@[^\s@]+$/.test(next.email)) {
    throw invalidField('email', 'email must be a valid email or an empty string');
  }
}

function followProduct({ next, ...actor }: Actor & { readonly next: ProductReviewRow }): void {
  refreshProduct(actor, next.product_id);
}

export const productReviewsDomain: Domain = { resources: [productReviews] };
