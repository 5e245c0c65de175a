/**
 * Metafields of customers, by the rules of ../metafields.v3.ts. Unlike others, one that is created or changed alone is
 * answered as a list. Described in openapi/documents/customers/customers.v3.yaml.
 */
import { requireNamedRow, requireParents } from '../../resources/actions.js';
import type { Domain } from '../../resources/engine.js';
import type { BodyOf, BytesAnswer, Handler } from '../../resources/handler.js';
import { createRow, updateRow } from '../../resources/write.js';
import {
  createMetafields,
  deleteMetafields,
  metafieldsOf,
  updateMetafields,
  type StoredMetafield,
} from '../metafields.v3.js';

/** Rows keyed by `id`, below their customers. */
export const customerMetafields = metafieldsOf('customer-metafields', 'customer', 'customers');

const ONE_DONE = { total: 1, success: 1, failed: 0 };

function listOfOne(row: StoredMetafield): BytesAnswer {
  return { status: 200, bytes: JSON.stringify({ data: [row], errors: [], meta: ONE_DONE }) };
}

const createCustomerMetafields: Handler<'createCustomerMetafields'> = (context) => {
  const parents = requireParents(context);
  return listOfOne(createRow(customerMetafields, context.body, context, parents));
};

const updateCustomerMetafield: Handler<'updateCustomerMetafield'> = (context) => {
  const current = requireNamedRow(context, customerMetafields);
  const input = (context.body as BodyOf<'updateCustomerMetafield'> | undefined) ?? {};
  return listOfOne(updateRow(customerMetafields, current, input, context));
};

export const customerMetafieldsDomain: Domain = {
  resources: [customerMetafields],
  handlers: {
    createCustomerMetafields,
    updateCustomerMetafield,
    createCustomersMetafields: createMetafields(customerMetafields),
    updateCustomersMetafields: updateMetafields(customerMetafields),
    deleteCustomersMetafields: deleteMetafields(customerMetafields),
  },
};
