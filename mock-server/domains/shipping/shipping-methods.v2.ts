/** Shipping methods of zones. Described in openapi/documents/shipping/shipping.v2.yaml. */
import { shippingMethodDefaults, type ShippingMethodRow } from '../../../fixtures/index.js';
import { BadRequestError } from '../../errors.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { BodyOf } from '../../resources/handler.js';
import type { Store } from '../../state/store.js';
import { channels } from '../channels/channels.v3.js';

type MethodInput = BodyOf<'createShippingMethod'>;

/**
 * Rows keyed by `id`, below their zones. A carrier need not be connected for a method of it, and channels are not looked
 * up: nothing says that unknown ones are refused.
 */
export const shippingMethods = defineResource<ShippingMethodRow, MethodInput>(
  'shipping-methods',
  {
    create: ({ input, id, store }) => {
      const row = withFields({ ...shippingMethodDefaults, id, channel_ids: allChannels(store) }, input);
      return { ...row, name: row.name || row.type };
    },
    merge: ({ current, input }) => withFields(current, input),
  },
  { below: 'shipping-zones' },
);

function allChannels(store: Store): number[] {
  return [...store.rows(channels).values()].flatMap(({ id, status }) => (status === 'deleted' ? [] : [id]));
}

/** Settings are replaced as a whole (assumed): what there is to set depends on the type. */
function withFields(row: ShippingMethodRow, input: MethodInput): ShippingMethodRow {
  const { handling_fees, ...fields } = input;
  return { ...row, ...fields, handling_fees: handling_fees ? feesOf(handling_fees) : row.handling_fees };
}

/** A fixed fee or a percentage; without either a fixed one of nothing. */
function feesOf(sent: NonNullable<MethodInput['handling_fees']>): NonNullable<ShippingMethodRow['handling_fees']> {
  const name = sent.percentage_surcharge === undefined ? 'fixed_surcharge' : 'percentage_surcharge';
  const amount = Number(sent[name] ?? 0);
  if (!Number.isFinite(amount) || amount < 0) throw new BadRequestError(`The field '${name}' is invalid.`);
  return name === 'fixed_surcharge' ? { fixed_surcharge: amount } : { percentage_surcharge: amount };
}

export const shippingMethodsDomain: Domain = { resources: [shippingMethods] };
