/** Carts and checkouts as the storefront shows them: in camelCase. Described in openapi/documents/storefront/. */
import type { CartAddressRow, CartLineRow, CartRow, CartShippingOptionRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import type { Actor } from '../../resources/define.js';
import { categories } from '../catalog/categories.v3.js';
import { kindNumber } from '../carts/cart-coupons.js';
import { priceCart, type CartPrices } from '../carts/cart-prices.js';
import { discountOf, productItem } from '../carts/cart-view.js';
import {
  allOf,
  amountOf,
  cents,
  currencySource,
  customerAddressSource,
  customerGroupSource,
  customerSource,
  giftCertificateSource,
} from '../carts/elsewhere.js';
import { shippingOptionsOf } from '../checkouts/shipping-options.js';

type Schemas = components['schemas'];

/** @param include names of what is only there when asked for */
export function toStorefrontCart(cart: CartRow, actor: Actor, include: readonly string[]): Schemas['StorefrontCart'] {
  const prices = priceCart(cart, actor);
  const line = (row: CartLineRow) => ({
    ...itemFields(row, prices, actor),
    ...(include.includes(`lineItems.${row.kind}Items.options`) && { options: [...row.options] }),
  });
  return {
    ...cartFields(cart, prices, actor),
    coupons: prices.coupons.map(({ coupon, amount }) => ({
      id: String(coupon.id),
      code: coupon.code,
      couponType: kindNumber(coupon.kind),
      displayName: coupon.name,
      discountedAmount: amount,
    })),
    discounts: discountsOf(cart, prices),
    lineItems: {
      physicalItems: cart.lines
        .filter(({ kind }) => kind === 'physical')
        .map((row) => ({
          ...line(row),
          type: 'physical' as const,
          discounts: lineDiscounts(row, prices),
          giftWrapping: row.gift_wrapping ?? null,
          isShippingRequired: true,
        })),
      digitalItems: cart.lines
        .filter(({ kind }) => kind === 'digital')
        .map((row) => ({ ...line(row), type: 'digital' as const, discounts: [] })),
      giftCertificates: certificateItems(cart),
      customItems: cart.custom_items.map(({ id, sku, name, quantity, list_price }) => ({
        id,
        sku,
        name,
        quantity,
        listPrice: list_price,
        extendedListPrice: cents(list_price * quantity),
      })),
    },
  };
}

function cartFields(cart: CartRow, prices: CartPrices, { store }: Actor): Schemas['StorefrontCartFields'] {
  const currency = allOf(store, currencySource).find(({ currency_code }) => currency_code === cart.currency_code);
  return {
    id: cart.id,
    customerId: cart.customer_id,
    email: cart.email,
    currency: {
      name: currency?.name ?? 'US Dollar',
      code: cart.currency_code,
      symbol: currency?.token ?? '$',
      decimalPlaces: currency?.decimal_places ?? 2,
    },
    isTaxIncluded: prices.tax_included,
    baseAmount: prices.base_amount,
    discountAmount: prices.discount_amount,
    cartAmount: prices.cart.inc,
    createdTime: cart.created_time,
    updatedTime: cart.updated_time,
    locale: cart.locale,
    version: cart.version,
  };
}

function itemFields(row: CartLineRow, prices: CartPrices, actor: Actor) {
  const item = productItem(row, prices, actor);
  return {
    id: item.id,
    productId: item.product_id,
    variantId: item.variant_id,
    name: item.name,
    sku: item.sku,
    brand: row.brand,
    url: item.url,
    imageUrl: item.image_url,
    quantity: item.quantity,
    isTaxable: item.taxable,
    listPrice: item.list_price,
    originalPrice: item.original_price,
    salePrice: item.sale_price,
    extendedListPrice: item.extended_list_price,
    extendedSalePrice: item.extended_sale_price,
    discountAmount: item.discount_amount,
    couponAmount: item.coupon_amount,
    isMutable: item.is_mutable,
  };
}

function discountsOf(cart: CartRow, prices: CartPrices): { id: string; discountedAmount: number }[] {
  return cart.lines.map((row) => ({ id: row.id, discountedAmount: discountOf(row, prices) }));
}

function lineDiscounts(row: CartLineRow, prices: CartPrices): { id: string; discountedAmount: number }[] {
  const amount = discountOf(row, prices);
  return amount > 0 ? [{ id: row.id, discountedAmount: amount }] : [];
}

function certificateItems(cart: CartRow): Schemas['StorefrontGiftCertificateItem'][] {
  return cart.gift_certificates.map(({ id, name, theme, amount, sender, recipient, message }) => ({
    id,
    name,
    type: 'giftCertificate' as const,
    theme,
    amount,
    taxable: false,
    sender,
    recipient,
    message,
  }));
}

/** What gift certificates and store credit pay of a checkout. */
export interface Credit {
  readonly certificates: readonly {
    readonly code: string;
    readonly balance: number;
    readonly used: number;
    readonly purchased: string;
  }[];
  readonly storeCredit: number;
  readonly outstanding: number;
}

export function creditOf(cart: CartRow, total: number, { store }: Actor): Credit {
  let outstanding = total;
  const known = allOf(store, giftCertificateSource);
  const certificates = cart.certificate_codes.flatMap((code) => {
    const found = known.find((row) => row.code === code);
    if (!found) return [];
    const balance = amountOf(found.balance);
    const used = Math.min(balance, outstanding);
    outstanding = cents(outstanding - used);
    return [{ code, balance, used, purchased: found.purchase_date ?? '' }];
  });
  const available = customerCredit(cart.customer_id, { store });
  const storeCredit = cart.is_store_credit_applied ? Math.min(available, outstanding) : 0;
  return { certificates, storeCredit, outstanding: cents(outstanding - storeCredit) };
}

export function customerCredit(customer_id: number, { store }: Pick<Actor, 'store'>): number {
  return store.rows(customerSource).get(customer_id)?.store_credit_amounts?.[0]?.amount ?? 0;
}

export function toStorefrontCheckout(
  cart: CartRow,
  actor: Actor,
  include: readonly string[],
): Schemas['StorefrontCheckout'] {
  const { store } = actor;
  const prices = priceCart(cart, actor);
  const credit = creditOf(cart, prices.grand_total, actor);
  const withOptions = include.includes('consignments.availableShippingOptions');
  const line = (row: CartLineRow) => ({
    ...itemFields(row, prices, actor),
    type: row.kind,
    comparisonPrice: row.original_price,
    extendedComparisonPrice: cents(row.original_price * row.quantity),
    discounts: [],
    addedByPromotion: row.added_by_promotion !== undefined,
    isShippingRequired: row.kind === 'physical',
    ...(row.gift_wrapping && { giftWrapping: row.gift_wrapping }),
    ...(include.includes(`cart.lineItems.${row.kind}Items.categoryNames`) && {
      categoryNames: row.category_ids.flatMap((id) => store.rows(categories).get(id)?.name ?? []),
    }),
    ...(include.includes(`cart.lineItems.${row.kind}Items.options`) && {
      options: row.options.map((option) => ({ ...option, valueId: String(option.valueId) })),
    }),
  });
  return {
    id: cart.id,
    channelId: cart.channel_id,
    cart: {
      ...cartFields(cart, prices, actor),
      coupons: prices.coupons.map(({ coupon, amount }) => ({
        id: coupon.id,
        code: coupon.code,
        couponType: coupon.kind,
        displayName: coupon.name,
        discountedAmount: amount,
      })),
      discounts: [],
      lineItems: {
        physicalItems: cart.lines.filter(({ kind }) => kind === 'physical').map(line),
        digitalItems: cart.lines.filter(({ kind }) => kind === 'digital').map(line),
        giftCertificates: certificateItems(cart),
        customItems: cart.custom_items.map(({ id, sku, name, quantity, list_price }) => ({
          id,
          sku,
          name,
          quantity: String(quantity),
          listPrice: String(list_price),
        })),
      },
    },
    ...(cart.billing_address && {
      billingAddress: { ...addressOf(cart.billing_address), id: cart.billing_address.id },
    }),
    consignments: prices.consignments.map(({ consignment, shipping, handling, coupons }) => ({
      id: consignment.id,
      ...(consignment.address && {
        address: { ...addressOf(consignment.address), id: consignment.address.id, shouldSaveAddress: true },
        shippingAddress: { ...addressOf(consignment.address), id: consignment.address.id },
      }),
      lineItemIds: consignment.line_items.map(({ item_id }) => item_id),
      ...(withOptions && {
        availableShippingOptions: shippingOptionsOf(cart, consignment, store).map((option, place) => ({
          ...optionOf(option),
          isRecommended: place === 0,
        })),
      }),
      ...(consignment.shipping_option && { selectedShippingOption: optionOf(consignment.shipping_option) }),
      ...(consignment.pickup_method_id !== undefined && {
        selectedPickupOption: { pickupMethodId: consignment.pickup_method_id },
      }),
      couponDiscounts: [...coupons].map(([code, amount]) => ({ code, amount })),
      discounts: [],
      handlingCost: handling.ex,
      shippingCost: shipping.ex,
      shippingCostBeforeDiscount: consignment.shipping_option?.cost ?? 0,
      comparisonShippingCost: consignment.shipping_option?.cost ?? 0,
    })),
    coupons: prices.coupons.map(({ coupon, amount }) => ({
      id: coupon.id,
      code: coupon.code,
      couponType: kindNumber(coupon.kind),
      displayName: coupon.name,
      discountedAmount: amount,
    })),
    fees: prices.fees.map(({ fee, ex }) => ({
      id: fee.id,
      type: fee.type,
      name: fee.name,
      displayName: fee.display_name,
      cost: ex,
      source: fee.source,
      ...(fee.tax_class_id !== null && { taxClassId: fee.tax_class_id }),
    })),
    giftCertificates: credit.certificates.map(({ code, balance, used, purchased }) => ({
      code,
      balance,
      used,
      remaining: cents(balance - used),
      purchaseDate: dayOf(purchased),
    })),
    taxes: [...prices.taxes].map(([name, amount]) => ({ name, amount })),
    ...(include.includes('payments') && { payments: [] }),
    ...(include.includes('promotions') && { promotions: [] }),
    ...((include.includes('customer') || include.includes('customer.customerGroup')) && {
      customer: customerOf(cart, actor),
    }),
    customerMessage: cart.customer_message,
    isStoreCreditApplied: cart.is_store_credit_applied,
    orderId: cart.order_id === undefined ? null : String(cart.order_id),
    shouldExecuteSpamCheck: false,
    subtotal: prices.tax_included ? prices.subtotal.inc : prices.subtotal.ex,
    giftWrappingCostTotal: 0,
    handlingCostTotal: prices.handling.ex,
    shippingCostTotal: prices.shipping.ex,
    shippingCostBeforeDiscount: cents(
      cart.consignments.reduce((sum, { shipping_option }) => sum + (shipping_option?.cost ?? 0), 0),
    ),
    comparisonShippingCost: prices.shipping.ex,
    taxTotal: prices.tax_total,
    grandTotal: prices.grand_total,
    outstandingBalance: credit.outstanding,
    createdTime: cart.created_time,
    updatedTime: cart.updated_time,
    version: cart.version,
  };
}

function dayOf(date: string): string {
  const at = Date.parse(date);
  return new Date(Number.isNaN(at) ? 0 : at).toISOString().slice(0, 10);
}

function customerOf(cart: CartRow, { store }: Actor): Schemas['StorefrontCheckoutCustomer'] {
  const row = store.rows(customerSource).get(cart.customer_id);
  if (!row) {
    return {
      id: 0,
      isGuest: true,
      email: cart.email,
      firstName: '',
      lastName: '',
      fullName: '',
      addresses: [],
      storeCredit: 0,
      shouldEncourageSignIn: false,
    };
  }
  const group = store.rows(customerGroupSource).get(row.customer_group_id ?? 0);
  const { first_name = '', last_name = '' } = row;
  return {
    id: row.id,
    isGuest: false,
    email: row.email,
    firstName: first_name,
    lastName: last_name,
    fullName: `${first_name} ${last_name}`.trim(),
    ...(group && { customerGroup: { id: group.id, name: group.name ?? '' } }),
    addresses: store.rows(customerAddressSource).rowsOf(row.id).map(savedAddress),
    storeCredit: customerCredit(row.id, { store }),
    shouldEncourageSignIn: false,
  };
}

function savedAddress(
  row: Record<string, unknown> & { readonly id: number },
): Schemas['StorefrontAddress'] & { id: number; type: string } {
  const text = (name: string): string => (typeof row[name] === 'string' ? row[name] : '');
  return {
    id: row.id,
    type: text('address_type'),
    firstName: text('first_name'),
    lastName: text('last_name'),
    email: '',
    company: text('company'),
    address1: text('address1'),
    address2: text('address2'),
    city: text('city'),
    stateOrProvince: text('state_or_province'),
    stateOrProvinceCode: '',
    country: text('country'),
    countryCode: text('country_code'),
    postalCode: text('postal_code'),
    phone: text('phone'),
    customFields: [],
  };
}

function addressOf(row: CartAddressRow): Schemas['StorefrontAddress'] & { countryCode: string } {
  return {
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    company: row.company,
    address1: row.address1,
    address2: row.address2,
    city: row.city,
    stateOrProvince: row.state_or_province,
    stateOrProvinceCode: row.state_or_province_code,
    country: row.country,
    countryCode: row.country_code,
    postalCode: row.postal_code,
    phone: row.phone,
    customFields: row.custom_fields.map(({ field_id, field_value }) => ({
      fieldId: field_id,
      fieldValue: field_value,
    })),
  };
}

function optionOf(option: CartShippingOptionRow): Schemas['StorefrontShippingOption'] {
  return {
    id: option.id,
    type: option.type,
    description: option.description,
    additionalDescription: option.additional_description,
    imageUrl: option.image_url,
    cost: option.cost,
    transitTime: option.transit_time,
  };
}
