/**
 * Connections to carriers: credentials are taken, never tried and never given back.
 * Described in openapi/documents/shipping/shipping.v2.yaml.
 */
import type { CarrierConnectionRow } from '../../../fixtures/index.js';
import { BadRequestError } from '../../errors.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type BytesAnswer, type OperationContext } from '../../resources/handler.js';

/** Rows keyed by the carrier. */
export const carrierConnections = defineResource<CarrierConnectionRow>(
  'carrier-connections',
  {
    key: ({ carrier_id }) => carrier_id,
    create: ({ input }) => ({ carrier_id: input.carrier_id ?? '', connection: input.connection ?? {} }),
  },
  { keyField: 'carrier_id' },
);

/** What carriers must be told, as far as it is documented: of each group one. Others are told whatever they want. */
const REQUIRED: Readonly<Record<string, readonly (readonly [string, ...string[]])[]>> = {
  auspost: [['auth_key'], ['test_mode']],
  // The documents have both spellings.
  endicia: [['account_id'], ['pass_phrase', 'passphrase']],
  fedex: [['key'], ['password'], ['account_number'], ['meter_number']],
  zoom2u: [['auth_key'], ['test_mode']],
};

/** Connecting and changing come to the same. */
function connect({
  body,
  store,
}: OperationContext<'createCarrierConnection' | 'updateCarrierConnection'>): BytesAnswer {
  const { carrier_id, connection } = body;
  if (!carrier_id) throw missing('carrier_id');
  if (!connection) throw missing('connection');
  const lacking = (REQUIRED[carrier_id] ?? []).filter((names) => !names.some((name) => isGiven(connection[name])));
  if (lacking.length > 0) throw missing(lacking.map(([name]) => name).join(', '));
  const rows = store.rows(carrierConnections);
  const row = { carrier_id, connection };
  if (rows.has(carrier_id)) rows.replace(row);
  else rows.insert(row);
  return emptyAnswer();
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** A carrier that is not connected is none afterwards, too (assumed). */
function disconnect({ body, store }: OperationContext<'deleteCarrierConnection'>): BytesAnswer {
  if (!body.carrier_id) throw missing('carrier_id');
  store.rows(carrierConnections).delete(body.carrier_id);
  return emptyAnswer();
}

/** Documented, save for how several are joined. */
function missing(field: string): BadRequestError {
  return new BadRequestError(`Required fields missing [${field}]`);
}

export const carrierConnectionsDomain: Domain = {
  resources: [carrierConnections],
  handlers: {
    createCarrierConnection: connect,
    updateCarrierConnection: connect,
    deleteCarrierConnection: disconnect,
  },
};
