/**
 * Pages as V2 shows them: the rows of pages.v3.ts, with the body always there and more about their looks.
 * Described in openapi/documents/content/store-content.v2.yaml.
 */
import type { PageRow } from '../../../fixtures/index.js';
import { BadRequestError, PayloadTooLargeError } from '../../errors.js';
import { rowAnswer } from '../../resources/answers.js';
import { defineView } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type Handler } from '../../resources/handler.js';
import { createRow, requireRow, updateRow } from '../../resources/write.js';
import { actionOf } from './view-actions.js';
import { isWithoutUrl, pageRules, pages } from './pages.v3.js';

/** The same rows as `pages`, save for the page of the blog, which V2 does not know (assumed). */
const pagesV2 = defineView(
  pages,
  {
    ...pageRules({
      missing: (field) => new BadRequestError(`The required field '${field}' was not supplied.`),
      invalid: (field, invalid_reason) => new BadRequestError(`The field '${field}' is invalid.`, { invalid_reason }),
    }),
    wire: asPageV2,
    visible: ({ type }) => type !== 'blog',
    includes: {},
  },
  'id',
);

function asPageV2({ link, content_type, email, contact_fields, ...row }: PageRow): object {
  switch (row.type) {
    case 'link':
      return { ...row, link };
    case 'raw':
      return { ...row, content_type };
    case 'contact_form':
      return { ...row, email, contact_fields };
    default:
      return row;
  }
}

/** Documented. */
const MAX_BYTES = 1024 * 1024;

/** @throws PayloadTooLargeError (assumed words) */
function requireSmall(body: unknown): void {
  if (Buffer.byteLength(JSON.stringify(body ?? {})) <= MAX_BYTES) return;
  throw new PayloadTooLargeError('The request payload is too large. A page can have 1 MB at most.');
}

const createPage: Handler<'createPage'> = (context) => {
  requireSmall(context.body);
  const row = createRow(pagesV2, context.body, context);
  return rowAnswer(context, pagesV2, row, { status: isWithoutUrl(context.body, row) ? 207 : 200, isWrite: true });
};

const updatePageV2: Handler<'updatePageV2'> = (context) => {
  requireSmall(context.body);
  const current = requireRow(pagesV2, idAt(context, 0), context);
  // The body may be left out altogether.
  const input = { ...context.body };
  if (input.channel_id !== undefined && input.channel_id !== current.channel_id) {
    // Documented: a page stays in its channel.
    throw new BadRequestError("The field 'channel_id' is invalid.", {
      invalid_reason: 'The channel of a page cannot be changed.',
    });
  }
  const row = updateRow(pagesV2, current, input, context);
  return rowAnswer(context, pagesV2, row, { status: isWithoutUrl(input, row) ? 207 : 200, isWrite: true });
};

export const pagesV2Domain: Domain = {
  resources: [],
  handlers: {
    getPagesV2: actionOf('list', pagesV2),
    getPageV2: actionOf('get', pagesV2),
    createPage,
    updatePageV2,
    deletePageV2: actionOf('delete', pagesV2),
  },
};
