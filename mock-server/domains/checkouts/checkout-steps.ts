/**
 * The steps of a checkout: addresses, consignments, coupons, discounts and fees, as changes of the cart's row. Both
 * checkout APIs go through here.
 */
import type {
  CartAddressRow,
  CartConsignmentRow,
  CartFeeRow,
  CartRow,
  CartShippingOptionRow,
} from '../../../fixtures/index.js';
import { NotFoundError } from '../../errors.js';
import type { Actor } from '../../resources/define.js';
import type { Key } from '../../state/collection.js';
import { refusal } from '../carts/cart-lines.js';
import { priceCart } from '../carts/cart-prices.js';
import { allOf, countrySource, pickupMethodSource, stateSource, type StateSource } from '../carts/elsewhere.js';
import { shortId, textId } from '../carts/text-ids.js';
import { shippingOptionsOf } from './shipping-options.js';

/** An address as clients send it; what is missing is empty. */
export type AddressInput = {
  readonly [Name in keyof Omit<CartAddressRow, 'id' | 'custom_fields'>]?: string | undefined;
} & {
  readonly custom_fields?: readonly { readonly field_id?: string; readonly field_value?: string }[] | undefined;
};

export function addressRow(input: AddressInput, id: string, { store }: Actor): CartAddressRow {
  const { custom_fields = [], ...fields } = input;
  const code = fields.country_code ?? '';
  const found = allOf(store, countrySource).find(({ country_iso2 }) => country_iso2 === code);
  const state = found && stateOf(fields, store.rows(stateSource).rowsOf(found.id));
  return {
    id,
    first_name: fields.first_name ?? '',
    last_name: fields.last_name ?? '',
    email: fields.email ?? '',
    company: fields.company ?? '',
    address1: fields.address1 ?? '',
    address2: fields.address2 ?? '',
    city: fields.city ?? '',
    state_or_province: fields.state_or_province || (state?.state ?? ''),
    state_or_province_code: fields.state_or_province_code || (state?.state_abbreviation ?? ''),
    country: fields.country ?? found?.country ?? (code === 'US' ? 'United States' : code),
    country_code: code,
    postal_code: fields.postal_code ?? '',
    phone: fields.phone ?? '',
    custom_fields: custom_fields.map(({ field_id = '', field_value = '' }) => ({ field_id, field_value })),
  };
}

/** The state that an address names or abbreviates, which completes the other of the two (assumed). */
function stateOf(
  { state_or_province, state_or_province_code }: AddressInput,
  states: readonly StateSource[],
): StateSource | undefined {
  if (!state_or_province && !state_or_province_code) return undefined;
  const folded = (text: string | undefined): string => (text ?? '').toLowerCase();
  return states.find(({ state, state_abbreviation }) =>
    state_or_province_code
      ? folded(state_abbreviation) === folded(state_or_province_code)
      : folded(state) === folded(state_or_province) || folded(state_abbreviation) === folded(state_or_province),
  );
}

/** A second address takes the place of the first, under an id of its own (assumed). Its e-mail is the cart's. */
export function withBillingAddress(cart: CartRow, input: AddressInput, actor: Actor): CartRow {
  const billing_address = addressRow(input, shortId(actor.store, 'cart-addresses'), actor);
  return { ...cart, billing_address, email: billing_address.email || cart.email };
}

/** @throws NotFoundError when the checkout has no billing address of that id */
export function withChangedBillingAddress(
  cart: CartRow,
  id: Key | undefined,
  input: AddressInput,
  actor: Actor,
): CartRow {
  if (!cart.billing_address || cart.billing_address.id !== id) {
    throw new NotFoundError('The billing address was not found in the checkout.');
  }
  const billing_address = addressRow(input, cart.billing_address.id, actor);
  return { ...cart, billing_address, email: billing_address.email || cart.email };
}

export interface ConsignmentInput {
  readonly address?: AddressInput | undefined;
  readonly line_items?: readonly { readonly item_id: string; readonly quantity: number }[] | undefined;
  readonly shipping_option_id?: string | undefined;
  readonly custom_shipping?: { readonly price?: number; readonly description?: string } | undefined;
  readonly pickup_method_id?: number | undefined;
}

