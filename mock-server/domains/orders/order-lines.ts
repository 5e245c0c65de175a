/**
 * Lines of orders as they are sent: of a product of the catalog, with the variant that its options name, or of
 * anything else by name and price.
 */
import {
  catalogFields,
  chosenOptions,
  orderProductDefaults,
  resourceLink,
  sum,
  taxOn,
  toCents,
  withLineTotals,
  type ModifierRow,
  type OptionRow,
  type OrderProductOptionRow,
  type OrderProductRow,
  type ProductRow,
  type RatesByClass,
} from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError } from '../../errors.js';
import type { Actor } from '../../resources/define.js';
import { modifiers } from '../catalog/product-modifiers.v3.js';
import { options } from '../catalog/product-variant-options.v3.js';
import { brands } from '../catalog/brands.v3.js';
import { products } from '../catalog/products.v3.js';
import { variants } from '../catalog/variants.v3.js';
import type { StoredVariant } from '../catalog/variant-fields.js';
import type { Store } from '../../state/store.js';
import { compoundShares, hasPricesWithTax, heldShare } from '../tax/class-tax.js';
import { unitPrice } from './order-prices.js';
import { invalid, missing } from './refusals.js';

export type LineInput = components['schemas']['OrderProductUpdate'];

/** Where a line belongs, and what its price bears. */
export interface LinePlace {
  readonly id: number;
  readonly order_id: number;
  readonly order_address_id: number;
  readonly order_pickup_method_id: number;
  readonly ratesOf: RatesByClass;
}

/** @throws BadRequestError for what cannot be ordered as it was sent */
export function newLine(input: LineInput, place: LinePlace, actor: Actor): OrderProductRow {
  const { ratesOf, ...keys } = place;
  if (input.product_id === undefined && !nameOf(input)) throw missing('products.product_id, products.name');
  const { quantity = 1 } = input;
  if (quantity < 1) throw invalid('quantity');
  const base = { ...orderProductDefaults, ...keys };
  const line = input.product_id ? catalogLine(input, base, ratesOf, actor) : customLine(input, base, actor.store);
  const isDigital = line.type !== 'physical';
  return withLineTotals({
    ...line,
    ...wrappingOf(input, line),
    quantity,
    order_address_id: isDigital ? 0 : line.order_address_id,
  });
}

function catalogLine(input: LineInput, base: OrderProductRow, ratesOf: RatesByClass, actor: Actor): OrderProductRow {
  const product = actor.store.rows(products).get(input.product_id ?? 0);
  if (!product) throw invalid('product_id');
  const variant = variantOf(input, product, actor);
  const catalog = catalogFields(product, variant);
  const price = unitPrice(product, variant, base.order_id, actor.store);
  return {
    ...base,
    ...catalog,
    ...namesOf(input, catalog),
    ...(input.sku !== undefined && { sku: input.sku }),
    ...(input.upc !== undefined && { upc: input.upc }),
    brand: actor.store.rows(brands).get(product.brand_id)?.name ?? '',
    ...pricesOf(input, actor.store, taxedPrice(price, product.tax_class_id, ratesOf, actor.store)),
    product_options: [
      ...(variant ? chosenOptions(variant, base.id) : []),
      ...chosenModifiers(input, product, base.id, actor),
    ],
  };
}

function customLine(input: LineInput, base: OrderProductRow, store: Store): OrderProductRow {
  if (input.price_inc_tax === undefined) throw invalid('products.price_inc_tax');
  if (input.price_ex_tax === undefined) throw invalid('products.price_ex_tax');
  const name = nameOf(input) ?? '';
  return {
    ...base,
    ...namesOf(input, { name, name_customer: name, name_merchant: name }),
    sku: input.sku ?? '',
    upc: input.upc ?? '',
    ...pricesOf(input, store),
  };
}

/** A line with what was sent of it; its price and names stay unless they were. @throws BadRequestError */
export function changedLine(
  current: OrderProductRow,
  input: LineInput,
  ratesOf: RatesByClass,
  actor: Actor,
): OrderProductRow {
  if (input.quantity !== undefined && input.quantity < 0) throw invalid('quantity');
  const isOther =
    (input.product_id !== undefined && input.product_id !== current.product_id) ||
    (input.variant_id !== undefined && input.variant_id !== current.variant_id);
  if (isOther && (input.product_id ?? current.product_id) !== 0) {
    const place = {
      id: current.id,
      order_id: current.order_id,
      order_address_id: current.order_address_id,
      order_pickup_method_id: current.order_pickup_method_id,
      ratesOf,
    };
    return newLine({ product_id: current.product_id, quantity: current.quantity, ...input }, place, actor);
  }
  requireMerchantName(input, current);
  return withLineTotals({
    ...current,
    ...namesOf(input, current),
    ...(input.sku !== undefined && { sku: input.sku }),
    ...(input.upc !== undefined && { upc: input.upc }),
    ...(input.quantity !== undefined && { quantity: input.quantity }),
    ...pricesOf(input, actor.store),
    ...wrappingOf(input, current),
    // A line that is changed loses what was taken off it (documented).
    applied_discounts: [],
  });
}

