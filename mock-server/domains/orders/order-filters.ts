/** Filters of V2 lists whose names are not those of the fields: bounds with `min_` and `max_` in front. */
import type { FilterRule } from '../../resources/define.js';
import { invalid } from './refusals.js';

type Bound = 'min' | 'max';

function holds(difference: number, bound: Bound): boolean {
  return bound === 'min' ? difference >= 0 : difference <= 0;
}

export function numberRule<Name extends string>(field: Name, bound: Bound): FilterRule<Readonly<Record<Name, number>>> {
  return (text) => {
    const wanted = Number(text);
    return (row) => holds(row[field] - wanted, bound);
  };
}

/** Dates are RFC 2822 or ISO 8601. @throws BadRequestError for anything else */
export function dateRule<Name extends string>(field: Name, bound: Bound): FilterRule<Readonly<Record<Name, string>>> {
  return (text) => {
    const date = text.replace(/(T[\d:.]+) (\d\d:?\d\d)$/, '$1+$2');
    const wanted = Date.parse(/^\d{4}-\d\d-\d\dT[\d:.]+$/.test(date) ? `${date}Z` : date);
    if (Number.isNaN(wanted))
      throw invalid(`${bound}_${field}`, `The provided value '${text}' is not a valid RFC-2822 date.`);
    return (row) => row[field] !== '' && holds(Date.parse(row[field]) - wanted, bound);
  };
}

/** Compares texts without regard to case. */
export function textRule<Row>(read: (row: Row) => string | null): FilterRule<Row> {
  return (text) => {
    const wanted = text.toLowerCase();
    return (row) => (read(row) ?? '').toLowerCase() === wanted;
  };
}
