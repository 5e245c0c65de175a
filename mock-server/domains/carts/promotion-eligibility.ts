/**
 * May a promotion act on a cart at all? By its status, dates and uses, and by channel, currency, customer and address of
 * the cart. What must be in the cart is for its rules to say (promotion-rules.ts).
 */
import type { CartRow, PromotionRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import type { Actor } from '../../resources/define.js';
import type { Store } from '../../state/store.js';
import { customers } from '../customers/customers.v3.js';
import { segmentMembers, shopperProfiles } from '../customers/segments.v3.js';
import { orders } from '../orders/orders.v2.js';

type Schemas = components['schemas'];

const COMPLETED = 10;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const WEEK_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

export function isEligible(
  promotion: PromotionRow,
  cart: CartRow,
  { store, at }: Pick<Actor, 'store' | 'at'>,
): boolean {
  const { status, start_date, end_date, max_uses, current_uses, channels, currency_code } = promotion;
  if (status !== 'ENABLED') return false;
  if (Date.parse(start_date) > at || (end_date && Date.parse(end_date) <= at)) return false;
  // Null and 0 are no limit.
  if (max_uses && current_uses >= max_uses) return false;
  if (channels.length > 0 && !channels.some(({ id }) => id === cart.channel_id)) return false;
  if (currency_code !== '*' && currency_code !== cart.currency_code) return false;
  if (promotion.schedule && !isOpen(promotion.schedule, Date.parse(start_date), at)) return false;
  if (promotion.shipping_address && !goesThere(promotion.shipping_address, cart)) return false;
  return !promotion.customer || isForCustomer(promotion.customer, cart.customer_id, store);
}

/** Weeks count from the one that the promotion started in, and times are UTC (assumed). */
function isOpen(schedule: Schemas['PromotionSchedule'], start: number, at: number): boolean {
  const now = new Date(at);
  const today = WEEK_DAYS[now.getUTCDay()];
  if (today === undefined || !schedule.week_days.includes(today)) return false;
  const weeks = Math.round((weekOf(at) - weekOf(Number.isNaN(start) ? at : start)) / WEEK_MS);
  if (weeks % schedule.week_frequency !== 0) return false;
  const time = now.toISOString().slice(11, 19);
  return time >= schedule.daily_start_time && time <= schedule.daily_end_time;
}

/** Midnight of the Sunday that an instant's week began with. */
function weekOf(at: number): number {
  const midnight = Math.floor(at / DAY_MS) * DAY_MS;
  return midnight - new Date(midnight).getUTCDay() * DAY_MS;
}

/** Nobody knows where a cart without a shipping address goes: it is not what is meant (assumed). */
function goesThere({ countries, not }: Schemas['PromotionAddresses'], cart: CartRow): boolean {
  const sentTo = cart.consignments.flatMap(({ address }) => (address ? [address.country_code] : []));
  if (sentTo.length === 0) return false;
  const isIn = (list: Schemas['PromotionCountries']['countries'] = []): boolean =>
    sentTo.some((code) => list.some(({ iso2_country_code }) => iso2_country_code === code));
  return not ? !isIn(not.countries) : isIn(countries);
}

/** Documented: group 0 is guests, and customers without a group. */
function isForCustomer(customer: Schemas['PromotionCustomers'], id: number, store: Store): boolean {
  const { group_ids = [], excluded_group_ids = [], minimum_order_count = 0, segments } = customer;
  if (group_ids.length > 0 || excluded_group_ids.length > 0) {
    const group = store.rows(customers).get(id)?.customer_group_id ?? 0;
    if (group_ids.length > 0 && !group_ids.includes(group)) return false;
    if (excluded_group_ids.includes(group)) return false;
  }
  if (minimum_order_count > 0 && completedOrders(id, store) < minimum_order_count) return false;
  return !segments || isInSegments(segments, id, store);
}

function completedOrders(customer_id: number, store: Store): number {
  if (customer_id === 0) return 0;
  const rows = store.rows(orders);
  return rows.pick(rows.keysWhere('customer_id', customer_id)).filter(({ status_id }) => status_id === COMPLETED)
    .length;
}

function isInSegments({ id, not, and, or }: Schemas['PromotionSegments'], customer: number, store: Store): boolean {
  if (not) return !isInSegments(not, customer, store);
  if (and) return and.every((each) => isInSegments(each, customer, store));
  if (or) return or.some((each) => isInSegments(each, customer, store));
  if (!id) return true;
  const members = store.rows(segmentMembers);
  return store
    .rows(shopperProfiles)
    .rowsOf(customer)
    .some((profile) =>
      members
        .pick(members.keysWhere('shopper_profile_id', profile.id))
        .some(({ segment_id }) => id.includes(segment_id)),
    );
}
