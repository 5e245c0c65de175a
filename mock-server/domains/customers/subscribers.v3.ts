/** Newsletter subscribers, customers or not. Described in openapi/documents/customers/subscribers.v3.yaml. */
import { subscriberDefaults, type SubscriberRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { ConflictError, UnprocessableError } from '../../errors.js';
import { findRows } from '../../resources/actions.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type Handler } from '../../resources/handler.js';
import { deleteRow } from '../../resources/write.js';
import { catalogDate } from '../../state/clock.js';
import { isEmailAddress } from './email-address.js';

type SubscriberInput = components['schemas']['SubscriberInput'];

/** Rows keyed by `id`. */
export const subscribers = defineResource<SubscriberRow, SubscriberInput>('subscribers', {
  // The status is documented, the title assumed.
  unique: {
    email: { text: ({ email }) => email.toLowerCase(), refusal: () => new ConflictError('Subscriber already exists') },
  },
  create: ({ input, id, at }) => ({
    ...subscriberDefaults,
    ...input,
    id,
    date_created: catalogDate(at),
    date_modified: catalogDate(at),
  }),
  check: requireSoundAddress,
});

/** @throws UnprocessableError in words of our own */
function requireSoundAddress({ next }: Change<SubscriberRow, SubscriberInput>): void {
  if (isEmailAddress(next.email)) return;
  throw new UnprocessableError('JSON data is missing or invalid', { email: 'error.email' });
}

/** Documented: without a filter, everyone goes. */
const deleteSubscribers: Handler<'deleteSubscribers'> = (context) => {
  for (const { id } of findRows(context, subscribers, [])) deleteRow(subscribers, id, context);
  return emptyAnswer();
};

export const subscribersDomain: Domain = { resources: [subscribers], handlers: { deleteSubscribers } };
