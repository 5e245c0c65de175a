/** Countries and states: rows that nobody changes. Described in openapi/documents/geography/geography.v2.yaml. */
import type { CountryRow, StateRow } from '../../../fixtures/index.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';

/** Rows keyed by `id`, in the order of their numbers. */
export const countries = defineResource<CountryRow>('countries', { create: readOnly });

export const states = defineResource<StateRow>(
  'states',
  { create: readOnly },
  { below: 'countries', parentField: 'country_id' },
);

function readOnly(): never {
  throw new Error('geography has no writes');
}

export const geographyDomain: Domain = { resources: [countries, states] };
