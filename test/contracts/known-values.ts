/** Values that a client of the small store could not find by listing: ids of its carts, codes of its coupons. */
import type { Target } from '../../contracts/index.js';
import { cartId, storeFixture } from '../../fixtures/index.js';

const { collections } = storeFixture();
/** The first could become an order as it stands; the second has a coupon and a gift certificate. */
const ids = [cartId(1, 1), cartId(1, 2)];
const ready = collections.carts.rows.find(({ id }) => id === ids[0])!;
const [line] = ready.lines;
const coupon = collections.coupons.rows.find(({ type, min_purchase }) => type !== 'promotion' && min_purchase === 0)!;
const certificate = collections['gift-certificates'].rows.find(({ status }) => status === 'active')!;
const [theme] = collections.themes.rows;
const [orderLine] = collections['order-products'].rows;
const payableOrder = collections.orders.rows.find(({ status_id }) => status_id === 0);

/** For parameters of paths and queries. */
export const known: NonNullable<Target['known']> = {
  cart_id: ids,
  cartId: ids,
  checkout_id: ids,
  checkoutId: ids,
  // Of the first cart, which is tried first.
  itemId: line!.id,
  // What an e-mail about an abandoned cart has in its link: the mock takes the cart's id.
  token: ids,
  template_file: 'pages/home',
  provider_id: 'AvaTaxProvider',
  version_uuid: theme!.version_uuid,
  job_id: collections['theme-jobs'].rows[0]!.id,
  deployment_uuid: collections['infrastructure-deployments'].rows[0]!.uuid,
};

/** For properties of bodies. */
export const sendable: Readonly<Record<string, string | number>> = {
  item_id: line!.id,
  itemId: line!.id,
  productId: line!.product_id,
  variantId: line!.variant_id,
  coupon_code: coupon.code,
  couponCode: coupon.code,
  giftCertificateCode: certificate.code,
  shipping_option_id: ready.consignments[0]!.shipping_option!.id,
  shippingOptionId: ready.consignments[0]!.shipping_option!.id,
  currencyCode: ready.currency_code,
  'createCart.code': ready.currency_code,
  'createCart.product_id': line!.product_id,
  'createCart.variant_id': line!.variant_id,
  'addCartLineItems.product_id': line!.product_id,
  'addCartLineItems.variant_id': line!.variant_id,
  'addCheckoutDiscount.id': line!.id,
  'createCartsMetafields.resource_id': ready.id,
  'updateCartsMetafields.id': collections['cart-metafields'].rows[0]!.id,
  'CheckoutsFeesByCheckoutIdPut.id': ready.fees[0]!.id,
  'CheckoutsFeesByCheckoutIdDelete.id': ready.fees[0]!.id,
  'CheckoutsFeesByCheckoutIdDelete.ids[]': ready.fees[0]!.id,
  'post-pickup.order_id': orderLine!.order_id,
  'post-pickup.order_product_id': orderLine!.id,
  'post-pickup.ready_at': '2024-07-01T09:00:00Z',
  'createOrderShipments.order_address_id': orderLine!.order_address_id,
  'createOrderShipments.order_product_id': orderLine!.id,
  'updateOrderShipment.order_address_id': orderLine!.order_address_id,
  'createOrderRefundQuotes.item_id': orderLine!.id,
  'createOrderRefund.item_id': orderLine!.id,
  'createPaymentAccessToken.id': payableOrder!.id,
  'PaymentsPost.payment_method_id': 'stripe.card',
  variation_id: theme!.variations[0]!.uuid,
  'createRedirect.ref': '/contract-check/',
  'createCurrency.currency_code': 'CHF',
  'createBanner.item_id': '35',
  'updateBanner.item_id': '35',
  // Ways to wrap goods have ids that no call lists.
  'createStorefrontCart.id': 1,
  'addCartLineItem.id': 1,
  'updateStorefrontCartLineItem.id': 1,
  'updateCheckoutLineItem.id': 1,
};