export function withNewConsignments(cart: CartRow, inputs: readonly ConsignmentInput[], actor: Actor): CartRow {
  if (inputs.length === 0) throw refusal('A consignment is needed.', 'consignments');
  const added = inputs.map((input): CartConsignmentRow => {
    if (input.pickup_method_id === undefined && (!input.address || !input.line_items)) {
      throw refusal('A consignment needs an address and line items, or a pickup option.');
    }
    return changedConsignment(
      {
        id: shortId(actor.store, 'cart-consignments'),
        address: undefined,
        line_items: [],
        shipping_option: undefined,
        pickup_method_id: undefined,
      },
      input,
      cart,
      actor,
    );
  });
  return withPlaced(cart, added);
}

export function withChangedConsignment(
  cart: CartRow,
  id: Key | undefined,
  input: ConsignmentInput,
  actor: Actor,
): CartRow {
  const current = requireConsignment(cart, id);
  const next = changedConsignment(current, input, cart, actor);
  return withPlaced(cart, [next]);
}

/** Documented: another address or other lines clear the choice of shipping. */
function changedConsignment(
  current: CartConsignmentRow,
  input: ConsignmentInput,
  cart: CartRow,
  actor: Actor,
): CartConsignmentRow {
  const { address, line_items, shipping_option_id, custom_shipping, pickup_method_id } = input;
  let next = current;
  if (address) {
    const id = current.address?.id ?? shortId(actor.store, 'cart-addresses');
    next = {
      ...next,
      address: addressRow(address, id, actor),
      shipping_option: undefined,
      pickup_method_id: undefined,
    };
  }
  if (line_items) next = { ...next, line_items: [...line_items], shipping_option: undefined };
  if (pickup_method_id !== undefined) {
    const methods = actor.store.rows(pickupMethodSource);
    if (!methods.has(pickup_method_id)) throw refusal('The pickup method does not exist.', 'pickup_method_id');
    const everything = cart.lines
      .filter(({ kind }) => kind === 'physical')
      .map(({ id, quantity }) => ({ item_id: id, quantity }));
    next = { ...next, pickup_method_id, shipping_option: undefined, line_items: line_items ?? everything };
  }
  if (custom_shipping) next = { ...next, shipping_option: customOption(custom_shipping, actor) };
  if (shipping_option_id !== undefined) {
    const option = shippingOptionsOf(cart, next, actor.store).find(({ id }) => id === shipping_option_id);
    if (!option) throw refusal('The shipping option is not available for this consignment.', 'shipping_option_id');
    next = { ...next, shipping_option: option };
  }
  return next;
}

function customOption(
  { price = 0, description = 'Custom' }: NonNullable<ConsignmentInput['custom_shipping']>,
  { store }: Actor,
): CartShippingOptionRow {
  return {
    id: textId(store, 'cart-custom-shipping').replaceAll('-', ''),
    type: 'shipping_custom',
    description,
    image_url: '',
    cost: price,
    transit_time: '',
    additional_description: '',
    handling: 0,
  };
}

/** @throws NotFoundError when the checkout has no consignment of that id */
export function requireConsignment(cart: CartRow, id: Key | undefined): CartConsignmentRow {
  const found = cart.consignments.find((each) => each.id === id);
  if (!found) throw new NotFoundError('The consignment was not found in the checkout.');
  return found;
}

export function withoutConsignment(cart: CartRow, id: Key | undefined): CartRow {
  const current = requireConsignment(cart, id);
  return { ...cart, consignments: cart.consignments.filter((each) => each !== current) };
}

/**
 * The checkout with consignments in their new form. Pieces that they take are no longer in others, and a consignment that
 * is left with nothing goes (assumed).
 * @throws UnprocessableError for a second consignment beside one that is collected (documented), or more of a line than
 * there is
 */
function withPlaced(cart: CartRow, placed: readonly CartConsignmentRow[]): CartRow {
  const isPlaced = ({ id }: CartConsignmentRow): boolean => placed.some((each) => each.id === id);
  const added = placed.filter(({ id }) => !cart.consignments.some((each) => each.id === id));
  const all = [...cart.consignments.map((each) => placed.find(({ id }) => id === each.id) ?? each), ...added];
  if (all.length > 1 && all.some(({ pickup_method_id }) => pickup_method_id !== undefined)) {
    throw refusal('Pickup method is limited to 1 consignment.');
  }
  const free = new Map([...cart.lines, ...cart.custom_items].map(({ id, quantity }) => [id, quantity] as const));
  for (const { item_id, quantity } of placed.flatMap(({ line_items }) => line_items)) {
    const left = free.get(item_id);
    if (left === undefined) throw refusal(`The item ${item_id} is not in the cart.`, 'line_items');
    if (quantity < 1 || quantity > left) {
      throw refusal(`The cart has fewer pieces of the item ${item_id} than the consignments.`, 'line_items');
    }
    free.set(item_id, left - quantity);
  }
  const consignments = all.flatMap((each) => (isPlaced(each) ? [each] : fitted(each, free)));
  return { ...cart, consignments };
}

