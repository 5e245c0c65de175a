/** How the marketing resources of V2 refuse a field, and how they read dates and amounts. */
import { isoOfV2Date } from '../../../fixtures/index.js';
import { BadRequestError } from '../../errors.js';

export function invalidField(field: string, invalid_reason?: string): BadRequestError {
  return new BadRequestError(
    `The field '${field}' is invalid.`,
    invalid_reason === undefined ? {} : { invalid_reason },
  );
}

/** An ISO date. @throws BadRequestError for a text that is no date (observed) */
export function dateOf(field: string, text: string): string {
  if (text === '' || text === '0') return '';
  const date = /^\d{5,12}$/.test(text) ? isoOfV2Date(new Date(Number(text) * 1000).toISOString()) : isoOfV2Date(text);
  if (date !== undefined) return date;
  throw invalidField(field, `The provided value '${text.slice(0, 100)}' is not a valid RFC-2822 date.`);
}

/** @throws BadRequestError for what is no amount, or one below zero */
export function amountOf(field: string, value: string | number): number {
  const amount = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  if (amount >= 0 && Number.isFinite(amount)) return amount;
  throw invalidField(field);
}

/** Seconds since the Unix epoch, in digits; `0` where there is no date. */
export function unixText(date: string): string {
  return date === '' ? '0' : String(Math.floor(Date.parse(date) / 1000));
}
