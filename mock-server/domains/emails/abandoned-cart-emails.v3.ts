/**
 * Reminders of carts that were left behind, of the whole store or of one channel. Described in
 * openapi/documents/marketing/abandoned-cart-emails.v3.yaml.
 */
import {
  abandonedCartEmailDefaults,
  defaultAbandonedCartEmail,
  type AbandonedCartEmailRow,
} from '../../../fixtures/index.js';
import type { BodyError, components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { defineResource } from '../../resources/define.js';
import type { BodyRefusal, Domain } from '../../resources/engine.js';
import type { Handler, OperationContext } from '../../resources/handler.js';
import { createRow } from '../../resources/write.js';
import { namedChannel } from '../settings/layered-settings.js';

type Input = Partial<AbandonedCartEmailRow>;

interface ChannelChoice {
  readonly channel_id: number;
  readonly use_global: boolean;
}

/** Rows keyed by `id`. */
const abandonedCartEmails = defineResource<AbandonedCartEmailRow, Input>('abandoned-cart-emails', {
  index: ['channel_id'],
  create: ({ input, id }) => ({ ...abandonedCartEmailDefaults, ...input, id }),
  wire: ofWire,
});

/** A reminder as answers show it: the query has its channel. */
function ofWire(row: AbandonedCartEmailRow): components['schemas']['AbandonedCartEmail'] & { channel_id?: undefined } {
  return { ...row, channel_id: undefined };
}

/** Whether a channel shares the reminders of the store; one that said nothing does (assumed). */
const abandonedCartEmailSettings = defineResource<ChannelChoice>('abandoned-cart-email-settings', {
  key: ({ channel_id }) => channel_id,
  create: ({ input }) => ({ channel_id: 0, use_global: true, ...input }),
});

/** Sentences in a list, as only this service has them. */
function refusal(sentence: string): UnprocessableError {
  return new UnprocessableError(sentence, null, { extra: { errors: [sentence] } });
}

/** The channel that the query names, 0 for the whole store. @throws UnprocessableError (observed words) */
function channelOf(context: Pick<OperationContext, 'store' | 'query'>): number {
  return namedChannel({ ...context, keys: [] }, { unknownChannel: () => refusal('Unsupported channel ID') });
}

const getAbandonedCartEmailTemplates: Handler<'getAbandonedCartEmailTemplates'> = (context) => {
  const rows = context.store.rows(abandonedCartEmails);
  const found = rows.pick([...rows.keysWhere('channel_id', channelOf(context))]);
  return { status: 200, body: { data: found.map(ofWire), meta: {} } };
};

const createAbandonedCartEmailTemplate: Handler<'createAbandonedCartEmailTemplate'> = (context) => {
  const row = createRow(abandonedCartEmails, { ...context.body, channel_id: channelOf(context) }, context);
  return { status: 200, body: { data: ofWire(row), meta: {} } };
};

const getDefaultAbandonedCartEmailTemplate: Handler<'getDefaultAbandonedCartEmailTemplate'> = () => ({
  status: 200,
  body: defaultAbandonedCartEmail,
});

/** @throws UnprocessableError when no channel is named: the store has nothing to share with */
function requireChannel(context: Pick<OperationContext, 'store' | 'query'>): number {
  const channel_id = channelOf(context);
  if (channel_id === 0) throw refusal('Unsupported channel ID');
  return channel_id;
}

const getAbandonedCartEmailTemplateSettings: Handler<'getAbandonedCartEmailTemplateSettings'> = (context) => {
  const choice = context.store.rows(abandonedCartEmailSettings).get(requireChannel(context));
  return { status: 200, body: { use_global: choice?.use_global ?? true } };
};

/** Without a channel, the first one is meant (assumed: the description lets it be left out). */
const updateAbandonedCartEmailTemplateSettings: Handler<'updateAbandonedCartEmailTemplateSettings'> = (context) => {
  const { use_global } = context.body;
  const row: ChannelChoice = { channel_id: channelOf(context) || 1, use_global };
  const rows = context.store.rows(abandonedCartEmailSettings);
  if (rows.has(row.channel_id)) rows.replace(row);
  else rows.insert(row);
  return { status: 200, body: { use_global } };
};

const bodyRefusal: BodyRefusal = (errors: readonly BodyError[]) => {
  const sentences = errors.map(({ keyword, instancePath, params }) => {
    const path = instancePath.slice(1).replaceAll('/', '.');
    if (keyword === 'required')
      return `${[path, String(params.missingProperty)].filter(Boolean).join('.')} is required`;
    return `${path || 'body'} is invalid`;
  });
  return new UnprocessableError(sentences[0] ?? 'Invalid input', null, { extra: { errors: [...new Set(sentences)] } });
};

export const abandonedCartEmailsDomain: Domain = {
  resources: [abandonedCartEmails, abandonedCartEmailSettings],
  handlers: {
    getAbandonedCartEmailTemplates,
    createAbandonedCartEmailTemplate,
    getDefaultAbandonedCartEmailTemplate,
    getAbandonedCartEmailTemplateSettings,
    updateAbandonedCartEmailTemplateSettings,
  },
  bodyRefusals: {
    createAbandonedCartEmailTemplate: bodyRefusal,
    updateAbandonedCartEmailTemplate: bodyRefusal,
  },
};
