/** Fields that apps add to customers. Described in openapi/documents/customers/customers.v3.yaml. */
import type { CustomerAttributeRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { createRow, deleteRow, updateRow } from '../../resources/write.js';
import { catalogDate } from '../../state/clock.js';
import { allOrNone, refusedField } from './atomic-batch.js';
import { attributeValues } from './customer-attribute-values.v3.js';
import { missingByLeaf } from './service-body.js';

type CustomerAttributeInput = components['schemas']['NewCustomerAttribute'];

/** Documented, per store. */
const MAX_ATTRIBUTES = 50;

const CREATE_FAILED = 'Create customer attributes failed.';
const UPDATE_FAILED = 'Update customer attributes failed.';

/** Rows keyed by `id`. The type is fixed once it is set. */
export const customerAttributes = defineResource<CustomerAttributeRow, CustomerAttributeInput>('customer-attributes', {
  // Names are unique (assumed).
  unique: {
    name: { text: ({ name }) => name.toLowerCase(), refusal: () => refusedField('name', 'name already in use') },
  },
  create: ({ input, id, at }) => ({
    id,
    name: input.name,
    type: input.type,
    date_created: catalogDate(at),
    date_modified: catalogDate(at),
  }),
  merge: ({ current, input: { name }, at }) => ({ ...current, name, date_modified: catalogDate(at) }),
  check: ({ current, store }) => {
    if (!current && store.rows(customerAttributes).size >= MAX_ATTRIBUTES) {
      throw refusedField('name', `a store can have at most ${String(MAX_ATTRIBUTES)} attributes`);
    }
  },
  deleted: ({ id }, actor) => {
    const keys = [...actor.store.rows(attributeValues).keysWhere('attribute_id', id)];
    for (const key of keys) deleteRow(attributeValues, key, actor);
  },
});

const createCustomersAttributes: Handler<'createCustomersAttributes'> = (context) => {
  const created = allOrNone(CREATE_FAILED, context.body, (input) => createRow(customerAttributes, input, context));
  return listAnswer(context, customerAttributes, created, '{}');
};

const updateCustomersAttributes: Handler<'updateCustomersAttributes'> = (context) => {
  const updated = allOrNone(UPDATE_FAILED, context.body, ({ id, name }) => {
    const current = context.store.rows(customerAttributes).get(id);
    if (!current) throw refusedField('id', 'invalid attribute ID');
    return updateRow(customerAttributes, current, { name, type: current.type }, context);
  });
  return listAnswer(context, customerAttributes, updated, '{}');
};

export const customerAttributesDomain: Domain = {
  resources: [customerAttributes],
  handlers: { createCustomersAttributes, updateCustomersAttributes },
  bodyRefusals: { createCustomersAttributes: missingByLeaf, updateCustomersAttributes: missingByLeaf },
};
