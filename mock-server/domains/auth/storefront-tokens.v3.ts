/**
 * Tokens for the GraphQL API of storefronts. The mock has no such API: it issues tokens, and takes
 * them back. Described in openapi/documents/auth/storefront-tokens.v3.yaml.
 */
import { UnprocessableError } from '../../errors.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler, OperationContext } from '../../resources/handler.js';
import { channelSource } from '../carts/elsewhere.js';
import { sentBody } from '../carts/sent-body.js';
import { textId } from '../carts/text-ids.js';
import { sign, storeSecret, verify } from './tokens.js';

interface StorefrontTokenRow {
  readonly sid: string;
  readonly kind: 'public' | 'private' | 'customer-impersonation';
  readonly channel_ids: readonly number[];
  readonly expires_at: number;
  readonly is_revoked: boolean;
}

/** Rows keyed by `sid`, a claim of the token. */
export const storefrontTokens = defineResource<StorefrontTokenRow>(
  'storefront-tokens',
  {
    key: ({ sid }) => sid,
    create: () => {
      throw new Error('tokens are made by the calls that answer with them');
    },
  },
  { keyField: 'sid' },
);

/** The year 5138; what lies beyond is meant as milliseconds (assumed). */
const MOST_SECONDS = 99_999_999_999;

interface TokenInput {
  readonly channel_id?: number;
  readonly channel_ids?: readonly number[];
  readonly expires_at: number;
}

/** @throws UnprocessableError for no channel or both ways to name them, one that is not there, a time that is over, or one in milliseconds */
function issue(
  kind: StorefrontTokenRow['kind'],
  input: TokenInput | undefined,
  claims: Readonly<Record<string, unknown>>,
  context: OperationContext,
) {
  const { store, at } = context;
  const { channel_id, channel_ids, expires_at } = input ?? {};
  if ((channel_id === undefined) === (channel_ids === undefined)) {
    throw refusal('channel_id', 'Either channel_id or channel_ids is needed, and not both.');
  }
  const ids = channel_ids ?? [channel_id ?? 0];
  const unknown = ids.filter((id) => !store.rows(channelSource).has(id));
  if (ids.length === 0 || unknown.length > 0) throw refusal('channel_id', 'The channel does not exist.');
  if (expires_at === undefined) throw refusal('expires_at', 'error.path.missing');
  // Documented: seconds, not milliseconds.
  if (expires_at > MOST_SECONDS) throw refusal('expires_at', 'The time is in seconds.');
  if (expires_at * 1000 <= at) throw refusal('expires_at', 'The time is over.');
  const sid = textId(store, 'storefront-tokens');
  store.rows(storefrontTokens).insert({ sid, kind, channel_ids: ids, expires_at, is_revoked: false });
  const token = sign(
    { cid: ids, eat: expires_at, iss: 'BC', sid, sub: store.hash, token_type: kind, ...claims },
    storeSecret(store),
    context,
  );
  return { status: 200 as const, body: { data: { token }, meta: {} } };
}

function refusal(field: string, sentence: string): UnprocessableError {
  return new UnprocessableError('JSON data is missing or invalid', { [field]: sentence });
}

const createToken: Handler<'createToken'> = (context) =>
  issue('public', sentBody(context), { corsOrigins: sentBody(context)?.allowed_cors_origins ?? [] }, context);

const createPrivateToken: Handler<'createPrivateToken'> = (context) =>
  issue('private', context.body, { scopes: context.body.scopes }, context);

const createTokenWithCustomerImpersonation: Handler<'createTokenWithCustomerImpersonation'> = (context) =>
  issue('customer-impersonation', sentBody(context), {}, context);

/** @throws UnprocessableError for a header that is no token of this store */
const revokeToken: Handler<'revokeToken'> = (context) => {
  const { store, headers } = context;
  const sent = headers['sf-api-token'];
  const sid = typeof sent === 'string' ? verify(sent, storeSecret(store), context)?.['sid'] : undefined;
  const rows = store.rows(storefrontTokens);
  const row = typeof sid === 'string' ? rows.get(sid) : undefined;
  if (!row) throw refusal('Sf-Api-Token', 'The token is not one of this store.');
  rows.replace({ ...row, is_revoked: true });
  return { status: 200, bytes: undefined };
};

export const storefrontTokensDomain: Domain = {
  resources: [storefrontTokens],
  handlers: { createToken, createPrivateToken, createTokenWithCustomerImpersonation, revokeToken },
};
