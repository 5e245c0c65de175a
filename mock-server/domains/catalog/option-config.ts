/** `config` of options and modifiers: which settings count for which type, and what makes a date sound. */
import type { ModifierRow } from '../../../fixtures/index.js';
import { invalidField } from './invalid-field.js';

type Config = ModifierRow['config'];
type Type = ModifierRow['type'];

const LIST_SETTINGS = [
  'product_list_adjusts_inventory',
  'product_list_adjusts_pricing',
  'product_list_shipping_calc',
] as const;
const TEXT_SETTINGS = ['default_value', 'text_characters_limited', 'text_min_length', 'text_max_length'] as const;

/** Settings by type, as the modifiers document tells them. Types that are not here have none. */
const SETTINGS: { readonly [Name in Type]?: readonly (keyof Config)[] } = {
  date: ['default_value', 'date_limited', 'date_limit_mode', 'date_earliest_value', 'date_latest_value'],
  checkbox: ['checked_by_default', 'checkbox_label'],
  file: ['file_types_mode', 'file_types_supported', 'file_types_other', 'file_max_size'],
  text: TEXT_SETTINGS,
  multi_line_text: [...TEXT_SETTINGS, 'text_lines_limited', 'text_max_lines'],
  numbers_only_text: [
    'default_value',
    'number_limited',
    'number_limit_mode',
    'number_lowest_value',
    'number_highest_value',
    'number_integers_only',
  ],
  product_list: LIST_SETTINGS,
  product_list_with_images: LIST_SETTINGS,
};

/** The settings of a type among those sent and, where none was sent, those stored. Others are dropped (assumed). */
export function configFor(type: Type, sent: Config | undefined, current: Config = {}): Config {
  const names: readonly string[] = SETTINGS[type] ?? [];
  return Object.fromEntries(Object.entries({ ...current, ...sent }).filter(([name]) => names.includes(name)));
}

/** ISO 8601 as ATOM feeds write it. */
const ATOM = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)$/;

/** Bounds that each way of limiting a date needs. */
const BOUNDS = {
  earliest: ['date_earliest_value'],
  latest: ['date_latest_value'],
  range: ['date_earliest_value', 'date_latest_value'],
} as const;

/** @throws UnprocessableError for a date that is missing or no ATOM date: the real store answers 5xx */
export function requireSoundDates(type: Type, config: Config): void {
  if (type !== 'date') return;
  for (const name of ['default_value', 'date_earliest_value', 'date_latest_value'] as const) {
    const date = config[name];
    const isBlankDefault = name === 'default_value' && date === '';
    if (date !== undefined && !isBlankDefault && !isAtomDate(date)) throw notAtom(name);
  }
  if (!config.date_limited) return;
  for (const name of BOUNDS[config.date_limit_mode ?? 'range']) if (config[name] === undefined) throw notAtom(name);
}

function isAtomDate(text: string): boolean {
  return ATOM.test(text) && !Number.isNaN(Date.parse(text));
}

function notAtom(name: keyof Config): ReturnType<typeof invalidField> {
  return invalidField(`config.${name}`, `${name} must be a date such as 2030-01-31T00:00:00+00:00`);
}
