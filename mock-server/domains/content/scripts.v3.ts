/**
 * Scripts that apps add to the storefront; each app sees its own. Described in
 * openapi/documents/content/scripts.v3.yaml.
 */
import { scriptDefaults, uuidOf, type ScriptRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { ForbiddenError, UnprocessableError } from '../../errors.js';
import { defineResource, type Actor, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { channels } from '../channels.v3.js';

/** Documented. */
const MAX_PER_CHANNEL = 50;
const MAX_INTEGRITY_HASHES = 5;
const CHECKOUT_SCOPE = 'store_content_checkout';

type ScriptInput = components['schemas']['ScriptInput'];

/** Rows keyed by `uuid`. */
export const scripts = defineResource<ScriptRow, ScriptInput>(
  'scripts',
  {
    key: ({ uuid }) => uuid,
    create: ({ input, store, account, at }) => {
      const number = store.nextNumber('scripts', () => 0);
      const date = new Date(at).toISOString();
      return {
        ...scriptDefaults,
        ...input,
        uuid: uuidOf(`${store.hash}/${String(store.options.seed)}/scripts/${String(number)}`),
        api_client_id: account.client_id,
        date_created: date,
        date_modified: date,
      };
    },
    merge: ({ current, input, at }) => ({
      ...current,
      ...input,
      api_client_id: current.api_client_id,
      date_modified: new Date(at).toISOString(),
    }),
    check: (change) => {
      requireCheckoutScope(change.next, change);
      requireSoundScript(change);
    },
    visible: ({ api_client_id }, { account }) => api_client_id === account.client_id,
    order: (a, b) => (a.date_created < b.date_created ? -1 : a.date_created > b.date_created ? 1 : 0),
    wire: asScript,
  },
  { keyField: 'uuid' },
);

/** Only one of `src` and `html` is shown: the one that the kind has. */
function asScript({ src, html, ...row }: ScriptRow): object {
  return row.kind === 'src' ? { ...row, src } : { ...row, html };
}

/** Documented: on pages of the checkout a scope of its own is needed. */
function requireCheckoutScope({ visibility }: ScriptRow, { account }: Pick<Actor, 'account'>): void {
  const isOnCheckout = visibility === 'checkout' || visibility === 'all_pages';
  if (!isOnCheckout || account.scopes.has(CHECKOUT_SCOPE)) return;
  throw new ForbiddenError("You don't have a required scope to access the endpoint");
}

/** @throws UnprocessableError for a script that is neither a source nor a tag, or both (assumed words) */
function requireSoundScript({ next, current, input, store }: Change<ScriptRow, ScriptInput>): void {
  const [needed, other] = next.kind === 'src' ? (['src', 'html'] as const) : (['html', 'src'] as const);
  if (input[other] !== undefined && input[other] !== '') {
    throw refusal(other, `A script of the kind ${next.kind} has no ${other}.`);
  }
  // An empty tag is let pass: the documented example of a tag is one.
  if (next.kind === 'src' ? next.src === '' : !current && input.html === undefined) {
    throw refusal(needed, `A script of the kind ${next.kind} needs ${needed}.`);
  }
  if (next.kind === 'script_tag' && next.html !== '' && next.html.match(/<script\b/gi)?.length !== 1) {
    throw refusal('html', 'Exactly one script tag is needed.');
  }
  if (next.kind === 'script_tag' && next.load_method !== 'default') {
    throw refusal('load_method', 'A script tag is loaded by default.');
  }
  if (next.integrity_hashes.length > MAX_INTEGRITY_HASHES) {
    throw refusal('integrity_hashes', `A script can have at most ${String(MAX_INTEGRITY_HASHES)} hashes.`);
  }
  if (next.channel_id !== current?.channel_id) {
    if (!store.rows(channels).has(next.channel_id)) throw refusal('channel_id', 'The channel does not exist.');
    const siblings = [...store.rows(scripts).values()].filter(({ channel_id }) => channel_id === next.channel_id);
    if (siblings.length >= MAX_PER_CHANNEL) {
      throw refusal('channel_id', `A channel can have at most ${String(MAX_PER_CHANNEL)} scripts.`);
    }
  }
}

function refusal(field: string, sentence: string): UnprocessableError {
  return new UnprocessableError('JSON data is missing or invalid', { [field]: sentence });
}

export const scriptsDomain: Domain = { resources: [scripts] };
