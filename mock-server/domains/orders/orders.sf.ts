/**
 * An order as the storefront shows it, in camelCase and with numbers. Any order that is not archived is shown: whose
 * session asks is not looked at (a divergence). Described in openapi/documents/storefront/orders.sf.yaml.
 */
import { orderStatus, takenOff, type OrderProductRow, type OrderRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type Handler } from '../../resources/handler.js';
import { requireRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { products } from '../catalog/products.v3.js';
import { productImages } from '../catalog/product-images.v3.js';
import { allOf, cents, currencySource } from '../carts/elsewhere.js';
import { orderCoupons, orderProducts, orderShippingAddresses, orderTaxes } from './order-rows.js';
import { orders } from './orders.v2.js';

type Schemas = components['schemas'];
type StorefrontOrder = Schemas['StorefrontOrder'];

function storefrontOrder(row: OrderRow, store: Store): StorefrontOrder {
  const lines = store.rows(orderProducts).rowsOf(row.id);
  const currency = allOf(store, currencySource).find(({ currency_code }) => currency_code === row.currency_code);
  const decimalPlaces = currency?.decimal_places ?? 2;
  const status = (orderStatus(row.status_id)?.name ?? 'Pending').toUpperCase().replaceAll(' ', '_');
  const digital = lines.filter(({ type }) => type === 'digital');
  const discount = cents(row.discount_amount);
  return {
    orderId: row.id,
    ...(row.cart_id !== null && { cartId: row.cart_id }),
    customerId: String(row.customer_id),
    channelId: row.channel_id,
    // The fourteen names of statuses, in capitals.
    status: status as NonNullable<StorefrontOrder['status']>,
    currency: {
      name: currency?.name ?? row.currency_code,
      code: row.currency_code,
      symbol: currency?.token ?? '$',
      decimalPlaces,
    },
    isTaxIncluded: row.is_tax_inclusive_pricing,
    isComplete: row.status_id !== 0,
    isDownloadable: digital.length > 0,
    hasDigitalItems: digital.length > 0,
    customerCanBeCreated: row.customer_id === 0,
    customerMessage: row.customer_message,
    baseAmount: cents(row.subtotal_ex_tax),
    orderAmount: cents(row.total_inc_tax),
    orderAmountAsInteger: Math.round(row.total_inc_tax * 10 ** decimalPlaces),
    giftWrappingCostTotal: cents(row.wrapping_cost_ex_tax),
    handlingCostTotal: cents(row.handling_cost_ex_tax),
    shippingCostTotal: cents(row.shipping_cost_ex_tax),
    shippingCostBeforeDiscount: cents(row.shipping_cost_ex_tax),
    comparisonShippingCost: cents(row.shipping_cost_ex_tax),
    taxTotal: cents(row.total_tax),
    taxes: taxesOf(row, store),
    discountAmount: discount,
    totalDiscount: cents(row.discount_amount + row.coupon_discount),
    displayDiscountTotal: discount,
    manualDiscountTotal: discount,
    orderBasedAutoDiscountTotal: 0,
    productBasedAutoDiscountTotal: 0,
    productAutoDiscountedSubtotal: cents(row.subtotal_ex_tax),
    coupons: store
      .rows(orderCoupons)
      .rowsOf(row.id)
      .map(({ coupon_id, code, type, discount: discounted }) => ({
        id: String(coupon_id),
        code: code ?? '',
        couponType: String(type),
        displayName: code ?? '',
        discountedAmount: cents(discounted),
      })),
    billingAddress: billingOf(row),
    lineItems: [
      {
        physicalItems: lines.filter(({ type }) => type === 'physical').map((line) => physicalItem(line, store)),
        digitalItems: digital.map((line) => ({
          ...itemFields(line, store),
          discounts: [],
          downloadFileUrls: [],
          downloadPageUrl: '',
          downloadSize: '',
        })),
        giftCertificate: lines
          .filter(({ type }) => type === 'giftcertificate')
          .map(({ name, quantity, price_ex_tax }) => ({
            name,
            quantity,
            isTaxable: false,
            amount: cents(price_ex_tax),
            type: 'giftCertificate',
          })),
      },
    ],
    consignments: { shipping: consignmentsOf(row, lines, store) },
  };
}

function taxesOf(row: OrderRow, store: Store): NonNullable<StorefrontOrder['taxes']> {
  const byName = new Map<string, number>();
  for (const { name, line_amount } of store.rows(orderTaxes).rowsOf(row.id)) {
    byName.set(name, (byName.get(name) ?? 0) + line_amount);
  }
  return [...byName].map(([name, amount]) => ({ name, amount: cents(amount) }));
}

function billingOf({ billing_address: address }: OrderRow): NonNullable<StorefrontOrder['billingAddress']> {
  return {
    firstName: address.first_name,
    lastName: address.last_name,
    email: address.email,
    company: address.company,
    address1: address.street_1,
    address2: address.street_2,
    city: address.city,
    stateOrProvince: address.state,
    stateOrProvinceCode: '',
    country: address.country,
    countryCode: address.country_iso2,
    postalCode: address.zip,
    // Documented as a number in international form, which an empty text is not.
    ...(address.phone !== '' && { phone: address.phone }),
    customFields: [],
  };
}

function itemFields(line: OrderProductRow, store: Store): Schemas['StorefrontOrderItem'] {
  const product = store.rows(products).get(line.product_id);
  const [image] = product ? store.rows(productImages).rowsOf(product.id) : [];
  return {
    id: String(line.id),
    parentId: '',
    productId: line.product_id,
    variantId: line.variant_id,
    name: line.name,
    sku: line.sku,
    brand: line.brand,
    url: product?.custom_url.url ?? '',
    imageUrl: image?.url_thumbnail ?? '',
    type: line.type,
    quantity: line.quantity,
    isTaxable: true,
    listPrice: cents(line.base_price),
    salePrice: cents(line.price_ex_tax),
    extendedListPrice: cents(line.base_total),
    extendedSalePrice: cents(line.total_ex_tax),
    discountAmount: cents(line.total_inc_tax - line.discounted_total_inc_tax),
    couponAmount: cents(takenOff(line).coupons),
    categories: [],
  };
}

function physicalItem(line: OrderProductRow, store: Store): Schemas['StorefrontOrderPhysicalItem'] {
  return {
    ...itemFields(line, store),
    discounts: {},
    addedByPromotion: false,
    isShippingRequired: true,
    ...(line.wrapping_id > 0 && {
      giftWrapping: {
        name: line.wrapping_name ?? '',
        message: line.wrapping_message,
        amount: cents(line.wrapping_cost_ex_tax),
      },
    }),
  };
}

function consignmentsOf(
  row: OrderRow,
  lines: readonly OrderProductRow[],
  store: Store,
): Schemas['StorefrontOrderConsignment'][] {
  return store
    .rows(orderShippingAddresses)
    .rowsOf(row.id)
    .map((address) => ({
      lineItems: lines.filter(({ order_address_id }) => order_address_id === address.id).map(({ id }) => ({ id })),
      shippingAddressId: address.id,
      firstName: address.first_name,
      lastName: address.last_name,
      company: address.company,
      address1: address.street_1,
      address2: address.street_2,
      city: address.city,
      stateOrProvince: address.state,
      postalCode: address.zip,
      country: address.country,
      countryCode: address.country_iso2,
      email: address.email,
      phone: address.phone,
      itemsTotal: address.items_total,
      itemsShipped: address.items_shipped,
      shippingMethod: address.shipping_method,
      baseCost: cents(address.base_cost),
      costExTax: cents(address.cost_ex_tax),
      costIncTax: cents(address.cost_inc_tax),
      costTax: cents(address.cost_tax),
      costTaxClassId: address.cost_tax_class_id,
      shippingCostBeforeDiscount: cents(address.cost_ex_tax),
      comparisonShippingCost: cents(address.cost_ex_tax),
      baseHandlingCost: cents(address.base_handling_cost),
      handlingCostExTax: cents(address.handling_cost_ex_tax),
      handlingCostIncTax: cents(address.handling_cost_inc_tax),
      handlingCostTax: cents(address.handling_cost_tax),
      handlingCostTaxClassId: address.handling_cost_tax_class_id,
      shippingZoneId: address.shipping_zone_id,
      shippingZoneName: address.shipping_zone_name,
      customFields: [],
    }));
}

const getStorefrontOrder: Handler<'getStorefrontOrder'> = (context) => {
  const row = requireRow(orders, idAt(context, 0), context);
  return { status: 200, body: storefrontOrder(row, context.store) };
};

export const storefrontOrdersDomain: Domain = { resources: [], handlers: { getStorefrontOrder } };