/** A consignment with what is still free of its lines, which is then taken; none when there is nothing left. */
function fitted(consignment: CartConsignmentRow, free: Map<string, number>): CartConsignmentRow[] {
  const line_items = consignment.line_items.flatMap(({ item_id, quantity }) => {
    const kept = Math.min(quantity, free.get(item_id) ?? 0);
    free.set(item_id, (free.get(item_id) ?? 0) - kept);
    return kept > 0 ? [{ item_id, quantity: kept }] : [];
  });
  if (line_items.length === 0 && consignment.line_items.length > 0) return [];
  const isSame = line_items.every(({ quantity }, place) => quantity === consignment.line_items[place]?.quantity);
  if (isSame && line_items.length === consignment.line_items.length) return [consignment];
  return [{ ...consignment, line_items, shipping_option: undefined }];
}

/** Documented. */
const MOST_FEES = 5;

export type FeeInput = Omit<CartFeeRow, 'id' | 'tax_class_id'> & { readonly tax_class_id?: number | undefined };

export function withNewFees(cart: CartRow, inputs: readonly FeeInput[], { store }: Actor): CartRow {
  if (cart.fees.length + inputs.length > MOST_FEES) {
    throw refusal(`A checkout can have at most ${String(MOST_FEES)} fees.`, 'fees');
  }
  const added = inputs.map((input) => ({
    ...input,
    tax_class_id: input.tax_class_id ?? null,
    id: textId(store, 'cart-fees'),
  }));
  return { ...cart, fees: [...cart.fees, ...added] };
}

/** @throws UnprocessableError for the id of a fee that the checkout does not have (assumed) */
export function withChangedFees(cart: CartRow, inputs: readonly (FeeInput & { readonly id: string })[]): CartRow {
  requireFees(
    cart,
    inputs.map(({ id }) => id),
  );
  const fees = cart.fees.map((fee) => {
    const input = inputs.find(({ id }) => id === fee.id);
    return input ? { ...fee, ...input, tax_class_id: input.tax_class_id ?? null } : fee;
  });
  return { ...cart, fees };
}

export function withoutFees(cart: CartRow, ids: readonly string[]): CartRow {
  requireFees(cart, ids);
  return { ...cart, fees: cart.fees.filter(({ id }) => !ids.includes(id)) };
}

function requireFees(cart: CartRow, ids: readonly string[]): void {
  const unknown = ids.filter((id) => !cart.fees.some((fee) => fee.id === id));
  if (unknown.length > 0) throw refusal(`The checkout has no fee ${unknown.join(', ')}.`, 'fees');
}

export interface DiscountsInput {
  readonly discounts: readonly number[];
  readonly lines: readonly { readonly id: string; readonly amount: number }[];
}

/**
 * Documented: whatever discounts were there go, those of promotions and coupons too.
 * @throws UnprocessableError for a line that a coupon or promotion makes cheaper already (documented; title assumed)
 */
export function withManualDiscounts(cart: CartRow, { discounts, lines }: DiscountsInput, actor: Actor): CartRow {
  const prices = priceCart(cart, actor);
  for (const { id, amount } of lines) {
    const line = cart.lines.find((each) => each.id === id);
    if (!line) throw refusal(`The item ${id} is not in the cart.`, 'line_items');
    if (amount < 0) throw refusal('A discount cannot be negative.', 'line_items');
    const { coupon_amount = 0, promotions } = prices.lines.get(line) ?? {};
    if (coupon_amount > 0 || promotions?.size) {
      throw refusal(`A coupon or promotion is applied to the item ${id} already.`, 'line_items');
    }
  }
  if (discounts.some((amount) => amount < 0)) throw refusal('A discount cannot be negative.', 'discounts');
  return {
    ...cart,
    coupons: [],
    manual_discounts: discounts,
    lines: cart.lines.map((line) => ({
      ...line,
      manual_discount: lines.find(({ id }) => id === line.id)?.amount ?? 0,
    })),
  };
}
