/** The currency of an order made through V2: the store's own, unless the body names another of the store's. */
import { orderDefaults, type OrderRow } from '../../../fixtures/index.js';
import type { Store } from '../../state/store.js';
import { allOf } from '../carts/elsewhere.js';
import { currencies } from '../store-currencies/currencies.v2.js';
import { invalid } from './refusals.js';

type Currency = Pick<
  OrderRow,
  | 'currency_id'
  | 'currency_code'
  | 'default_currency_id'
  | 'default_currency_code'
  | 'store_default_currency_code'
  | 'store_default_to_transactional_exchange_rate'
>;

/** @throws BadRequestError for a currency that the store does not have */
export function currencyOf(code: string | undefined, store: Store): Partial<Currency> {
  const known = allOf(store, currencies);
  const own = known.find(({ is_default }) => is_default);
  const wanted = code ? known.find(({ currency_code }) => currency_code === code.toUpperCase()) : own;
  if (code && !wanted) throw invalid('default_currency_code');
  if (!own || !wanted) return {};
  return {
    currency_id: wanted.id,
    currency_code: wanted.currency_code,
    default_currency_id: wanted.id,
    default_currency_code: wanted.currency_code,
    store_default_currency_code: own.currency_code,
    store_default_to_transactional_exchange_rate: exchangeRate(wanted.currency_code, store).toFixed(10),
  };
}

/** What one unit of the store's own currency is in another; 1 for its own. */
export function exchangeRate(code: string, store: Store): number {
  const currency = allOf(store, currencies).find(({ currency_code }) => currency_code === code);
  return !currency || currency.is_default
    ? Number(orderDefaults.currency_exchange_rate)
    : currency.currency_exchange_rate;
}
