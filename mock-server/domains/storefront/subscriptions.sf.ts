/** Subscribing by e-mail address, on the subscribers of the management API. Described in subscriptions.sf.yaml. */
import type { SubscriberRow } from '../../../fixtures/index.js';
import { UnprocessableError } from '../../errors.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { createRow, updateRow } from '../../resources/write.js';
import { subscribers } from '../customers/subscribers.v3.js';
import { sessionOf } from './session.js';
import { sentBody } from '../carts/sent-body.js';

/** An address that is known already changes its consents; what is not sent of these stays. */
const createSubscription: Handler<'createSubscription'> = (context) => {
  const { store } = context;
  const { email, acceptsMarketingNewsletter, acceptsAbandonedCartEmails } = sentBody(context) ?? {};
  if (!email) throw new UnprocessableError('JSON data is missing or invalid', { email: 'error.path.missing' });
  const rows = store.rows(subscribers);
  const key = rows.keyByUnique('email', email.toLowerCase());
  const current = key === undefined ? undefined : rows.get(key);
  const consents = new Set<SubscriberRow['consents'][number]>(current?.consents);
  set(consents, 'marketing_newsletter', acceptsMarketingNewsletter);
  set(consents, 'abandoned_cart', acceptsAbandonedCartEmails);
  const input = { email, consents: [...consents] };
  const row = current
    ? updateRow(subscribers, current, input, context)
    : createRow(subscribers, { ...input, source: 'storefront', channel_id: 1 }, context);
  return {
    status: 200,
    body: {
      id: row.id,
      email: row.email,
      firstName: row.first_name,
      lastName: row.last_name,
      source: row.source,
      orderId: row.order_id,
      consents: [...row.consents],
    },
    headers: sessionOf(context).headers,
  };
};

function set<Item>(items: Set<Item>, item: Item, isIn: boolean | undefined): void {
  if (isIn === true) items.add(item);
  if (isIn === false) items.delete(item);
}

export const storefrontSubscriptionsDomain: Domain = { resources: [], handlers: { createSubscription } };
