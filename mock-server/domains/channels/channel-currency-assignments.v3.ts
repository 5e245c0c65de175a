/**
 * Currencies that a channel offers; a channel without a row has those of the store.
 * Described in openapi/documents/channels/channels.v3.yaml.
 */
import type { ChannelCurrenciesRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { defineResource, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type Handler, type OperationContext } from '../../resources/handler.js';
import { deleteRow, requireRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { currencies } from '../store-currencies/currencies.v2.js';
import { channels, hasChannel } from './channels.v3.js';

type CurrenciesInput = components['schemas']['ChannelCurrenciesInput'];

/** Rows keyed by the channel. */
export const channelCurrencies = defineResource<ChannelCurrenciesRow>(
  'channel-currency-assignments',
  {
    key: ({ channel_id }) => channel_id,
    create: ({ input: { channel_id = 0, enabled_currencies = [], default_currency = '' } }) => ({
      channel_id,
      enabled_currencies,
      default_currency,
    }),
  },
  { keyField: 'channel_id' },
);

/** What a channel offers: its own choice, or else all that the store has enabled. */
export function currenciesOf(channel_id: number, store: Store): ChannelCurrenciesRow {
  const own = store.rows(channelCurrencies).get(channel_id);
  if (own) return own;
  const all = [...store.rows(currencies).values()].filter(({ enabled }) => enabled);
  return {
    channel_id,
    enabled_currencies: all.map(({ currency_code }) => currency_code),
    default_currency: (all.find(({ is_default }) => is_default) ?? all[0])?.currency_code ?? '',
  };
}

/** A currency is gone or off: no channel offers it any longer. */
export function dropCurrency(actor: Actor, code: string): void {
  const rows = actor.store.rows(channelCurrencies);
  for (const row of [...rows.values()]) {
    if (!row.enabled_currencies.includes(code)) continue;
    const enabled_currencies = row.enabled_currencies.filter((each) => each !== code);
    const [first] = enabled_currencies;
    // A channel that has none left has those of the store again (assumed).
    if (first === undefined) rows.delete(row.channel_id);
    else {
      const default_currency = row.default_currency === code ? first : row.default_currency;
      rows.replace({ ...row, enabled_currencies, default_currency });
    }
  }
}

/** @throws UnprocessableError; sentences are documented but for that about the default */
function assign(channel_id: number, input: CurrenciesInput, { store }: Actor): ChannelCurrenciesRow {
  if (!hasChannel(store, channel_id)) {
    throw new UnprocessableError(
      `The following \`channel_id\`s [${String(channel_id)}] are not valid for store ${store.hash}.`,
    );
  }
  const enabled_currencies = [...new Set((input.enabled_currencies ?? []).map((code) => code.toUpperCase()))];
  const default_currency = (input.default_currency ?? '').toUpperCase();
  const known = new Set(
    [...store.rows(currencies).values()].flatMap(({ enabled, currency_code }) => (enabled ? [currency_code] : [])),
  );
  const unknown = enabled_currencies.filter((code) => !known.has(code));
  if (unknown.length > 0) {
    throw invalid(
      'enabled_currencies',
      `The field \`enabled_currencies\` contains the following currencies that have not been enabled [${unknown.join(', ')}]`,
    );
  }
  if (!enabled_currencies.includes(default_currency)) {
    throw invalid(
      'default_currency',
      `The field \`default_currency\` [${default_currency}] is not among the enabled currencies`,
    );
  }
  const rows = store.rows(channelCurrencies);
  const row = { channel_id, enabled_currencies, default_currency };
  if (rows.has(channel_id)) rows.replace(row);
  else rows.insert(row);
  return row;
}

function invalid(field: string, sentence: string): UnprocessableError {
  return new UnprocessableError(`The following fields are invalid: \`${field}\``, { [field]: sentence });
}

const getAllCurrencyAssignments: Handler<'getAllCurrencyAssignments'> = ({ store }) => {
  const shown = [...store.rows(channels).values()].filter(({ status }) => status !== 'deleted');
  return { status: 200, body: { data: shown.map(({ id }) => currenciesOf(id, store)), meta: {} } };
};

type AssignMany = 'createMultipleChannelsCurrencyAssignments' | 'updateMultipleChannelsCurrencyAssignments';

/** All or none (assumed). */
function assignMany(context: OperationContext<AssignMany>): ReturnType<Handler<AssignMany>> {
  const rows = context.body.map(({ channel_id, ...input }) => assign(channel_id, input, context));
  return { status: 200, body: { data: rows, meta: {} } };
}

const getSingleChannelCurrencyAssignments: Handler<'getSingleChannelCurrencyAssignments'> = (context) => {
  const { id } = requireRow(channels, idAt(context, 0), context);
  return { status: 200, body: { data: currenciesOf(id, context.store), meta: {} } };
};

type AssignOne = 'createSingleChannelCurrencyAssignments' | 'updateSingleChannelCurrencyAssignments';

function assignOne(context: OperationContext<AssignOne>): ReturnType<Handler<AssignOne>> {
  return { status: 200, body: { data: assign(idAt(context, 0), context.body, context), meta: {} } };
}

const deleteSingleChannelCurrencyAssignments: Handler<'deleteSingleChannelCurrencyAssignments'> = (context) => {
  const { id } = requireRow(channels, idAt(context, 0), context);
  deleteRow(channelCurrencies, id, context);
  return { status: 200, body: { data: id, meta: {} } };
};

export const channelCurrenciesDomain: Domain = {
  resources: [channelCurrencies],
  handlers: {
    getAllCurrencyAssignments,
    createMultipleChannelsCurrencyAssignments: assignMany,
    updateMultipleChannelsCurrencyAssignments: assignMany,
    getSingleChannelCurrencyAssignments,
    createSingleChannelCurrencyAssignments: assignOne,
    updateSingleChannelCurrencyAssignments: assignOne,
    deleteSingleChannelCurrencyAssignments,
  },
};
