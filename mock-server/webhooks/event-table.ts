/**
 * Which events follow from what a request changed, in the order in which they are told (documented for each change).
 * Whoever wrote the rows, V2, V3 or the storefront, and by whatever operation, makes no difference.
 */
import { cartEvents } from './cart-events.js';
import { catalogEvents } from './catalog-events.js';
import { channelEvents } from './channel-events.js';
import { customerEvents } from './customer-events.js';
import type { EventContext, EventRule, StoreEvent } from './event-rules.js';
import { metafieldEvents } from './metafield-events.js';
import { eventsAfterOrders, eventsBeforeOrders, orderEvents } from './order-events.js';
import { pricingEvents } from './pricing-events.js';
import { settingsEvents } from './settings-events.js';
import { stockEvents } from './stock-events.js';

const before: readonly EventRule[] = [
  ...customerEvents,
  ...channelEvents,
  ...catalogEvents,
  ...cartEvents,
  ...eventsBeforeOrders,
];
const after: readonly EventRule[] = [
  ...eventsAfterOrders,
  ...stockEvents,
  ...pricingEvents,
  ...metafieldEvents,
  ...settingsEvents,
];

function* byRules(rules: readonly EventRule[], context: EventContext): Iterable<StoreEvent> {
  for (const { collection, events } of rules) {
    const changes = context.changes.of(collection);
    if (changes.length > 0) yield* events(changes, context);
  }
}

/** None for what changed nothing that anybody is told of. */
export function* eventsOf(context: EventContext): Iterable<StoreEvent> {
  yield* byRules(before, context);
  yield* orderEvents(context);
  yield* byRules(after, context);
}
