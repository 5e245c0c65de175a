/**
 * What tax goods of a class bear in a zone, and how much of a price is tax where prices are entered with it: what the
 * documented settings `tax_entered_with_prices`, `should_subtract_store_tax` and `store_tax_zone_id` do.
 */
import { taxSettingsDefaults } from '../../../fixtures/index.js';
import type { Store } from '../../state/store.js';
import { taxRates } from './tax-rates.v3.js';
import { taxSettings } from './tax-settings.v3.js';

/** A tax with its share of an amount without tax, such as 0.04. */
export interface TaxShare {
  readonly name: string;
  readonly rate: number;
}

export interface ClassTax {
  readonly shares: readonly TaxShare[];
  /** The share of tax, of an amount without it, that is in a price as it was entered: 0 where prices are without tax. */
  readonly held: number;
}

export const UNTAXED: ClassTax = { shares: [], held: 0 };

export function hasPricesWithTax(store: Store): boolean {
  return settingsOf(store).tax_entered_with_prices;
}

/** @param otherwise the class that counts where a rate knows nothing of the first */
export function classTaxIn(zone: number, tax_class_id: number, store: Store, otherwise?: number): ClassTax {
  const shares = sharesIn(zone, tax_class_id, store, otherwise);
  return { shares, held: heldShare(tax_class_id, total(shares), store, otherwise) };
}

/**
 * The tax in a price is that of the store's own zone, so that all shoppers pay the same without tax; or else that of the
 * shopper, so that all pay the same with it.
 * @param shopperShare what the shopper is taxed, of an amount without tax
 */
export function heldShare(tax_class_id: number, shopperShare: number, store: Store, otherwise?: number): number {
  const { tax_entered_with_prices, should_subtract_store_tax, store_tax_zone_id } = settingsOf(store);
  if (!tax_entered_with_prices) return 0;
  return should_subtract_store_tax ? total(sharesIn(store_tax_zone_id, tax_class_id, store, otherwise)) : shopperShare;
}

/** A price as it was entered, without tax and with the shopper's; not rounded. */
export function splitPrice(price: number, { shares, held }: ClassTax): { readonly ex: number; readonly inc: number } {
  const ex = price / (1 + held);
  return { ex, inc: ex * (1 + total(shares)) };
}

/**
 * Shares of an amount without tax by rates in percent, in the order of their priorities: a later priority is charged on
 * what the earlier ones came to, equal ones stand side by side.
 */
export function compoundShares(rates: readonly { readonly rate: number; readonly priority: number }[]): number[] {
  let base = 1;
  let grown = 1;
  let current: number | undefined;
  return rates.map(({ rate, priority }) => {
    if (priority !== current) base = grown;
    current = priority;
    const share = (base * rate) / 100;
    grown += share;
    return share;
  });
}

function sharesIn(zone: number, tax_class_id: number, store: Store, otherwise?: number): TaxShare[] {
  const rows = store.rows(taxRates);
  const rates = rows
    .pick([...rows.keysWhere('tax_zone_id', zone)])
    .filter(({ enabled }) => enabled)
    .map(({ name, priority, class_rates }) => {
      const of = (id: number | undefined): number | undefined =>
        class_rates.find((each) => each.tax_class_id === id)?.rate;
      return { name, priority, rate: of(tax_class_id) ?? of(otherwise) ?? 0 };
    })
    .filter(({ rate }) => rate > 0)
    .sort((a, b) => a.priority - b.priority);
  const shares = compoundShares(rates);
  return rates.map(({ name }, place) => ({ name, rate: shares[place] ?? 0 }));
}

function total(shares: readonly TaxShare[]): number {
  return shares.reduce((sum, { rate }) => sum + rate, 0);
}

function settingsOf(store: Store): typeof taxSettingsDefaults {
  return store.rows(taxSettings).get(1) ?? taxSettingsDefaults;
}
