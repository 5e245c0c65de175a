/**
 * Who is told about new orders: for the store, and for channels that have it otherwise.
 * Described in openapi/documents/orders/orders.v3.yaml.
 */
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { namedChannel, settingsGroup } from '../settings/layered-settings.js';
import { orEmpty } from './without.js';

type Schemas = components['schemas'];

interface Recipients {
  readonly order_placed: readonly string[];
  readonly forward_invoice: readonly string[];
}

const settings = settingsGroup<Recipients>('order-settings', {
  order_placed: ['orders@example.com'],
  forward_invoice: [],
});

type Layer = { readonly [Name in keyof Recipients]: readonly string[] | null };

function bodyOf(layer: Layer): Schemas['ChannelOrderSettings'] & { meta: Record<string, never> } {
  const of = (list: readonly string[] | null): { email_addresses: string[] | null } => ({
    email_addresses: list && [...list],
  });
  return {
    notifications: { order_placed: of(layer.order_placed), forward_invoice: of(layer.forward_invoice) },
    meta: {},
  };
}

function ofStore(layer: Recipients): Schemas['OrderSettings'] & { meta: Record<string, never> } {
  return {
    notifications: {
      order_placed: { email_addresses: [...layer.order_placed] },
      forward_invoice: { email_addresses: [...layer.forward_invoice] },
    },
    meta: {},
  };
}

/** The lists that were sent. */
function sentOf({ notifications }: Schemas['ChannelOrderSettings']): Partial<Layer> {
  const { order_placed, forward_invoice } = notifications ?? {};
  return {
    ...(order_placed?.email_addresses !== undefined && { order_placed: order_placed.email_addresses }),
    ...(forward_invoice?.email_addresses !== undefined && { forward_invoice: forward_invoice.email_addresses }),
  };
}

const getGlobalOrderSettings: Handler<'getGlobalOrderSettings'> = ({ store }) => ({
  status: 200,
  body: ofStore(settings.valuesOf(store)),
});

const updateGlobalOrderSettings: Handler<'updateGlobalOrderSettings'> = (context) => {
  settings.write(context, sentOf(orEmpty(context.body)));
  return { status: 200, body: ofStore(settings.valuesOf(context.store)) };
};

const getChannelOrderSettings: Handler<'getChannelOrderSettings'> = (context) => ({
  status: 200,
  body: bodyOf(settings.overridesOf(context.store, namedChannel(context))),
});

/** Documented: both lists, or null for both. */
const updateChannelOrderSettings: Handler<'updateChannelOrderSettings'> = (context) => {
  const channel_id = namedChannel(context);
  const sent = sentOf(orEmpty(context.body));
  const isMixed = (sent.order_placed === null) !== (sent.forward_invoice === null);
  if (isMixed || (sent.order_placed === undefined) !== (sent.forward_invoice === undefined)) {
    const sentence = 'order_placed and forward_invoice must both be lists or both be null';
    throw new UnprocessableError('JSON data is missing or invalid', { notifications: sentence });
  }
  settings.write(context, sent, channel_id);
  return { status: 200, body: bodyOf(settings.overridesOf(context.store, channel_id)) };
};

export const orderSettingsDomain: Domain = {
  resources: [settings.resource],
  handlers: {
    getGlobalOrderSettings,
    updateGlobalOrderSettings,
    getChannelOrderSettings,
    updateChannelOrderSettings,
  },
};
