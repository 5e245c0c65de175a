/**
 * Currencies of a store: what /v2/currencies does beyond keeping rows.
 * Described in openapi/documents/store/currencies.v2.yaml.
 */
import { currencyDefaults, v2Date, type CurrencyRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError, ConflictError } from '../../errors.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type Handler } from '../../resources/handler.js';
import { deleteRow } from '../../resources/write.js';
import { catalogDate } from '../../state/clock.js';
import { dropCurrency } from '../channels/channel-currency-assignments.v3.js';

type CurrencyInput = components['schemas']['CurrencyInput'] & { readonly currency_code?: string };

/** Rows keyed by `id`. */
export const currencies = defineResource<CurrencyRow, CurrencyInput>('currencies', {
  unique: { code: { text: ({ currency_code }) => currency_code.toUpperCase(), refusal: duplicate } },
  create: ({ input, id, at }) => ({
    ...currencyDefaults,
    ...fieldsOf(input),
    id,
    currency_code: (input.currency_code ?? '').toUpperCase(),
    last_updated: catalogDate(at),
  }),
  // The code of a currency is not to be written again: the engine refuses it before.
  merge: ({ current, input, at }) => ({ ...current, ...fieldsOf(input), last_updated: catalogDate(at) }),
  check: requireSound,
  created: settleDefault,
  updated: settleDefault,
  requireDeletable: ({ is_default }) => {
    if (is_default) throw new BadRequestError('The default currency cannot be deleted.');
  },
  deleted: ({ currency_code }, actor) => {
    dropCurrency(actor, currency_code);
  },
  wire: (row) => ({
    ...row,
    currency_exchange_rate: row.currency_exchange_rate.toFixed(10),
    last_updated: v2Date(row.last_updated),
  }),
});

function fieldsOf(input: CurrencyInput): Partial<CurrencyRow> {
  const { currency_exchange_rate, ...fields } = input;
  return currency_exchange_rate === undefined
    ? fields
    : { ...fields, currency_exchange_rate: Number(currency_exchange_rate) };
}

/** The status is assumed, and so is the sentence. */
function duplicate({ currency_code }: CurrencyRow): ConflictError {
  return new ConflictError(`The currency ${currency_code} exists already.`);
}

/**
 * The default is changed by making another one the default (documented; the status is assumed), and that one has to be
 * turned on (assumed).
 */
function requireSound({ next, current, input }: Change<CurrencyRow, CurrencyInput>): void {
  if (current?.is_default && input.is_default === false) {
    throw new BadRequestError("The field 'is_default' is invalid.", {
      invalid_reason: 'Another currency must become the default instead.',
    });
  }
  if (next.is_default && !next.enabled) {
    throw new BadRequestError("The field 'enabled' is invalid.", {
      invalid_reason: 'The default currency cannot be turned off.',
    });
  }
  if (!/^[A-Z]{3}$/.test(next.currency_code)) throw new BadRequestError("The field 'currency_code' is invalid.");
  if (!(next.currency_exchange_rate > 0)) throw new BadRequestError("The field 'currency_exchange_rate' is invalid.");
}

/** There is one default; a currency that was turned off leaves the channels. */
function settleDefault(change: Change<CurrencyRow, CurrencyInput>): void {
  const { next, current, store } = change;
  const rows = store.rows(currencies);
  if (next.is_default && !current?.is_default) {
    for (const other of [...rows.values()]) {
      if (other.is_default && other.id !== next.id) rows.replace({ ...other, is_default: false });
    }
  }
  if (current?.enabled && !next.enabled) dropCurrency(change, next.currency_code);
}

/** All but the default (documented). */
const deleteCurrencies: Handler<'deleteCurrencies'> = (context) => {
  for (const { id, is_default } of [...context.store.rows(currencies).values()]) {
    if (!is_default) deleteRow(currencies, id, context);
  }
  return emptyAnswer();
};

export const currenciesDomain: Domain = { resources: [currencies], handlers: { deleteCurrencies } };
