/**
 * Tax rates of zones, by tax class. Described in openapi/documents/tax/tax-rates-zones.v3.yaml.
 */
import { taxRateDefaults, type TaxRateRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Store } from '../../state/store.js';
import { taxClasses } from './tax-classes.v3.js';
import { taxZones } from './tax-zones.v3.js';

type TaxRateInput = components['schemas']['TaxRateInput'];

/** Rows keyed by `id`; those of a zone are found by an index. */
export const taxRates = defineResource<TaxRateRow, TaxRateInput>('tax-rates', {
  title: 'tax rate',
  index: ['tax_zone_id'],
  create: ({ input, id, store }) => {
    const { name = '', tax_zone_id = 0, class_rates = [] } = input;
    return { ...taxRateDefaults, ...input, id, name, tax_zone_id, class_rates: forAllClasses(class_rates, store) };
  },
  merge: ({ current, input, store }) => {
    const { class_rates = current.class_rates } = input;
    return { ...current, ...input, class_rates: forAllClasses(class_rates, store) };
  },
  check: requireSoundRate,
  // Updates have no documented 404.
  notFound: (id) => new UnprocessableError(`There is no tax rate ${String(id)}.`, { id: 'unknown' }),
});

type ClassRates = TaxRateRow['class_rates'];

/** A class that is not named is not taxed (assumed: documented is that all are named, the example names one). */
function forAllClasses(class_rates: ClassRates, store: Store): ClassRates {
  const named = new Set(class_rates.map(({ tax_class_id }) => tax_class_id));
  const others = store.rows(taxClasses).keys.filter((id) => !named.has(Number(id)));
  return [...class_rates, ...others.map((id) => ({ rate: 0, tax_class_id: Number(id) }))];
}

/** Every rate has one for a new class, too: none at first (assumed). */
export function addClassToRates(tax_class_id: number, store: Store): void {
  changeClassRates(store, (class_rates) => [...class_rates, { rate: 0, tax_class_id }]);
}

export function dropClassFromRates(id: number, store: Store): void {
  changeClassRates(store, (class_rates) => class_rates.filter(({ tax_class_id }) => tax_class_id !== id));
}

function changeClassRates(store: Store, change: (class_rates: ClassRates) => ClassRates): void {
  const rows = store.rows(taxRates);
  for (const row of [...rows.values()]) rows.replace({ ...row, class_rates: change(row.class_rates) });
}

/** References and ranges; the sentences are assumed. */
function requireSoundRate({ next, input, store }: Change<TaxRateRow, TaxRateInput>): void {
  if (next.name.trim() === '') throw new UnprocessableError('A tax rate needs a name.', { name: 'error.minLength' });
  if (!store.rows(taxZones).has(next.tax_zone_id)) {
    throw new UnprocessableError(`There is no tax zone ${String(next.tax_zone_id)}.`, { tax_zone_id: 'unknown' });
  }
  for (const { rate = 0, tax_class_id = 0 } of input.class_rates ?? []) {
    if (!store.rows(taxClasses).has(tax_class_id)) {
      throw new UnprocessableError(`There is no tax class ${String(tax_class_id)}.`, { class_rates: 'unknown' });
    }
    if (rate < 0) throw new UnprocessableError('A tax rate is not below zero.', { class_rates: 'error.min' });
  }
}

export const taxRatesDomain: Domain = { resources: [taxRates] };
