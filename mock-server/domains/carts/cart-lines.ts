/**
 * Lines of a cart: which product and variant is meant, what it costs, and whether the store sells so many
 *. Refusals are worded as clients have seen them where a source says so.
 */
import type {
  CartCertificateRow,
  CartCustomLineRow,
  CartLineOption,
  CartLineRow,
  CartRow,
  ProductRow,
} from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import type { Actor } from '../../resources/define.js';
import type { Store } from '../../state/store.js';
import { productImages } from '../catalog/product-images.v3.js';
import { modifiers } from '../catalog/product-modifiers.v3.js';
import { products } from '../catalog/products.v3.js';
import { variants } from '../catalog/variants.v3.js';
import { brands } from '../catalog/brands.v3.js';
import { textId } from './text-ids.js';

type Schemas = components['schemas'];

/** A line as clients ask for it, of either API. */
export interface LineInput {
  readonly product_id?: number | undefined;
  readonly variant_id?: number | undefined;
  readonly quantity?: number | undefined;
  readonly list_price?: number | undefined;
  readonly name?: string | undefined;
  readonly option_selections?: readonly { readonly option_id: number; readonly option_value: unknown }[] | undefined;
  readonly gift_wrapping?: { readonly message: string } | null | undefined;
}

export function newLine(input: LineInput, actor: Actor): CartLineRow {
  const { store } = actor;
  const product = store.rows(products).get(input.product_id ?? 0);
  if (!product) throw refusal(`The product ${String(input.product_id)} does not exist.`, 'product_id');
  if (product.availability === 'disabled') throw refusal(`The product ${product.name} cannot be purchased.`);
  const quantity = requireQuantity(input.quantity);
  const variant = chosenVariant(product, input, store);
  if (variant.purchasing_disabled) {
    throw refusal(variant.purchasing_disabled_message || `The product ${product.name} cannot be purchased.`);
  }
  const options = chosenOptions(product, variant.id, input, store);
  const images = store.rows(productImages).rowsOf(product.id);
  const image = images.find(({ is_thumbnail }) => is_thumbnail) ?? images[0];
  return {
    id: textId(store, 'cart-items'),
    kind: product.type === 'digital' ? 'digital' : 'physical',
    product_id: product.id,
    variant_id: variant.id,
    sku: variant.sku || product.sku,
    name: input.name ?? product.name,
    url: product.custom_url.url,
    image_url: variant.image_url || (image?.url_thumbnail ?? ''),
    quantity,
    // Class 1 is the one for goods without tax, in every new store.
    is_taxable: product.tax_class_id !== 1,
    tax_class_id: product.tax_class_id,
    brand: store.rows(brands).get(product.brand_id)?.name ?? '',
    category_ids: product.categories,
    // The shopper's prices come with the cart (line-prices.ts).
    original_price: variant.price ?? product.price,
    list_price: input.list_price ?? variant.calculated_price,
    has_own_price: input.list_price !== undefined,
    options,
    gift_wrapping: input.gift_wrapping
      ? { name: 'Gift wrapping', message: input.gift_wrapping.message, amount: 0 }
      : undefined,
    manual_discount: 0,
  };
}

/** @throws UnprocessableError for a quantity that is no whole number from 1 on */
export function requireQuantity(quantity: number | undefined): number {
  if (quantity === undefined || !Number.isInteger(quantity) || quantity < 1) {
    throw refusal('The quantity must be a whole number greater than 0.', 'quantity');
  }
  return quantity;
}

/** Documented sentence for a product with options and no choice. */
function chosenVariant(product: ProductRow, { variant_id, option_selections = [] }: LineInput, store: Store) {
  const rows = store.rows(variants).rowsOf(product.id);
  if (variant_id) {
    const found = rows.find(({ id }) => id === variant_id);
    if (!found) throw refusal(`The product ${product.name} has no variant ${String(variant_id)}.`, 'variant_id');
    return found;
  }
  const withOptions = rows.filter(({ option_values }) => option_values.length > 0);
  const chosen =
    withOptions.length === 0
      ? rows[0]
      : withOptions.find(({ option_values }) =>
          option_values.every(({ option_id, id }) =>
            option_selections.some(
              (selection) => selection.option_id === option_id && Number(selection.option_value) === id,
            ),
          ),
        );
  if (!chosen) throw refusal('This product has options; variant ID is required', 'variant_id');
  return chosen;
}