function nameOf({ name, name_customer, name_merchant }: LineInput): string | undefined {
  return name ?? name_customer ?? name_merchant;
}

type Names = Pick<OrderProductRow, 'name' | 'name_customer' | 'name_merchant'>;

/** What customers read has two names that are one. @throws BadRequestError when they differ */
function namesOf(input: LineInput, current: Names): Names {
  if (input.name !== undefined && input.name_customer !== undefined && input.name !== input.name_customer) {
    throw invalid('name_customer');
  }
  if (input.name_merchant === '') throw invalid('name_merchant');
  const name = input.name ?? input.name_customer ?? current.name;
  return { name, name_customer: name, name_merchant: input.name_merchant ?? current.name_merchant };
}

/** Documented: a line of the same product gets another name for shoppers only with that for the merchant. */
function requireMerchantName(input: LineInput, current: OrderProductRow): void {
  const name = input.name ?? input.name_customer ?? current.name;
  const isRenamed = current.product_id !== 0 && name !== current.name;
  if (isRenamed && input.name_merchant === undefined) throw missing('products.name_merchant');
}

type Prices = Partial<Pick<OrderProductRow, 'base_price' | 'price_ex_tax' | 'price_inc_tax' | 'has_own_tax'>>;

/** A price of the catalog with the tax of where the order goes, instead of what it may have been entered with. */
function taxedPrice(price: number, tax_class_id: number, ratesOf: RatesByClass, store: Store): Prices {
  const rates = ratesOf(tax_class_id);
  const held = heldShare(tax_class_id, sum(compoundShares(rates)), store);
  const price_ex_tax = toCents(price / (1 + held));
  const price_inc_tax = toCents(price_ex_tax + taxOn(price_ex_tax, rates));
  return { base_price: price, price_ex_tax, price_inc_tax, has_own_tax: false };
}

/** Prices that were sent, both or none, or else those of the catalog. @throws BadRequestError */
function pricesOf({ price_ex_tax, price_inc_tax }: LineInput, store: Store, catalog: Prices = {}): Prices {
  if (price_ex_tax === undefined && price_inc_tax === undefined) return catalog;
  if (price_inc_tax === undefined || price_inc_tax < 0) throw invalid('products.price_inc_tax');
  if (price_ex_tax === undefined || price_ex_tax < 0) throw invalid('products.price_ex_tax');
  const base_price = hasPricesWithTax(store) ? price_inc_tax : price_ex_tax;
  return { base_price, price_ex_tax, price_inc_tax, has_own_tax: true };
}

/** @throws BadRequestError for wrapping without its cost */
function wrappingOf(input: LineInput, current: OrderProductRow): Partial<OrderProductRow> {
  const { wrapping_id } = input;
  if (wrapping_id === undefined) return {};
  if (wrapping_id === 0) {
    return {
      wrapping_id,
      wrapping_name: '',
      wrapping_message: '',
      base_wrapping_cost: 0,
      wrapping_cost_ex_tax: 0,
      wrapping_cost_inc_tax: 0,
      wrapping_cost_tax: 0,
    };
  }
  const { wrapping_cost_ex_tax, wrapping_cost_inc_tax } = input;
  if (wrapping_cost_ex_tax === undefined || wrapping_cost_ex_tax < 0) throw invalid('wrapping_cost_ex_tax');
  if (wrapping_cost_inc_tax === undefined || wrapping_cost_inc_tax < 0) throw invalid('wrapping_cost_inc_tax');
  return {
    wrapping_id,
    wrapping_name: input.wrapping_name ?? current.wrapping_name,
    wrapping_message: input.wrapping_message ?? current.wrapping_message,
    base_wrapping_cost: wrapping_cost_ex_tax,
    wrapping_cost_ex_tax,
    wrapping_cost_inc_tax,
    wrapping_cost_tax: toCents(wrapping_cost_inc_tax - wrapping_cost_ex_tax),
  };
}

