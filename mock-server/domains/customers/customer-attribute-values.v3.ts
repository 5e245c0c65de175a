/**
 * What the attributes say of each customer: one value per customer and attribute, sent as `value` and read back as
 * `attribute_value`. Described in openapi/documents/customers/customers.v3.yaml.
 */
import type { CustomerAttributeValueRow } from '../../../fixtures/index.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { createRow, updateRow } from '../../resources/write.js';
import { catalogDate } from '../../state/clock.js';
import { allOrNone, refusedField } from './atomic-batch.js';
import { customerAttributes } from './customer-attributes.v3.js';
import { customers } from './customers.v3.js';
import { missingByLeaf } from './service-body.js';

interface AttributeValueInput {
  readonly customer_id: number;
  readonly attribute_id: number;
  readonly value: string;
}

/** Rows keyed by `id`, below their customers. */
export const attributeValues = defineResource<CustomerAttributeValueRow, AttributeValueInput>(
  'customer-attribute-values',
  {
    index: ['attribute_id'],
    create: ({ input: { customer_id, attribute_id, value }, id, at }) => ({
      id,
      customer_id,
      attribute_id,
      attribute_value: value,
      date_created: catalogDate(at),
      date_modified: catalogDate(at),
    }),
    merge: ({ current, input: { value }, at }) => ({
      ...current,
      attribute_value: value,
      date_modified: catalogDate(at),
    }),
    filters: {
      name: (value, store) => {
        const key = store.rows(customerAttributes).keyByUnique('name', value.toLowerCase());
        return ({ attribute_id }) => attribute_id === key;
      },
    },
  },
  { below: 'customers', parentField: 'customer_id' },
);

/**
 * Sets the value of an attribute for a customer, who exists.
 * @throws UnprocessableError for an unknown attribute, or a text that is no number or date where it must be one (words assumed)
 */
export function setAttributeValue(input: AttributeValueInput, actor: Actor): CustomerAttributeValueRow {
  const { customer_id, attribute_id, value } = input;
  const attribute = actor.store.rows(customerAttributes).get(attribute_id);
  if (!attribute) throw refusedField('attribute_id', 'invalid attribute ID');
  if (attribute.type === 'number' && (value.trim() === '' || Number.isNaN(Number(value)))) {
    throw refusedField('value', 'value must be a number');
  }
  if (attribute.type === 'date' && Number.isNaN(Date.parse(value))) {
    throw refusedField('value', 'value must be a date');
  }
  const siblings = actor.store.rows(attributeValues).rowsOf(customer_id);
  const current = siblings.find((row) => row.attribute_id === attribute_id);
  return current
    ? updateRow(attributeValues, current, input, actor)
    : createRow(attributeValues, input, actor, [customer_id]);
}

const upsertCustomersAttributeValues: Handler<'upsertCustomersAttributeValues'> = (context) => {
  const saved = allOrNone('Update customer attribute values failed.', context.body, (input) => {
    const { customer_id } = input;
    if (!context.store.rows(customers).has(customer_id)) throw refusedField('customer_id', 'invalid customer ID');
    return setAttributeValue(input, context);
  });
  return listAnswer(context, attributeValues, saved, '{}');
};

export const attributeValuesDomain: Domain = {
  resources: [attributeValues],
  handlers: { upsertCustomersAttributeValues },
  bodyRefusals: { upsertCustomersAttributeValues: missingByLeaf },
};
