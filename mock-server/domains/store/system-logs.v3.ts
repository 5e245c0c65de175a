/** What the store has logged; nothing is written by the API. Described in openapi/documents/store/store-logs.v3.yaml. */
import type { SystemLogRow } from '../../../fixtures/index.js';
import { catalogDate } from '../../state/clock.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';

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
});

export const systemLogsDomain: Domain = { resources: [systemLogs] };