/** What was chosen of a variant and of the modifiers. */
function chosenOptions(
  product: ProductRow,
  variant_id: number,
  { option_selections = [] }: LineInput,
  store: Store,
): CartLineOption[] {
  const variant = store.rows(variants).get(variant_id);
  const options: CartLineOption[] = (variant?.option_values ?? []).map((value) => ({
    name: value.option_display_name,
    nameId: value.option_id,
    value: value.label,
    valueId: value.id,
  }));
  for (const modifier of store.rows(modifiers).rowsOf(product.id)) {
    const sent = option_selections.find(({ option_id }) => option_id === modifier.id)?.option_value;
    const value =
      sent === undefined
        ? modifier.option_values.find(({ is_default }) => is_default)
        : modifier.option_values.find(({ id }) => id === Number(sent));
    const text = value?.label ?? (sent === undefined ? modifier.config.default_value : sent);
    if (text === undefined || text === '' || text === null) {
      // The sentence is documented for texts; other kinds are refused alike (assumed).
      if (modifier.required) throw refusal(`Please create some text for the ${modifier.display_name}`);
      continue;
    }
    options.push({
      name: modifier.display_name,
      nameId: modifier.id,
      value: typeof text === 'string' ? text : JSON.stringify(text),
      valueId: value?.id ?? 0,
    });
  }
  return options;
}

/** Adds lines; one that equals a line that is there adds to its quantity (assumed). */
export function withLines(cart: CartRow, added: readonly CartLineRow[]): CartRow {
  const lines = [...cart.lines];
  for (const line of added) {
    const place = lines.findIndex((other) => isSame(other, line));
    const same = lines[place];
    if (same) lines[place] = { ...same, quantity: same.quantity + line.quantity };
    else lines.push(line);
  }
  return { ...cart, lines };
}

function isSame(a: CartLineRow, b: CartLineRow): boolean {
  return (
    a.product_id === b.product_id &&
    a.variant_id === b.variant_id &&
    (a.has_own_price ? b.has_own_price && a.list_price === b.list_price : !b.has_own_price) &&
    a.name === b.name &&
    a.added_by_promotion === b.added_by_promotion &&
    a.gift_wrapping === undefined &&
    b.gift_wrapping === undefined &&
    JSON.stringify(a.options) === JSON.stringify(b.options)
  );
}

/**
 * Bounds and stock of every product, over all its lines.
 * @throws UnprocessableError: the sentence of the maximum is observed, the others are worded after it
 */
export function requireSellable(cart: CartRow, store: Store): void {
  const ofProduct = new Map<number, number>();
  const ofVariant = new Map<number, number>();
  for (const { product_id, variant_id, quantity } of cart.lines) {
    ofProduct.set(product_id, (ofProduct.get(product_id) ?? 0) + quantity);
    ofVariant.set(variant_id, (ofVariant.get(variant_id) ?? 0) + quantity);
  }
  for (const [id, quantity] of ofProduct) {
    const product = store.rows(products).get(id);
    if (!product) continue;
    const { name, order_quantity_maximum: most, order_quantity_minimum: least } = product;
    if (most > 0 && quantity > most) {
      throw refusal(`You can only purchase a maximum of ${String(most)} of the ${name} per order.`);
    }
    if (least > 0 && quantity < least) {
      throw refusal(`You need to purchase a minimum of ${String(least)} of the ${name} per order.`);
    }
    if (product.inventory_tracking === 'product' && quantity > product.inventory_level) throw outOfStock(name);
    if (product.inventory_tracking !== 'variant') continue;
    for (const variant of store.rows(variants).rowsOf(id)) {
      if ((ofVariant.get(variant.id) ?? 0) > (variant.inventory_level ?? 0)) throw outOfStock(name);
    }
  }
}

function outOfStock(name: string): UnprocessableError {
  return refusal(`We don't have enough ${name} in stock for the quantity you selected.`);
}

export function newCustomLine(input: Schemas['CartCustomItemInput'], { store }: Actor): CartCustomLineRow {
  return {
    id: textId(store, 'cart-items'),
    sku: input.sku ?? '',
    name: input.name ?? '',
    quantity: requireQuantity(input.quantity ?? 1),
    list_price: input.list_price ?? 0,
    image_url: input.image_url ?? '',
  };
}

export function newCertificate(
  input: Omit<Schemas['CartGiftCertificateInput'], 'theme'> & { readonly theme: string },
  { store }: Actor,
): CartCertificateRow {
  const theme = THEMES.find((name) => name === input.theme) ?? 'General';
  return { ...input, theme, message: input.message ?? '', id: textId(store, 'cart-items') };
}

const THEMES = ['Birthday', 'Boy', 'Celebration', 'Christmas', 'General', 'Girl'] as const;

/** A 422 of carts. */
export function refusal(title: string, field?: string): UnprocessableError {
  return new UnprocessableError(title, field === undefined ? {} : { [field]: title });
}
