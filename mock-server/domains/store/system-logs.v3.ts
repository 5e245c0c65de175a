/** What the store has logged: what users do in the control panel. Nothing is written by the API. Described in openapi/documents/store/store-logs.v3.yaml. */
import type { SystemLogRow } from '../../../fixtures/index.js';
import { catalogDate } from '../../state/clock.js';
import { listOf } from '../../query/query-values.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Store } from '../../state/store.js';

/** As answers name them; queries have the numbers. */
const SEVERITIES = { 1: 'success', 2: 'notices', 3: 'warnings', 4: 'errors' } as const;

/** Rows keyed by `id`. */
const systemLogs = defineResource<SystemLogRow>('system-logs', {
  create: ({ input, id, at }) => ({
    type: 'general',
    module: '',
    severity: 1,
    summary: '',
    message: '',
    date_created: catalogDate(at),
    ...input,
    id,
  }),
  wire: (row) => ({ ...row, severity: SEVERITIES[row.severity] }),
  filters: {
    module: (value) => {
      const wanted = modulesIn(value);
      return ({ module }) => wanted.includes(module);
    },
    'module:not': (value) => {
      const unwanted = modulesIn(value);
      return ({ module }) => !unwanted.includes(module);
    },
  },
});

/** Writes an entry, on the store's clock. The caller holds a transaction of the store. */
export function logEvent(store: Store, event: Omit<SystemLogRow, 'id' | 'date_created'>): void {
  const rows = store.rows(systemLogs);
  rows.insert({ ...event, id: rows.nextId(), date_created: catalogDate(store.clock.now()) });
}

/** Documented as `order+status`: a query means a blank by that, and a blank is what logs hold (assumed). */
function modulesIn(value: string): string[] {
  return listOf(value.replaceAll('+', ' '));
}

export const systemLogsDomain: Domain = { resources: [systemLogs] };
