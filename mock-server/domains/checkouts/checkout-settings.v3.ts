/**
 * Scripts and rules of the checkout page: of the store, and of channels that differ.
 * Described in openapi/documents/checkouts/checkouts.v3.yaml.
 */
import type { CheckoutSettingsRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { defineResource, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type Handler, type OperationContext } from '../../resources/handler.js';
import { STORE_WIDE } from '../carts/cart-settings.v3.js';
import { channelSource } from '../carts/elsewhere.js';
import { sentBody } from '../carts/sent-body.js';

type ChannelCheckoutSettings = components['schemas']['ChannelCheckoutSettings'];

/** Rows keyed by `channel_id`. */
export const checkoutSettings = defineResource<CheckoutSettingsRow>(
  'checkout-settings',
  { key: ({ channel_id }) => channel_id, create: ({ input }) => ({ channel_id: STORE_WIDE, ...input }) },
  { keyField: 'channel_id' },
);

const scripts = {
  custom_checkout_script_url: '',
  custom_checkout_sri_hash: '',
  custom_checkout_supports_uco_settings: false,
  custom_order_confirmation_script_url: '',
  custom_order_confirmation_sri_hash: '',
  order_confirmation_use_custom_checkout_script: false,
};

/** What every new store's pages do (assumed). */
const pages: Required<ChannelCheckoutSettings> = {
  ...scripts,
  checkout_type: 'optimized',
  guest_checkout_type: 'enabled',
  guest_checkout_for_existing_accounts: 'allow',
  policy_consent: '',
  order_confirmation_contact_email: '',
  is_order_terms_and_conditions_enabled: false,
  order_terms_and_conditions_type: 'link',
  order_terms_and_conditions_link: '',
  order_terms_and_conditions_textarea: '',
  should_redirect_to_storefront_for_auth: false,
};

const NO_KEY = { channel_id: undefined };

function ownSettings({ store }: Actor, channel_id: number): ChannelCheckoutSettings {
  // The key is no setting: undefined, it is not written.
  return { ...store.rows(checkoutSettings).get(channel_id), ...NO_KEY };
}

function storeSettings(actor: Actor): components['schemas']['CheckoutSettings'] {
  return { ...scripts, ...ownSettings(actor, STORE_WIDE) };
}

/** A channel shows what holds there: its own values over the store's. */
export function channelSettings(actor: Actor, channel_id: number): ChannelCheckoutSettings {
  return { ...pages, ...storeSettings(actor), ...ownSettings(actor, channel_id) };
}

/**
 * Documented: what is sent is laid over what is there, and an order confirmation that uses the script of the checkout has
 * none of its own. A script without a URL brings the default page back.
 */
function keep(actor: Actor, channel_id: number, sent: ChannelCheckoutSettings): void {
  const rows = actor.store.rows(checkoutSettings);
  const own = sent.order_confirmation_use_custom_checkout_script ? { custom_order_confirmation_script_url: '' } : {};
  const row = { ...ownSettings(actor, channel_id), ...sent, ...own, channel_id };
  if (rows.has(channel_id)) rows.replace(row);
  else rows.insert(row);
}

/** 422, as no other status is described for a channel that is not there (assumed). */
function requireChannel(context: OperationContext): number {
  const id = idAt(context, 0);
  if (!context.store.rows(channelSource).has(id)) throw new UnprocessableError('The channel does not exist.');
  return id;
}

const getCheckoutSettings: Handler<'getCheckoutSettings'> = (context) => ({
  status: 200,
  body: { data: storeSettings(context), meta: {} },
});

const updateCheckoutSettings: Handler<'updateCheckoutSettings'> = (context) => {
  keep(context, STORE_WIDE, context.body);
  return { status: 200, body: { data: storeSettings(context), meta: {} } };
};

const getChannelSettings: Handler<'get-channel-checkout-settings'> = (context) => ({
  status: 200,
  body: { data: channelSettings(context, requireChannel(context)), meta: {} },
});

const updateChannelSettings: Handler<'put-channel-checkout-settings'> = (context) => {
  const id = requireChannel(context);
  keep(context, id, sentBody(context) ?? {});
  return { status: 200, body: { data: channelSettings(context, id), meta: {} } };
};

export const checkoutSettingsDomain: Domain = {
  resources: [checkoutSettings],
  handlers: {
    getCheckoutSettings,
    updateCheckoutSettings,
    'get-channel-checkout-settings': getChannelSettings,
    'put-channel-checkout-settings': updateChannelSettings,
  },
};
