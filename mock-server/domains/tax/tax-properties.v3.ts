/**
 * Tax properties, and the values that products and customers have for them. Described in
 * openapi/documents/tax/tax-properties.v3.yaml and tax-customers.v3.yaml.
 */
import type { ProductTaxPropertiesRow, TaxCustomerRow, TaxPropertyRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError, ConflictError, UnprocessableError } from '../../errors.js';
import { findRows } from '../../resources/actions.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource, type Resource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type BytesAnswer, type Handler, type OperationContext } from '../../resources/handler.js';
import { deleteRow } from '../../resources/write.js';
import { catalogDate } from '../../state/clock.js';
import type { Collection } from '../../state/collection.js';
import type { Store } from '../../state/store.js';
import { products } from '../catalog/products.v3.js';
import { customers } from '../customers/customers.v3.js';

type TaxPropertyInput = components['schemas']['TaxPropertyInput'] & { readonly type?: TaxPropertyRow['type'] };

/** Rows keyed by `id`. */
export const taxProperties = defineResource<TaxPropertyRow, TaxPropertyInput>('tax-properties', {
  unique: {
    code: {
      text: ({ code }) => code.toLowerCase(),
      // Conflicts have no documented status here; the sentence is assumed, too.
      refusal: ({ code }) => new UnprocessableError(`The tax property ${code} exists already.`, { code: 'duplicate' }),
    },
  },
  create: ({ input, id, at }) => {
    const { code = '', display_name = '', description = '', type = 'PRODUCT' } = input;
    return { id, code, display_name, description, type, created_at: catalogDate(at), updated_at: catalogDate(at) };
  },
  merge: ({ current, input, at }) => ({ ...current, ...input, type: current.type, updated_at: catalogDate(at) }),
  check: ({ next }) => {
    if (next.code.trim() === '')
      throw new UnprocessableError('A tax property needs a code.', { code: 'error.minLength' });
  },
  updated: ({ next, current, store }) => {
    if (current && current.code !== next.code) renameValues(current, next.code, store);
  },
  requireDeletable: (row, { store }) => {
    if (isUsed(row, store)) throw new ConflictError(`The tax property ${row.code} is in use.`);
  },
  // Updates have no documented 404.
  notFound: (id) => new UnprocessableError(`There is no tax property ${String(id)}.`, { id: 'unknown' }),
});

/** The values of a property go by its code. */
function holdersOf({ type }: TaxPropertyRow, store: Store): Collection<Values> {
  const resource: Resource<Values, never> = type === 'PRODUCT' ? productTaxProperties : taxCustomers;
  return store.rows(resource);
}

function isUsed(property: TaxPropertyRow, store: Store): boolean {
  for (const { tax_properties } of holdersOf(property, store).values()) {
    if (Object.hasOwn(tax_properties, property.code)) return true;
  }
  return false;
}

/** What has a value keeps it under the new code (assumed). */
function renameValues(property: TaxPropertyRow, code: string, store: Store): void {
  const rows = holdersOf(property, store);
  for (const row of [...rows.values()]) {
    if (!Object.hasOwn(row.tax_properties, property.code)) continue;
    const { [property.code]: value, ...others } = row.tax_properties;
    rows.replace({ ...row, tax_properties: { ...others, [code]: value } });
  }
}

/** Rows keyed by `product_id`. They go with the product. */
export const productTaxProperties = defineResource<ProductTaxPropertiesRow, ProductTaxPropertiesRow>(
  'product-tax-properties',
  {
    key: ({ product_id }) => product_id,
    create: ({ input }) => input,
    merge: mergeValues,
    check: ({ next, input, store }) => {
      if (!store.rows(products).has(next.product_id)) throw unknownOwner('product', next.product_id);
      requireKnownCodes(input.tax_properties, 'PRODUCT', store);
    },
  },
  { below: 'catalog.products', parentField: 'product_id', keyField: 'product_id' },
);

