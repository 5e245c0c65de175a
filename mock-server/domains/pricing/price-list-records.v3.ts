/**
 * Records of price lists: the prices of a variant in a currency, one by one or in batches whose rows stand or fall each
 * on its own. Described in openapi/documents/pricing/price-lists.v3.yaml.
 */
import { OPEN_END, type PriceListRecordRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { NotFoundError, UnprocessableError, type BigCommerceError } from '../../errors.js';
import { cursorPage } from '../../query/pagination.js';
import { isFilter, listOf } from '../../query/query-values.js';
import { findRows, requireParents } from '../../resources/actions.js';
import { listAnswer, rowAnswer } from '../../resources/answers.js';
import { eachRow } from '../../resources/batch.js';
import { defineResource, type Actor, type Filter } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, idAt, type BytesAnswer, type Handler, type OperationContext } from '../../resources/handler.js';
import { deleteRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { toMoney } from '../catalog/money.js';
import { variants } from '../catalog/variants.v3.js';
import { serviceDate } from '../service-date.js';
import { currencies } from '../store-currencies/currencies.v2.js';
import { priceLists } from './price-lists.v3.js';

type Schemas = components['schemas'];
type Prices = Schemas['PriceListPrices'];
type Tier = NonNullable<Prices['bulk_pricing_tiers']>[number];
type RecordInput = Schemas['PriceListRecordInput'] & { readonly price_list_id?: number };
type RecordKey = Schemas['PriceListRecordKey'];

/** Rows keyed by list, variant and currency, in that order. One of a variant that is gone is no longer shown. */
export const priceListRecords = defineResource<PriceListRecordRow, Prices>(
  'price-list-records',
  {
    key: ({ price_list_id, variant_id, currency }) => keyOf(price_list_id, variant_id, currency),
    notFound: () => new NotFoundError('The requested price list record was not found.'),
    index: ['variant_id'],
    create: () => {
      throw new Error('records are written by their handlers');
    },
    visible: ({ variant_id }, { store }) => store.rows(variants).has(variant_id),
    filters: {
      sku: (value, store) => bySku([value], store),
      'sku:in': (value, store) => bySku(listOf(value), store),
    },
    wire: (row) => ({ ...row, bulk_pricing_tiers: undefined }),
    includes: {
      bulk_pricing_tiers: ({ bulk_pricing_tiers }) => bulk_pricing_tiers,
      sku: ({ variant_id }, { store }) => store.rows(variants).get(variant_id)?.sku ?? '',
    },
  },
  { below: 'price-lists', parentField: 'price_list_id', keyField: 'variant_id' },
);

function keyOf(list: number, variant: number, currency: string): string {
  return `${String(list).padStart(10, '0')}:${String(variant).padStart(10, '0')}:${currency.toLowerCase()}`;
}

function bySku(skus: readonly string[], store: Store): Filter<PriceListRecordRow> {
  const ids = new Set(skus.map((sku) => variantBySku(sku, store)));
  return ({ variant_id }) => ids.has(variant_id);
}

function variantBySku(sku: string, store: Store): number | undefined {
  return store.rows(variants).keyByUnique('sku', sku.toLowerCase()) as number | undefined;
}

/** Writes the prices of a record; what is not sent stays as it is. */
function save(
  { price_list_id, variant_id, currency }: Required<Omit<RecordKey, 'sku'>>,
  input: Prices,
  { store, at }: Actor,
): PriceListRecordRow {
  const rows = store.rows(priceListRecords);
  const known = rows.get(keyOf(price_list_id, variant_id, currency));
  const money = (name: 'price' | 'sale_price' | 'retail_price' | 'map_price'): number | null => {
    const sent = input[name];
    return sent === undefined ? (known?.[name] ?? null) : sent === null ? null : toMoney(sent);
  };
  const price = money('price');
  const sale_price = money('sale_price');
  const row: PriceListRecordRow = {
    price_list_id,
    variant_id,
    product_id: store.rows(variants).get(variant_id)?.product_id ?? 0,
    currency: currency.toLowerCase(),
    price,
    sale_price,
    retail_price: money('retail_price'),
    map_price: money('map_price'),
    // Assumed, as for variants.
    calculated_price: sale_price ?? price,
    bulk_pricing_tiers: input.bulk_pricing_tiers?.map(closedTier) ?? known?.bulk_pricing_tiers ?? [],
    date_created: known?.date_created ?? serviceDate(at),
    date_modified: serviceDate(at),
  };
  if (known) rows.replace(row);
  else rows.insert(row, price_list_id);
  return row;
}

/** A tier without an upper end is kept with the largest one (observed; null is documented for lists alone). */
function closedTier(tier: Tier): Tier {
  return { ...tier, quantity_max: tier.quantity_max ?? OPEN_END };
}

/** What a row of a batch is about. @throws UnprocessableError by field; the sentences are assumed */
function targetOf(input: RecordInput, list: number | undefined, store: Store): Required<Omit<RecordKey, 'sku'>> {
  const price_list_id = list ?? input.price_list_id;
  if (price_list_id === undefined) throw refused('price_list_id', 'price_list_id is required');
  if (!store.rows(priceLists).has(price_list_id)) throw refused('price_list_id', 'Price list does not exist');
  const { sku } = input;
  if (input.variant_id === undefined && !sku) throw refused('variant_id', 'variant_id or sku is required');
  const variant_id = input.variant_id ?? (sku ? variantBySku(sku, store) : undefined);
  if (variant_id === undefined || !store.rows(variants).has(variant_id)) {
    throw refused(input.variant_id === undefined ? 'sku' : 'variant_id', 'Variant does not exist');
  }
  if (!input.currency) throw refused('currency', 'currency is required');
  requireCurrency(input.currency, store);
  requireTiers(input.bulk_pricing_tiers);
  return { price_list_id, variant_id, currency: input.currency };
}

function requireCurrency(code: string, store: Store): void {
  if (store.rows(currencies).keyByUnique('code', code.toUpperCase()) === undefined) {
    throw refused('currency', `The store has no currency ${code}`);
  }
}

/** Tiers may not share a quantity (assumed). */
function requireTiers(tiers: Prices['bulk_pricing_tiers'] = []): void {
  const sorted = [...tiers].sort((a, b) => (a.quantity_min ?? 0) - (b.quantity_min ?? 0));
  sorted.forEach(({ quantity_min = 0, quantity_max }, place) => {
    const next = sorted[place + 1];
    const isBackwards = (quantity_max ?? OPEN_END) < quantity_min;
    if (isBackwards || (next && (quantity_max ?? OPEN_END) >= (next.quantity_min ?? 0))) {
      throw refused('bulk_pricing_tiers', 'bulk_pricing_tiers must not overlap');
    }
  });
}

function refused(field: string, sentence: string): UnprocessableError {
  return new UnprocessableError(sentence, { [field]: sentence });
}

type Batch =
  'createPriceListRecords' | 'upsertPriceListRecords' | 'createPriceListsRecords' | 'upsertPriceListsRecords';

/** Sound rows are kept, and the others told of; that makes the answer a refusal all the same (documented). */
function saveMany(context: OperationContext<Batch>, isNew: boolean, list: number | undefined): BytesAnswer {
  const sent = context.body as readonly RecordInput[];
  const names = new Map<BigCommerceError, RecordKey>();
  const result = eachRow(context, sent, (input) => {
    try {
      const target = targetOf(input, list, context.store);
      const key = keyOf(target.price_list_id, target.variant_id, target.currency);
      if (isNew && context.store.rows(priceListRecords).has(key)) {
        throw refused('variant_id', 'The record exists already');
      }
      return save(target, input, context);
    } catch (error) {
      names.set(error as BigCommerceError, nameOf(input, list));
      throw error;
    }
  });
  if (result.refused.size === 0) return { status: 200, bytes: '{"data":{},"meta":{}}' };
  const batch_errors = [...result.refused]
    .sort(([a], [b]) => a - b)
    .map(([, error]) => ({
      data: names.get(error) ?? nameOf({}, list),
      field_errors: error.fields ?? { record: error.message },
    }));
  const reason = Object.values(batch_errors[0]?.field_errors ?? {})[0] ?? '';
  return { status: 422, bytes: JSON.stringify({ batch_errors }), reason };
}

function nameOf({ price_list_id, variant_id, sku, currency }: RecordInput, list: number | undefined): RecordKey {
  const id = list ?? price_list_id;
  return {
    ...(id === undefined ? {} : { price_list_id: id }),
    ...(variant_id === undefined ? {} : { variant_id }),
    ...(sku === undefined ? {} : { sku }),
    ...(currency === undefined ? {} : { currency }),
  };
}

function pathList(context: OperationContext): number {
  requireParents(context);
  return idAt(context, 0);
}

const getPriceListRecordsByVariantId: Handler<'getPriceListRecordsByVariantId'> = (context) => {
  const list = pathList(context);
  const variant = idAt(context, 1);
  if (!context.store.rows(variants).has(variant)) throw new NotFoundError('The requested variant was not found.');
  const found = findRows(context, priceListRecords, [list]).filter(({ variant_id }) => variant_id === variant);
  const page = cursorPage(found, priceListRecords.shape.keyOf, context.query, context.operation);
  return listAnswer(context, priceListRecords, page.items, page.meta);
};

/** The record that a path of three names. @throws NotFoundError */
function requireRecord(context: OperationContext): PriceListRecordRow {
  const key = keyOf(pathList(context), idAt(context, 1), String(context.keys[2]));
  const row = context.store.rows(priceListRecords).get(key);
  if (!row || !context.store.rows(variants).has(row.variant_id)) {
    throw new NotFoundError('The requested price list record was not found.');
  }
  return row;
}

const getPriceListRecord: Handler<'getPriceListRecord'> = (context) =>
  rowAnswer(context, priceListRecords, requireRecord(context));

const setPriceListRecord: Handler<'setPriceListRecord'> = (context) => {
  const price_list_id = pathList(context);
  const variant_id = idAt(context, 1);
  const currency = String(context.keys[2]);
  if (!context.store.rows(variants).has(variant_id)) throw new NotFoundError('The requested variant was not found.');
  requireCurrency(currency, context.store);
  requireTiers(context.body.bulk_pricing_tiers);
  const row = save({ price_list_id, variant_id, currency }, context.body, context);
  // Tiers come with this answer alone without being asked for (documented by example).
  return { status: 200, body: { data: row, meta: {} } };
};

const deletePriceListRecord: Handler<'deletePriceListRecord'> = (context) => {
  deleteRow(priceListRecords, priceListRecords.shape.keyOf(requireRecord(context)), context);
  return emptyAnswer();
};

/** Without a filter all records of the list go (documented). */
const deletePriceListRecords: Handler<'deletePriceListRecords'> = (context) => {
  const list = pathList(context);
  const isFiltered = [...context.query.keys()].some((name) => isFilter(name));
  const found = isFiltered
    ? findRows(context, priceListRecords, [list])
    : context.store.rows(priceListRecords).rowsOf(list);
  for (const row of found) deleteRow(priceListRecords, priceListRecords.shape.keyOf(row), context);
  return emptyAnswer();
};

export const priceListRecordsDomain: Domain = {
  resources: [priceListRecords],
  handlers: {
    createPriceListRecords: (context) => saveMany(context, true, pathList(context)),
    upsertPriceListRecords: (context) => saveMany(context, false, pathList(context)),
    createPriceListsRecords: (context) => saveMany(context, true, undefined),
    upsertPriceListsRecords: (context) => saveMany(context, false, undefined),
    getPriceListRecordsByVariantId,
    getPriceListRecord,
    setPriceListRecord,
    deletePriceListRecord,
    deletePriceListRecords,
  },
};
