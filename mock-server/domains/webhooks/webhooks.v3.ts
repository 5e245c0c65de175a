/**
 * Webhooks: who wants to hear of what. An account sees its own only. Described in
 * openapi/documents/webhooks/webhooks.v3.yaml.
 */
import type { WebhookAdminRow, WebhookRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError, NotFoundError, UnprocessableError } from '../../errors.js';
import { bodyRefusal } from '../../resources/body-errors.js';
import { dialectOf } from '../../pipeline/dialects.js';
import { offsetPage } from '../../query/pagination.js';
import { defineResource, type Actor, type Change } from '../../resources/define.js';
import type { BodyRefusal, Domain } from '../../resources/engine.js';
import { emptyAnswer, idAt, type Handler } from '../../resources/handler.js';
import { rowAnswer } from '../../resources/answers.js';
import { createRow, deleteRow, requireRow, updateRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { isSoundDestination } from './destinations.js';
import { isEventScope } from './event-scopes.js';

type WebhookInput = components['schemas']['WebhookInput'];

/** Of which an account may have one webhook: it is told when others fail (documented). */
export const EXCEPTIONS = 'store/hook/deliveryException';

/** Webhooks that one account may have for one kind of event (documented). */
const MOST_PER_SCOPE = 10;

/** A webhook as a store keeps it. */
export type StoredWebhook = WebhookRow & {
  /** It was not the app that switched it off. */
  readonly is_deactivated?: true | undefined;
};

/** Rows keyed by `id`. */
export const webhooks = defineResource<StoredWebhook, WebhookInput>('webhooks', {
  index: ['client_id'],
  create: ({ input, id, account, store, at }) => ({
    id,
    client_id: account.client_id,
    store_hash: store.hash,
    scope: input.scope ?? '',
    destination: input.destination ?? '',
    headers: input.headers ?? null,
    // Sources disagree about a webhook that does not say; every official example does.
    is_active: input.is_active ?? true,
    created_at: seconds(at),
    updated_at: seconds(at),
  }),
  // Switching it on again is all it takes to be called again (documented).
  merge: ({ current, input, at }) => ({ ...current, ...input, updated_at: seconds(at), is_deactivated: undefined }),
  wire: (row) => (row.is_deactivated ? { ...row, is_deactivated: undefined } : row),
  check: requireSoundWebhook,
  visible: ({ client_id }, { account }) => client_id === account.client_id,
  notFound: (id) => new NotFoundError(`Webhook with id [${String(id)}] not found`),
});

function seconds(at: number): number {
  return Math.floor(at / 1000);
}

/** Switches a webhook off that could not be reached, or was not needed, for too long (documented). */
export function deactivate(id: number, store: Store, at: number): void {
  const rows = store.rows(webhooks);
  const row = rows.get(id);
  if (row) rows.replace({ ...row, is_active: false, is_deactivated: true, updated_at: seconds(at) });
}

/** Rows of the account that asks. */
function ownWebhooks({ store, account }: Actor): StoredWebhook[] {
  const rows = store.rows(webhooks);
  return rows.pick(rows.keysWhere('client_id', account.client_id));
}

/**
 * The rules are documented, and what a bad request is called; the statuses of duplicates and of one too many are not:
 * 422 (assumed), with our sentences.
 */
function requireSoundWebhook(change: Change<StoredWebhook, WebhookInput>): void {
  const { next, current } = change;
  if (!isEventScope(next.scope)) {
    throw new BadRequestError('Input is invalid.', null, {
      detail: `The scope ${next.scope.slice(0, 100)} is not known.`,
    });
  }
  requireDestination(next.destination);
  const all = ownWebhooks(change).filter(({ id }) => id !== next.id);
  requireOwnDestination(next, all);
  const others = all.filter(({ scope }) => scope === next.scope);
  if (others.some(({ destination }) => destination === next.destination)) {
    throw new UnprocessableError('There is a webhook with this scope and destination already.', {
      destination: 'duplicate',
    });
  }
  if (current?.scope === next.scope) return;
  if (next.scope === EXCEPTIONS && others.length > 0) {
    throw new UnprocessableError('There is a webhook for delivery exceptions already.', { scope: 'duplicate' });
  }
  if (others.length >= MOST_PER_SCOPE) {
    throw new UnprocessableError(`There can be at most ${String(MOST_PER_SCOPE)} webhooks with one scope.`, {
      scope: 'limit',
    });
  }
}

/** Documented: failures are told where nothing else is. @throws UnprocessableError with an assumed sentence */
function requireOwnDestination({ scope, destination }: StoredWebhook, others: readonly StoredWebhook[]): void {
  const isTaken = others.some(
    (other) => other.destination === destination && (scope === EXCEPTIONS) !== (other.scope === EXCEPTIONS),
  );
  if (!isTaken) return;
  throw new UnprocessableError('The webhook for delivery exceptions must have a destination of its own.', {
    destination: 'duplicate',
  });
}

/** @throws UnprocessableError with an assumed sentence */
function requireDestination(destination: string): void {
  if (isSoundDestination(destination)) return;
  throw new UnprocessableError('The destination must be an address with https and on port 443.', {
    destination: 'error.invalid',
  });
}

/** Documented with a dot at the end: `error.path.missing.` */
const missingWithDot: BodyRefusal = (errors, body) => {
  const refusal = bodyRefusal(errors, body, dialectOf('/stores/x/v3/hooks'), undefined);
  if (!(refusal instanceof UnprocessableError) || !refusal.fields) return refusal;
  const fields = Object.entries(refusal.fields).map(([field, word]) => [
    field,
    word === 'error.path.missing' ? `${word}.` : word,
  ]);
  return new UnprocessableError(refusal.message, Object.fromEntries(fields) as Record<string, string>);
};

/** A body is not required by the description, but there is no webhook without one. */
const createWebhooks: Handler<'createWebhooks'> = (context) => {
  const body = context.body as WebhookInput | undefined;
  if (!body) {
    throw new UnprocessableError('JSON data is missing or invalid', {
      scope: 'error.path.missing.',
      destination: 'error.path.missing.',
    });
  }
  return rowAnswer(context, webhooks, createRow(webhooks, body, context), { isWrite: true });
};

/** One field at least must be sent (documented). */
const updateWebhook: Handler<'updateWebhook'> = (context) => {
  const current = requireRow(webhooks, idAt(context, 0), context);
  const input = (context.body as WebhookInput | undefined) ?? {};
  if (Object.keys(input).length === 0) throw new UnprocessableError('JSON data is missing or invalid');
  return rowAnswer(context, webhooks, updateRow(webhooks, current, input, context), { isWrite: true });
};

/** Answers what the webhook was (documented). */
const deleteWebhook: Handler<'deleteWebhook'> = (context) => {
  const row = requireRow(webhooks, idAt(context, 0), context);
  deleteRow(webhooks, row.id, context);
  return rowAnswer(context, webhooks, row, { isWrite: true });
};

/** Rows keyed by `client_id`. */
export const webhookAdmin = defineResource<WebhookAdminRow, Partial<WebhookAdminRow>>(
  'webhook-admin',
  {
    key: ({ client_id }) => client_id,
    create: ({ input, account }) => ({ client_id: account.client_id, emails: input.emails ?? [] }),
  },
  { keyField: 'client_id' },
);

/** Webhooks of an API account that is gone (documented), and whom it wanted to be told by e-mail. */
export function removeWebhooksOf(client_id: string, store: Store): void {
  const rows = store.rows(webhooks);
  for (const id of [...rows.keysWhere('client_id', client_id)]) rows.delete(id);
  store.rows(webhookAdmin).delete(client_id);
}

function statusOf(is_active: boolean, is_deactivated: true | undefined): 'active' | 'inactive' | 'deactivated' {
  if (is_active) return 'active';
  return is_deactivated ? 'deactivated' : 'inactive';
}

const getHooksAdmin: Handler<'getHooksAdmin'> = (context) => {
  const { store, account, query, operation, at } = context;
  const wanted = query.get('is_active');
  const isWanted = wanted === undefined ? undefined : wanted === '1' || wanted.toLowerCase() === 'true';
  const own = ownWebhooks(context).filter(({ is_active }) => isWanted === undefined || is_active === isWanted);
  const { items, meta } = offsetPage(own, query, operation);
  const hooks_list = items.map(({ is_deactivated, ...row }) => ({
    ...row,
    status: statusOf(row.is_active, is_deactivated),
  }));
  const emails = store.rows(webhookAdmin).get(account.client_id)?.emails ?? [];
  const blocked_domains = store.destinations.blockedFor(account.client_id, at).map(({ domain, until, reasons }) => ({
    destination: domain,
    time_left: Math.ceil((until - at) / 1000),
    reasons,
  }));
  const data = { emails, hooks_list, blocked_domains };
  return { status: 200, bytes: `{"data":${JSON.stringify(data)},"meta":${meta}}` };
};

const updateHooksAdmin: Handler<'updateHooksAdmin'> = (context) => {
  const { store, account, body } = context;
  const current = store.rows(webhookAdmin).get(account.client_id);
  if (current) updateRow(webhookAdmin, current, body, context);
  else createRow(webhookAdmin, body, context);
  return emptyAnswer();
};

export const webhooksDomain: Domain = {
  resources: [webhooks, webhookAdmin],
  handlers: { createWebhooks, updateWebhook, deleteWebhook, getHooksAdmin, updateHooksAdmin },
  bodyRefusals: { createWebhooks: missingWithDot },
};