/** The variant that is meant: the only one, the one named, or the one that has all the values sent. @throws BadRequestError */
function variantOf(input: LineInput, product: ProductRow, actor: Actor): StoredVariant | undefined {
  const { store } = actor;
  const own = store.rows(variants).rowsOf(product.id);
  if (input.variant_id) {
    const named = own.find(({ id }) => id === input.variant_id);
    if (!named) throw invalid('variant_id');
    return named;
  }
  const productOptions = store.rows(options).rowsOf(product.id);
  if (productOptions.length === 0) return own[0];
  const values = productOptions.map((option) => {
    const sent = input.product_options?.find(({ id }) => id === option.id);
    if (sent?.value === undefined) return undefined;
    const value = option.option_values.find(({ id }) => id === Number(sent.value));
    if (!value) throw optionRefusal('InvalidProductOptionValue', product, [option], actor);
    return value.id;
  });
  const left = productOptions.filter((_, position) => values[position] === undefined);
  if (left.length > 0) throw optionRefusal('MandatoryProductOptions', product, left, actor);
  const found = own.find(({ option_values }) => values.every((id) => option_values.some((value) => value.id === id)));
  if (!found) throw optionRefusal('InvalidProductOptionValue', product, productOptions, actor);
  return found;
}

/** What was chosen of a product's modifiers. @throws BadRequestError for a required one that is missing */
function chosenModifiers(
  input: LineInput,
  product: ProductRow,
  order_product_id: number,
  actor: Actor,
): OrderProductOptionRow[] {
  const own = actor.store.rows(modifiers).rowsOf(product.id);
  const sent = input.product_options ?? [];
  const known = new Set([...own, ...actor.store.rows(options).rowsOf(product.id)].map(({ id }) => id));
  const isUnknown = sent.some(({ id }) => id !== undefined && !known.has(id));
  if (isUnknown) throw optionRefusal('InvalidProductOption', product, [], actor);
  const left = own.filter(
    (modifier) => modifier.required && !hasDefault(modifier) && !sent.some(({ id }) => id === modifier.id),
  );
  if (left.length > 0) throw optionRefusal('MandatoryProductOptions', product, left, actor);
  return own.flatMap((modifier, position) => {
    const chosen = sent.find(({ id }) => id === modifier.id);
    if (chosen?.value === undefined) return [];
    const value = modifier.option_values.find(({ id }) => id === Number(chosen.value));
    if (modifier.option_values.length > 0 && !value) {
      throw optionRefusal('InvalidProductOptionValue', product, [modifier], actor);
    }
    const display_value = chosen.display_value ?? value?.label ?? String(chosen.value);
    const display_name = chosen.display_name ?? modifier.display_name;
    return [
      {
        // Beyond the options of the variant, of which there are ten at most.
        id: order_product_id * 10 + 5 + position,
        option_id: modifier.id,
        order_product_id,
        product_option_id: modifier.id,
        display_name,
        display_name_customer: chosen.display_name_customer ?? display_name,
        display_name_merchant: chosen.display_name_merchant ?? display_name,
        display_value,
        display_value_customer: chosen.display_value_customer ?? display_value,
        display_value_merchant: chosen.display_value_merchant ?? display_value,
        value: String(chosen.value),
        type: kinds[modifier.type] ?? 'Text field',
        name: modifier.name,
        display_style: '',
      },
    ];
  });
}

const kinds: Readonly<Record<string, OrderProductOptionRow['type']>> = {
  checkbox: 'Checkbox',
  date: 'Date field',
  dropdown: 'Multiple choice',
  file: 'File Upload',
  multi_line_text: 'Multi-line text field',
  product_list: 'Product Pick List',
  product_list_with_images: 'Product Pick List',
  radio_buttons: 'Multiple choice',
  rectangles: 'Multiple choice',
  swatch: 'Swatch',
};

function hasDefault({ option_values, config }: ModifierRow): boolean {
  return (
    option_values.some(({ is_default }) => is_default) || Boolean((config as { default_value?: unknown }).default_value)
  );
}

type OptionFault = 'MandatoryProductOptions' | 'InvalidProductOption' | 'InvalidProductOptionValue';

function optionRefusal(
  type: OptionFault,
  product: ProductRow,
  concerned: readonly (OptionRow | ModifierRow)[],
  { store }: Actor,
): BadRequestError {
  const path = `/products/${String(product.id)}`;
  const listed = concerned.map(({ id, display_name }) => ({
    id,
    option_id: id,
    display_name,
    ...resourceLink(store.hash, `${path}/options/${String(id)}`),
  }));
  const error = {
    type,
    product: { id: product.id, name: product.name, ...resourceLink(store.hash, path) },
    ...(type === 'MandatoryProductOptions' && { required_product_options: listed }),
  };
  return new BadRequestError('The options of one or more products are invalid.', {}, { extra: { errors: [error] } });
}
