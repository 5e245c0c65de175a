/**
 * Jobs that carry redirects in and out as CSV. A job is done by the time its start is answered, which real ones are
 * not (DIVERGENCES.md); its stream of events still tells of every step.
 * Described in openapi/documents/content/redirects.v3.yaml.
 */
import {
  DEFAULT_SITE_ID,
  redirectCsvHeader,
  uuidOf,
  type RedirectJobRow,
  type RedirectRow,
} from '../../../fixtures/index.js';
import { BadRequestError, ConflictError, NotFoundError, PayloadTooLargeError } from '../../errors.js';
import { defineResource, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { BytesAnswer, Handler, OperationContext } from '../../resources/handler.js';
import type { Store } from '../../state/store.js';
import { eventStream } from '../event-stream.js';
import { domainOfSite, siteOfDomain, targetUrl } from './redirect-targets.js';
import { redirects, saveRedirect, type RedirectInput } from './redirects.v3.js';

/** Documented for imports. */
const MAX_BYTES = 20 * 1024 * 1024;
/** Documented for redirects. */
const MAX_URL_LENGTH = 2048;

/** Rows keyed by `id`, a UUID. */
const redirectJobs = defineResource<RedirectJobRow>('redirect-jobs', {
  key: ({ id }) => id,
  create: ({ input, id, at }) => ({
    type: 'export',
    status: 'complete',
    completed_items: 0,
    failed_items: 0,
    total_items: 0,
    errors: [],
    created_at: new Date(at).toISOString(),
    completed_at: new Date(at).toISOString(),
    csv: '',
    ...input,
    id: input.id ?? String(id),
  }),
  order: (a, b) => (a.created_at < b.created_at ? 1 : a.created_at > b.created_at ? -1 : 0),
  wire: (row) => ({ ...row, csv: undefined }),
});

function keepJob(actor: Actor, fields: Omit<RedirectJobRow, 'id' | 'status' | 'created_at' | 'completed_at'>): string {
  const { store, at } = actor;
  const number = store.nextNumber('redirect-jobs', () => 0);
  const id = uuidOf(`${store.hash}/${String(store.options.seed)}/redirect-jobs/${String(number)}`);
  const date = new Date(at).toISOString();
  store.rows(redirectJobs).insert({ ...fields, id, status: 'complete', created_at: date, completed_at: date });
  return id;
}

const createRedirectExportJob: Handler<'createRedirectExportJob'> = (context) => {
  const { store, body } = context;
  const { site_id, redirect_ids = [], include_dynamic_target_urls = false } = body;
  const rows = [...store.rows(redirects).values()].filter(
    (row) =>
      (site_id === undefined || site_id === null || row.site_id === site_id) &&
      (redirect_ids.length === 0 || redirect_ids.includes(row.id)),
  );
  if (rows.length === 0) throw new ConflictError('There are no redirects to export.');
  const header = include_dynamic_target_urls ? `${redirectCsvHeader},Dynamic Target URL` : redirectCsvHeader;
  const lines = rows.map((row) => {
    const url = include_dynamic_target_urls ? [row.to.type === 'url' ? '' : targetUrl(row, store)] : [];
    return [...cellsOf(row, domainOfSite(row.site_id, store)), ...url].map(quoted).join(',');
  });
  const id = keepJob(context, {
    type: 'export',
    completed_items: rows.length,
    failed_items: 0,
    total_items: rows.length,
    errors: [],
    csv: `${[header, ...lines].join('\n')}\n`,
  });
  return { status: 201, body: { id } };
};

function cellsOf({ from_path, to }: RedirectRow, domain: string): string[] {
  const { type = 'url', url = '', entity_id = 0 } = to;
  if (type === 'url') return [domain, from_path, url, '', ''];
  return [domain, from_path, '', `${type.charAt(0).toUpperCase()}${type.slice(1)}`, String(entity_id)];
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A row that cannot be used counts as failed, and the others are kept (assumed). */
const createRedirectImportJob: Handler<'createRedirectImportJob'> = (context) => {
  const file = context.form?.files.find(({ field }) => field === 'import_file');
  if (!file)
    throw new BadRequestError('Input is invalid', { import_file: 'A file part named import_file is required.' });
  if (file.bytes.length > MAX_BYTES) throw new PayloadTooLargeError('The file has to be 20 MB at most.');
  const [header = '', ...lines] = file.bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  if (!header.trim().startsWith(redirectCsvHeader)) {
    throw new BadRequestError('Input is invalid', { import_file: `The first line has to be: ${redirectCsvHeader}` });
  }
  const filled = lines.map((line, index) => ({ line, row: index + 2 })).filter(({ line }) => line.trim() !== '');
  const errors = filled.flatMap(({ line, row }) => {
    const input = redirectOfLine(line, context.store);
    if (typeof input === 'string') return [{ row, message: input }];
    saveRedirect(input, context);
    return [];
  });
  const id = keepJob(context, {
    type: 'import',
    completed_items: filled.length - errors.length,
    failed_items: errors.length,
    total_items: filled.length,
    errors,
    csv: `${redirectCsvHeader}\n`,
  });
  return { status: 201, body: { id } };
};

/** What a line asks for, or why it cannot be had. Without a domain, the first site is meant (assumed). */
function redirectOfLine(line: string, store: Store): (RedirectInput & { from_path: string; site_id: number }) | string {
  const [domain = '', from_path = '', url = '', kind = '', target = ''] = splitCells(line);
  const site_id = domain === '' ? DEFAULT_SITE_ID : siteOfDomain(domain, store);
  if (site_id === undefined) return 'No site has the domain of the row.';
  if (from_path === '') return 'The row has no path.';
  if (url.length > MAX_URL_LENGTH) return 'The URL of the row is too long.';
  if (url !== '') return { from_path, site_id, to: { type: 'url', url } };
  const type = (['product', 'brand', 'category', 'page', 'post'] as const).find((name) => name === kind.toLowerCase());
  if (!type || !/^\d+$/.test(target)) return 'The row has no target.';
  return { from_path, site_id, to: { type, entity_id: Number(target) } };
}

function splitCells(line: string): string[] {
  const cells = line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? [];
  return cells.map((cell) => {
    const text = cell.replace(/,$/, '').trim();
    return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
  });
}

/** The job of a path; streams and files do not ask of which type it is (assumed). @throws NotFoundError */
function requireJob({ store, keys }: Pick<OperationContext, 'store' | 'keys'>): RedirectJobRow {
  const job = store.rows(redirectJobs).get(String(keys[0]));
  if (!job) throw new NotFoundError('The requested redirect job was not found.');
  return job;
}

/** Every step of a job at once, as one message each. */
function eventsOf(type: RedirectJobRow['type']) {
  return (context: Pick<OperationContext, 'store' | 'keys'>): BytesAnswer => {
    const job = requireJob(context);
    const { id: job_id, completed_items, failed_items, total_items, errors } = job;
    const isImport = type === 'import';
    const steps = [
      { job_id, status: 'new', completed_items: 0, ...(isImport && { failed_items: 0 }), total_items },
      { job_id, status: 'working', completed_items: 0, ...(isImport && { failed_items: 0 }), total_items },
      {
        job_id,
        status: job.status,
        completed_items,
        ...(isImport && { failed_items }),
        total_items,
        ...(isImport && { errors }),
      },
    ];
    return eventStream(steps);
  };
}

const getRedirectExportDownload: Handler<'getRedirectExportDownload'> = (context) => ({
  status: 200,
  bytes: requireJob(context).csv,
  headers: { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="redirects.csv"' },
});

export const redirectJobsDomain: Domain = {
  resources: [redirectJobs],
  handlers: {
    createRedirectExportJob,
    createRedirectImportJob,
    getRedirectExportEvents: eventsOf('export'),
    getRedirectImportEvents: eventsOf('import'),
    getRedirectExportDownload,
  },
};
