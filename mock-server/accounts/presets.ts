/** Levels that kinds of tools ask for, ready to be picked. */
import type { Levels } from './scope-table.js';

export interface Preset {
  readonly title: string;
  /** What a tool of the kind does. */
  readonly description: string;
  readonly levels: Levels;
}

/** Everything that a shop takes along when it moves. */
function migration(level: 'read_only' | 'modify'): Levels {
  return {
    content: level,
    customers: level,
    information_settings: level,
    marketing: level,
    orders: level,
    products: level,
    channel_settings: level,
    channel_listings: level,
  };
}

export const presets: Readonly<Record<string, Preset>> = {
  'migration-source': {
    title: 'Migration away from BigCommerce',
    description: 'Reads everything that moves to another platform and changes nothing.',
    levels: migration('read_only'),
  },
  'migration-target': {
    title: 'Migration into BigCommerce',
    description: 'Writes everything that comes from another platform.',
    levels: migration('modify'),
  },
  'reporting-connector': {
    title: 'Reporting connector',
    description: 'Reads products, orders and customers for figures and dashboards.',
    levels: { products: 'read_only', orders: 'read_only', customers: 'read_only' },
  },
};

export function presetOf(name: unknown): Preset | undefined {
  return typeof name === 'string' && Object.hasOwn(presets, name) ? presets[name] : undefined;
}
