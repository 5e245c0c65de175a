/**
 * Events of settings: those that a channel has otherwise than the store, and those of the store as a whole. What is
 * written for the whole store raises none of the channels' events (assumed).
 */
import type { CurrencyRow, CustomerSettingsRow, SearchFilterContextRow, TaxSettingsRow } from '../../fixtures/index.js';
import { eachRowOf, fateOf, ofChannel, rowOf, type EventRule, type StoreEvent } from './event-rules.js';
import { differIn, type RowChange } from './row-changes.js';

/** What was written for one channel, or under 0 for the store. */
interface Layer {
  readonly channel_id: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Groups of settings with one event for the group, by collection. */
const ofGroups: Readonly<Record<string, string>> = {
  'settings-catalog': 'settings/catalog/updated',
  'settings-store-profile': 'settings/profile/updated',
  'settings-storefront-category': 'settings/category/updated',
  'settings-storefront-product': 'settings/product/updated',
  'settings-storefront-robotstxt': 'settings/robots/updated',
  'settings-storefront-security': 'settings/security/updated',
  'settings-storefront-seo': 'settings/SEO/updated',
  'settings-inventory-notifications': 'notifications/inventory/updated',
  'abandoned-cart-settings': 'notifications/abandonedCart/updated',
  'checkout-settings': 'settings/checkout/updated',
};

function ofGroup(collection: string, event: string): EventRule {
  return eachRowOf<Pick<Layer, 'channel_id'>>(collection, function* (change) {
    const { channel_id } = rowOf(change);
    if (channel_id > 0 && fateOf(change)) yield ofChannel(channel_id, event, {});
  });
}

/** Names of the values that differ between two layers. */
function changedValues({ before, after }: RowChange<Layer>): string[] {
  const [old, current] = [before?.values ?? {}, after?.values ?? {}];
  return [...new Set([...Object.keys(old), ...Object.keys(current)])].filter((name) => differIn(old, current, [name]));
}

/** One event for each kind of e-mail. */
const emailStatuses = eachRowOf<Layer>('settings-email-statuses', function* (change) {
  const { channel_id } = rowOf(change);
  if (channel_id === 0) return;
  for (const template_kind of changedValues(change)) {
    const what = change.after && template_kind in change.after.values ? 'updated' : 'deleted';
    yield ofChannel(channel_id, `settings/emailStatus/${what}`, { template_kind });
  }
});

const emailTemplates = eachRowOf<{ readonly channel_id: number; readonly type_id: string }>(
  'email-templates',
  function* (change) {
    const { channel_id, type_id: template_kind } = rowOf(change);
    const fate = fateOf(change);
    if (channel_id > 0 && fate)
      yield ofChannel(channel_id, `email/templates/${fate === 'deleted' ? 'deleted' : 'updated'}`, { template_kind });
  },
);

/** The pictures have events of their own. */
const logo = eachRowOf<Layer>('settings-logo', function* (change) {
  const { channel_id } = rowOf(change);
  const names = changedValues(change);
  if (channel_id === 0) {
    if (names.some((name) => name !== 'favicon_url')) yield informationUpdated;
    return;
  }
  if (names.includes('logo_image_url')) yield ofChannel(channel_id, 'settings/logo/image/updated', {});
  if (names.includes('favicon_url')) yield ofChannel(channel_id, 'settings/favicon/image/updated', {});
  if (names.includes('type') || names.includes('logo_text')) yield ofChannel(channel_id, 'settings/logo/updated', {});
});

const filterContexts = eachRowOf<SearchFilterContextRow>('search-filter-contexts', function* (change) {
  const { channel_id, category_id } = rowOf(change).context;
  if (channel_id && fateOf(change))
    yield ofChannel(channel_id, 'settings/searchContextFilters/updated', category_id ? { category_id } : {});
});

const customers = eachRowOf<CustomerSettingsRow>('customer-settings', function* ({ before, after }) {
  if (!after || after.channel_id === 0) return;
  if (!before || differIn(before, after, ['privacy_settings']))
    yield ofChannel(after.channel_id, 'settings/customerPrivacy/updated', {});
  if (!before || differIn(before, after, ['customer_group_settings']))
    yield ofChannel(after.channel_id, 'settings/defaultCustomerGroup/updated', {});
});

const informationUpdated: StoreEvent = { scope: 'store/information/updated', data: { type: 'store' } };

/** Settings that are information about the store when they are written for all of it. */
const ofStore = ['settings-store-profile', 'settings-store-locale', 'settings-store-units-of-measurement'].map((name) =>
  eachRowOf<Layer>(name, function* (change) {
    if (rowOf(change).channel_id === 0 && changedValues(change).length > 0) yield informationUpdated;
  }),
);

const defaultCurrency = eachRowOf<CurrencyRow>('currencies', function* ({ before, after }) {
  if (after?.is_default && !before?.is_default) yield informationUpdated;
});

const taxInclusive = eachRowOf<TaxSettingsRow>('tax-settings', function* ({ before, after }) {
  if (before && after && before.tax_entered_with_prices !== after.tax_entered_with_prices) yield informationUpdated;
});

export const settingsEvents: readonly EventRule[] = [
  ...Object.entries(ofGroups).map(([collection, event]) => ofGroup(collection, event)),
  emailStatuses,
  emailTemplates,
  logo,
  filterContexts,
  customers,
  ...ofStore,
  defaultCurrency,
  taxInclusive,
];