/** Rows keyed by `customer_id`. They go with the customer. */
export const taxCustomers = defineResource<TaxCustomerRow, TaxCustomerRow>(
  'tax-customers',
  {
    key: ({ customer_id }) => customer_id,
    create: ({ input }) => input,
    merge: mergeValues,
    check: ({ next, input, store }) => {
      if (!store.rows(customers).has(next.customer_id)) throw unknownOwner('customer', next.customer_id);
      requireKnownCodes(input.tax_properties, 'CUSTOMER', store);
    },
  },
  { below: 'customers', parentField: 'customer_id', keyField: 'customer_id' },
);

interface Values {
  readonly tax_properties: Record<string, unknown>;
}

/** What is not named stays (documented). */
function mergeValues<Row extends Values>({ current, input }: { readonly current: Row; readonly input: Row }): Row {
  return { ...current, tax_properties: { ...current.tax_properties, ...input.tax_properties } };
}

/** Assumed: status and sentence. */
function unknownOwner(kind: 'product' | 'customer', id: number): UnprocessableError {
  return new UnprocessableError(`There is no ${kind} ${String(id)}.`, { [`${kind}_id`]: 'unknown' });
}

/** Documented, save that properties of the other type count as unknown, which is assumed. */
function requireKnownCodes(values: object, type: TaxPropertyRow['type'], store: Store): void {
  const rows = store.rows(taxProperties);
  for (const code of Object.keys(values)) {
    const row = rows.get(rows.keyByUnique('code', code.toLowerCase()) ?? 0);
    if (row?.code === code && row.type === type) continue;
    throw new UnprocessableError(`There is no tax property ${code.slice(0, 100)} of the type ${type}.`, {
      [`tax_properties.${code.slice(0, 100)}`]: 'unknown',
    });
  }
}

/** @throws BadRequestError without the filter (documented) */
function requireParameter({ query }: OperationContext, name: string): void {
  if ((query.get(name) ?? '') === '') throw new BadRequestError(`Parameter ${name} is required.`);
}

/** All rows that the query selects: there are no pages to ask for. */
function listAll<Row extends object, Input>(context: OperationContext, resource: Resource<Row, Input>): BytesAnswer {
  return listAnswer(context, resource, findRows(context, resource as unknown as Resource<Row>, []), '{}');
}

function deleteFiltered<Row extends object, Input>(
  context: OperationContext,
  resource: Resource<Row, Input>,
  parameter: string,
): BytesAnswer {
  requireParameter(context, parameter);
  for (const row of findRows(context, resource as unknown as Resource<Row>, [])) {
    resource.rules.requireDeletable?.(row, context);
    deleteRow(resource, resource.shape.keyOf(row), context);
  }
  return emptyAnswer();
}

const getTaxProperties: Handler<'getTaxProperties'> = (context) => listAll(context, taxProperties);
const deleteTaxProperties: Handler<'deleteTaxProperties'> = (context) =>
  deleteFiltered(context, taxProperties, 'id:in');
const getProductsTaxProperties: Handler<'getProductsTaxProperties'> = (context) => {
  requireParameter(context, 'product_id:in');
  return listAll(context, productTaxProperties);
};
const deleteProductTaxProperties: Handler<'deleteProductTaxProperties'> = (context) =>
  deleteFiltered(context, productTaxProperties, 'product_id:in');
const getTaxCustomers: Handler<'getTaxCustomers'> = (context) => listAll(context, taxCustomers);
const deleteTaxCustomers: Handler<'deleteTaxCustomers'> = (context) =>
  deleteFiltered(context, taxCustomers, 'customer_id:in');

export const taxPropertiesDomain: Domain = {
  resources: [taxProperties, productTaxProperties, taxCustomers],
  handlers: {
    getTaxProperties,
    deleteTaxProperties,
    getProductsTaxProperties,
    deleteProductTaxProperties,
    getTaxCustomers,
    deleteTaxCustomers,
  },
};
