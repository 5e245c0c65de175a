/**
 * The regions of one page as a whole. Described in openapi/documents/content/page-widgets.v3.yaml.
 */
import type { PageWidgetsRow } from '../../../fixtures/index.js';
import { UnprocessableError } from '../../errors.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type Handler } from '../../resources/handler.js';
import type { Store } from '../../state/store.js';
import { channels } from '../channels.v3.js';

const DEFAULT_CHANNEL = 1;
/** Documented: no template file stands for the regions that all pages share. */
const ALL_PAGES = '';

type Page = Pick<PageWidgetsRow, 'channel_id' | 'template_file' | 'entity_id'>;

/** Rows keyed by channel, template file and entity. */
const pageWidgets = defineResource<PageWidgetsRow>('page-widgets', {
  key: keyOf,
  create: ({ input }) => ({
    channel_id: DEFAULT_CHANNEL,
    template_file: ALL_PAGES,
    entity_id: '',
    regions: [],
    ...input,
  }),
});

function keyOf({ channel_id, template_file, entity_id }: Page): string {
  return [channel_id, template_file, entity_id].join('\n');
}

function requireChannel({ channel_id }: Page, store: Store): void {
  if (store.rows(channels).has(channel_id)) return;
  throw new UnprocessableError('JSON data is missing or invalid', { channel_id: 'The channel does not exist.' });
}

const getPageWidgets: Handler<'getPageWidgets'> = ({ query, store }) => {
  const page: Page = {
    channel_id: Number(query.get('channel_id') ?? DEFAULT_CHANNEL),
    template_file: query.get('template_file') ?? ALL_PAGES,
    entity_id: query.get('entity_id') ?? '',
  };
  requireChannel(page, store);
  const regions = store.rows(pageWidgets).get(keyOf(page))?.regions ?? [];
  return { status: 200, body: { data: { regions: [...regions] }, meta: {} } };
};

const createPageWidgets: Handler<'createPageWidgets'> = ({ body, store }) => {
  const { regions, template_file = ALL_PAGES, entity_id = '', channel_id = DEFAULT_CHANNEL } = body;
  const row: PageWidgetsRow = { channel_id, template_file, entity_id, regions };
  requireChannel(row, store);
  const rows = store.rows(pageWidgets);
  if (rows.has(keyOf(row))) rows.replace(row);
  else rows.insert(row);
  return emptyAnswer();
};

export const pageWidgetsDomain: Domain = { resources: [pageWidgets], handlers: { getPageWidgets, createPageWidgets } };
