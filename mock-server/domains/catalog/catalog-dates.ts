/** Dates that catalog bodies bring: any ISO 8601 form, kept as the catalog writes dates. One without an offset is UTC (assumed). */
import { catalogDate } from '../../state/clock.js';

/** A date and time as the catalog writes it; undefined when the text is none, or names a day that no calendar has. */
export function readDate(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(text) ?? [];
  // Date.parse takes February 30th for March 1st.
  if (
    year !== undefined &&
    new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() !== Number(day)
  )
    return undefined;
  const instant = Date.parse(/[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text) ? `${text}Z` : text);
  return Number.isNaN(instant) ? undefined : catalogDate(instant);
}
