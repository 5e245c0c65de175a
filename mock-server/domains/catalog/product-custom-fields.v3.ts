/**
 * Custom fields of a product: what /v3/catalog/products/{product_id}/custom-fields does beyond keeping rows.
 * Described in openapi/documents/catalog/products.v3.yaml.
 */
import type { CustomFieldRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { ForbiddenError, UnprocessableError } from '../../errors.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { owningProduct } from './owning-product.js';
import { touchProduct } from './products.v3.js';

type CustomFieldInput = components['schemas']['CustomFieldInput'];

/** Documented, per product. */
const MAX_FIELDS = 200;

/** Rows keyed by `id`; the product is their parent in the store, no property. */
export const customFields = defineResource<CustomFieldRow, CustomFieldInput>(
  'catalog.product-custom-fields',
  {
    create: ({ input: { name = '', value = '' }, id }) => ({ id, name, value }),
    merge: ({ current, input: { name = current.name, value = current.value } }) => ({ id: current.id, name, value }),
    check: requireRoom,
    created: touch,
    updated: touch,
    deleted: (_field, actor, product_id) => {
      if (typeof product_id === 'number') touchProduct(actor, product_id);
    },
  },
  { below: 'catalog.products' },
);

/**
 * @throws UnprocessableError for a pair of name and value that the product has; capitals make a difference (assumed)
 * @throws ForbiddenError past the limit, with a title of our own
 */
function requireRoom(change: Change<CustomFieldRow, CustomFieldInput>): void {
  const { next, current, store } = change;
  const siblings = store.rows(customFields).rowsOf(owningProduct(customFields, change, next.id));
  if (siblings.some(({ id, name, value }) => id !== next.id && name === next.name && value === next.value)) {
    // Only the two ends of the sentence were observed.
    throw new UnprocessableError(`The custom field ${next.name}: ${next.value} already exists`);
  }
  if (!current && siblings.length >= MAX_FIELDS) {
    throw new ForbiddenError(`A product can have at most ${MAX_FIELDS} custom fields.`);
  }
}

function touch(change: Change<CustomFieldRow, CustomFieldInput>): void {
  touchProduct(change, owningProduct(customFields, change, change.next.id));
}

export const customFieldsDomain: Domain = { resources: [customFields] };
