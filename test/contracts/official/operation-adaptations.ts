/**
 * What an official request example of one operation names beside ids: SKUs, codes, and rows that allow the change. Most
 * ids are put to existing ones by adapted-example.ts.
 */
import type { ExistingRows, PathValues } from '../../../contracts/index.js';
import type { Row } from '../../../contracts/suites/existing-rows.js';
import { orderAdaptations } from './order-adaptations.js';

/** Gives an example names of the store under test. */
export type Adaptation = (example: unknown, rows: ExistingRows, values: PathValues) => Promise<unknown>;

const V3 = '/stores/{store_hash}/v3';

/** Stock is kept of whole products where these are tracked, and changed by a number only where there is some. */
const withStockedItems: Adaptation = async (example, rows, values) => {
  const [variant] = await rows.list(`${V3}/catalog/variants`, values);
  const products = await rows.list(`${V3}/catalog/products`, values);
  const tracked = products.find(
    ({ inventory_tracking, inventory_level }) => inventory_tracking === 'product' && Number(inventory_level) > 0,
  );
  return replaced(example, { sku: variant?.['sku'], product_id: tracked?.['id'] });
};

/** Values go by the codes of tax properties. */
function withTaxCodes(type: string): Adaptation {
  return async (example, rows, values) => {
    const properties = await rows.list(`${V3}/tax/properties`, values);
    const codes = properties.filter((property) => property['type'] === type).map(({ code }) => String(code));
    return (example as Row[]).map((row) => {
      const texts = Object.values(row['tax_properties'] as object).slice(0, codes.length) as unknown[];
      return { ...row, tax_properties: Object.fromEntries(texts.map((text, place) => [codes[place], text])) };
    });
  };
}

/** The first tax zone is the default one, which must stay as it is. */
const withLastZone: Adaptation = async (example, rows, values) => {
  const zones = await rows.list(`${V3}/tax/zones`, values);
  return (example as Row[]).map((row) => ({ ...row, id: zones.at(-1)?.['id'] }));
};

/** Its ids are texts, which is how other examples name nothing. */
const withMetafields: Adaptation = async (example, rows, values) => {
  const metafields = await rows.list(`${V3}/inventory/locations/metafields`, values);
  return (example as Row[]).map((row, place) => ({ ...row, id: String(metafields[place]?.['id']) }));
};

/** The example of a date is a sentence with two of them in quotes. */
const withDates: Adaptation = (example) => {
  const rows = (example as Row[]).map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        (name.endsWith('_at') && typeof value === 'string' && /'([^']+)'/.exec(value)?.[1]) || value,
      ]),
    ),
  );
  return Promise.resolve(rows);
};

/** An order's own line, and no more of it than was ordered. */
const withOrderLine: Adaptation = async (example, rows, values) => {
  const [first] = example as Row[];
  const order_id = Number(first?.['order_id']);
  const [line] = await rows.list('/stores/{store_hash}/v2/orders/{order_id}/products', { ...values, order_id });
  const names = { order_product_id: line?.['id'], quantity: line?.['quantity'] };
  return withDates(replaced(example, names), rows, values);
};

export const operationAdaptations: Readonly<Record<string, Adaptation | undefined>> = {
  'put-absolute-adjustment': withStockedItems,
  'post-relative-adjustment': withStockedItems,
  'put-location-inventory-items': withStockedItems,
  updateProductTaxProperties: withTaxCodes('PRODUCT'),
  updateTaxCustomers: withTaxCodes('CUSTOMER'),
  updateTaxZones: withLastZone,
  updateLocationsMetafields: withMetafields,
  'post-pickup': withOrderLine,
  'put-pickup': withDates,
  ...orderAdaptations,
};

/** The same with other values under some names, at whatever depth. */
function replaced(value: unknown, names: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) return value.map((item) => replaced(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, names[name] ?? replaced(child, names)]),
  );
}
