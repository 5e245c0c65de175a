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
  check: requireSoundRate,
  // Updates have no documented 404.
  notFound: (id) => new UnprocessableError(`There is no tax rate ${String(id)}.`, { id: 'unknown' }),
});

/** A class that is not named is not taxed (assumed: documented is that all are named, the example names one). */
function forAllClasses(class_rates: TaxRateRow['class_rates'], store: Store): TaxRateRow['class_rates'] {
  const named = new Set(class_rates.map(({ tax_class_id }) => tax_class_id));
  const others = store.rows(taxClasses).keys.filter((id) => !named.has(Number(id)));
  return [...class_rates, ...others.map((id) => ({ rate: 0, tax_class_id: Number(id) }))];
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
