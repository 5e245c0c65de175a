/** An order's lines by how they reach the shopper: a view of its addresses, pickups and lines. */
import { resourceLink, type OrderProductRow, type OrderRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import type { Store } from '../../state/store.js';
import {
  consignmentQuotesLink,
  lineWire,
  orderProducts,
  orderShippingAddresses,
  pickupConsignments,
} from './order-rows.js';
import { without } from './without.js';

type Consignments = components['schemas']['OrderConsignments'];
type LineItems = components['schemas']['OrderConsignmentLineItems'];

/** @param hasLines lines in full rather than as links */
export function consignmentsOf(order: OrderRow, store: Store, hasLines: boolean): Consignments {
  const lines = store.rows(orderProducts).rowsOf(order.id);
  const itemsOf = (belongs: (line: OrderProductRow) => boolean): LineItems =>
    lines
      .filter(belongs)
      .map((line) =>
        hasLines
          ? lineWire(line)
          : resourceLink(order.store_hash, `/orders/${String(order.id)}/products/${String(line.id)}`),
      );
  const recipient_email = order.billing_address.email;
  const downloads = itemsOf(({ type }) => type === 'digital');
  const certificates = itemsOf(({ type }) => type === 'giftcertificate');
  return {
    pickups: store
      .rows(pickupConsignments)
      .rowsOf(order.id)
      .map((pickup) => ({
        ...without(pickup, 'order_id'),
        line_items: itemsOf(({ order_pickup_method_id }) => order_pickup_method_id === pickup.id),
      })),
    shipping: store
      .rows(orderShippingAddresses)
      .rowsOf(order.id)
      .map((address) => ({
        // Amounts are numbers here.
        ...without(address, 'store_hash', 'order_id'),
        line_items: itemsOf(({ order_address_id }) => order_address_id === address.id),
        shipping_quotes: consignmentQuotesLink(address),
      })),
    downloads: downloads.length > 0 ? [{ recipient_email, line_items: downloads }] : [],
    email: { gift_certificates: certificates.length > 0 ? [{ recipient_email, line_items: certificates }] : [] },
  };
}
