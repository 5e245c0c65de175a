/**
 * Texts of the e-mails that a store sends by itself: a fixed set, which the store and its channels may word otherwise.
 * Described in openapi/documents/marketing/email-templates.v3.yaml.
 */
import { emailTemplates as original, type EmailTemplateRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError, NotFoundError, UnprocessableError } from '../../errors.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler, OperationContext } from '../../resources/handler.js';
import type { Store } from '../../state/store.js';
import { namedChannel } from '../settings/layered-settings.js';

type EmailTemplate = components['schemas']['EmailTemplate'];

/** Stands for the whole store. */
const STORE = 0;

/** Texts that somebody wrote, by channel and type. */
const emailTemplates = defineResource<EmailTemplateRow>('email-templates', {
  key: keyOf,
  create: ({ input }) => ({ ...(original[0] as EmailTemplateRow), ...input }),
});

function keyOf({ channel_id, type_id }: Pick<EmailTemplateRow, 'channel_id' | 'type_id'>): string {
  return `${String(channel_id)} ${type_id}`;
}

/** What holds on a channel: its own text, that of the store, or the one it came with. */
function templateOf(
  store: Store,
  channel_id: number,
  base: EmailTemplateRow,
): EmailTemplate & { channel_id?: undefined } {
  const rows = store.rows(emailTemplates);
  const { type_id } = base;
  const template = rows.get(keyOf({ channel_id, type_id })) ?? rows.get(keyOf({ channel_id: STORE, type_id })) ?? base;
  return { ...template, channel_id: undefined };
}

type Place = Pick<OperationContext, 'store' | 'query'>;

function channelOf(context: Place): number {
  return namedChannel({ ...context, keys: [] });
}

/** @throws NotFoundError for a name that is none of the set */
function requireBase({ keys }: Pick<OperationContext, 'keys'>): EmailTemplateRow {
  const base = original.find(({ type_id }) => type_id === keys[0]);
  if (!base) throw new NotFoundError('The requested e-mail template was not found.');
  return base;
}

const getEmailTemplates: Handler<'getEmailTemplates'> = (context) => {
  const channel_id = channelOf(context);
  return { status: 200, body: { data: original.map((base) => templateOf(context.store, channel_id, base)), meta: {} } };
};

const getEmailTemplate: Handler<'getEmailTemplate'> = (context) => {
  const base = requireBase(context);
  return { status: 200, body: { data: templateOf(context.store, channelOf(context), base), meta: {} } };
};

const updateEmailTemplate: Handler<'updateEmailTemplate'> = (context) => {
  const base = requireBase(context);
  const channel_id = channelOf(context);
  const { body: input } = context;
  if (input.body === '') throw new BadRequestError('Input is invalid', { body: 'A text is needed.' });
  // The path says which it is, whatever the body does (assumed).
  const { type_id } = base;
  const row: EmailTemplateRow = {
    ...base,
    ...templateOf(context.store, channel_id, base),
    ...input,
    type_id,
    channel_id,
  };
  const rows = context.store.rows(emailTemplates);
  if (rows.has(keyOf(row))) rows.replace(row);
  else rows.insert(row);
  return { status: 200, body: { data: templateOf(context.store, channel_id, base), meta: {} } };
};

/** @throws NotFoundError when the channel has no text of its own */
const deleteEmailTemplateOverride: Handler<'deleteEmailTemplateOverride'> = (context) => {
  const { type_id } = requireBase(context);
  const channel_id = channelOf(context);
  if (channel_id === STORE) {
    throw new UnprocessableError('JSON data is missing or invalid', { channel_id: 'A channel has to be named.' });
  }
  const removed = context.store.rows(emailTemplates).delete(keyOf({ channel_id, type_id }));
  if (!removed) throw new NotFoundError('The channel has no e-mail template of its own.');
  return { status: 200, bytes: undefined };
};

export const emailTemplatesDomain: Domain = {
  resources: [emailTemplates],
  handlers: { getEmailTemplates, getEmailTemplate, updateEmailTemplate, deleteEmailTemplateOverride },
};
