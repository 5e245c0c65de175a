/**
 * Analytics providers: a fixed set for each channel, of which a merchant sets the codes. Without `channel_id` the
 * default channel is meant (documented). Described in openapi/documents/settings/settings.v3.yaml.
 */
import { analyticsProviders, type AnalyticsProviderRow } from '../../../fixtures/index.js';
import { ConflictError, NotFoundError } from '../../errors.js';
import { defineResource, pairKey } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type Handler, type OperationContext } from '../../resources/handler.js';
import type { Store } from '../../state/store.js';
import { namedChannel } from './layered-settings.js';

const DEFAULT_CHANNEL = 1;

/** Rows that differ from those of the fixed set, by channel and id. */
export const analytics = defineResource<AnalyticsProviderRow>('analytics-providers', {
  key: ({ channel_id, id }) => pairKey(channel_id, id),
  create: ({ input, id }) => ({ ...(analyticsProviders[0] as AnalyticsProviderRow), ...input, id }),
});

function providersOf(store: Store, channel_id: number): AnalyticsProviderRow[] {
  const rows = store.rows(analytics);
  return analyticsProviders.map(
    (provider) =>
      rows.get(pairKey(channel_id, provider.id)) ??
      (channel_id === DEFAULT_CHANNEL
        ? provider
        : { ...provider, channel_id, code: '', enabled: false, data_tag_enabled: false }),
  );
}

function channelOf(context: Pick<OperationContext, 'store' | 'query'>): number {
  return namedChannel({ ...context, keys: [] }) || DEFAULT_CHANNEL;
}

const getAnalyticsProviders: Handler<'getAnalyticsProviders'> = (context) => ({
  status: 200,
  body: { data: providersOf(context.store, channelOf(context)), meta: {} },
});

const getAnalyticsProvider: Handler<'getAnalyticsProvider'> = (context) => ({
  status: 200,
  body: requireProvider(context, channelOf(context)),
});

const updateAnalyticsProvider: Handler<'updateAnalyticsProvider'> = (context) => {
  const channel_id = channelOf(context);
  const current = requireProvider(context, channel_id);
  const { name, code, enabled, data_tag_enabled, version } = context.body;
  const isTaken = (provider: AnalyticsProviderRow): boolean => provider.id !== current.id && provider.name === name;
  if (providersOf(context.store, channel_id).some(isTaken)) {
    throw new ConflictError('The analytics provider name is a duplicate', { name: 'Another provider has it.' });
  }
  const next: AnalyticsProviderRow = {
    ...current,
    name: name ?? current.name,
    code: code ?? current.code,
    enabled: enabled ?? current.enabled,
    data_tag_enabled: data_tag_enabled ?? current.data_tag_enabled,
    version: version ?? current.version,
  };
  const rows = context.store.rows(analytics);
  if (rows.has(pairKey(channel_id, current.id))) rows.replace(next);
  else rows.insert(next);
  return { status: 200, body: next };
};

function requireProvider(context: Pick<OperationContext, 'store' | 'keys'>, channel_id: number): AnalyticsProviderRow {
  const id = idAt(context, 0);
  const provider = providersOf(context.store, channel_id).find((candidate) => candidate.id === id);
  if (!provider) throw new NotFoundError('The requested analytics provider was not found.');
  return provider;
}

export const analyticsDomain: Domain = {
  resources: [analytics],
  handlers: { getAnalyticsProviders, getAnalyticsProvider, updateAnalyticsProvider },
};
