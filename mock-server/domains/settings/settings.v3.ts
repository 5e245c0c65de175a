/**
 * Groups of settings under /v3/settings, each for the store and, `channel_id` given, for one channel.
 * What a layer is stands in layered-settings.ts; what a new store has, in fixtures/settings/defaults.ts.
 * Described in openapi/documents/settings/settings.v3.yaml.
 */
import { settingsDefaults } from '../../../fixtures/index.js';
import type { BodyError } from '../../../openapi/index.js';
import { UnprocessableError, type BigCommerceError } from '../../errors.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { settingsGroup } from './layered-settings.js';

/** Documented for most groups: a channel's values are written as a whole. */
const whole = 'of channels';

const catalogSettings = settingsGroup('settings-catalog', settingsDefaults['settings-catalog'], { whole });
/** The wire examples of this group have other names than its schema, so nothing can be asked for. */
const emailStatuses = settingsGroup('settings-email-statuses', settingsDefaults['settings-email-statuses']);
export const inventorySettings = settingsGroup('settings-inventory', settingsDefaults['settings-inventory']);
const inventoryNotifications = settingsGroup(
  'settings-inventory-notifications',
  settingsDefaults['settings-inventory-notifications'],
  { whole },
);
/** Of the whole store only. */
export const storeLocale = settingsGroup('settings-store-locale', settingsDefaults['settings-store-locale']);
export const storeProfile = settingsGroup('settings-store-profile', settingsDefaults['settings-store-profile'], {
  whole,
});
/** Documented: written as a whole for the store, too. */
export const measurementUnits = settingsGroup(
  'settings-store-units-of-measurement',
  settingsDefaults['settings-store-units-of-measurement'],
  { whole: 'always' },
);
const storefrontCategory = settingsGroup(
  'settings-storefront-category',
  settingsDefaults['settings-storefront-category'],
  { whole },
);
const storefrontProduct = settingsGroup(
  'settings-storefront-product',
  settingsDefaults['settings-storefront-product'],
  { whole },
);
const robotsTxt = settingsGroup('settings-storefront-robotstxt', settingsDefaults['settings-storefront-robotstxt'], {
  whole,
});
const storefrontSearch = settingsGroup('settings-storefront-search', settingsDefaults['settings-storefront-search'], {
  whole,
});
export const storefrontSecurity = settingsGroup(
  'settings-storefront-security',
  settingsDefaults['settings-storefront-security'],
  { whole },
);
const storefrontSeo = settingsGroup('settings-storefront-seo', settingsDefaults['settings-storefront-seo']);
const storefrontStatus = settingsGroup('settings-storefront-status', settingsDefaults['settings-storefront-status'], {
  whole,
});

/** Documented: 200 without a body. */
const updateSettingsInventoryNotifications: Handler<'updateSettingsInventoryNotifications'> = (context) => {
  inventoryNotifications.update(context);
  return { status: 200, bytes: undefined };
};

/** How settings name a value that is none of those allowed (documented). Anything else is left to the usual words. */
export function settingsRefusal(errors: readonly BodyError[], body: unknown): BigCommerceError | undefined {
  const wrong = errors.filter(({ keyword }) => keyword === 'enum');
  if (wrong.length === 0) return undefined;
  const sentences = wrong.map(({ instancePath, params }): [string, string] => {
    const path = instancePath.split('/').slice(1);
    const sent = path.reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], body);
    const allowed = (params.allowedValues as readonly (string | null)[]).filter((value) => value !== null);
    return [path.join('.'), `Incorrect value [${textOf(sent)}], it should match one of: ${allowed.join(', ')}`];
  });
  return new UnprocessableError('JSON data is missing or invalid', Object.fromEntries(sentences));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export const settingsDomain: Domain = {
  resources: [
    catalogSettings,
    emailStatuses,
    inventorySettings,
    inventoryNotifications,
    storeLocale,
    storeProfile,
    measurementUnits,
    storefrontCategory,
    storefrontProduct,
    robotsTxt,
    storefrontSearch,
    storefrontSecurity,
    storefrontSeo,
    storefrontStatus,
  ].map(({ resource }) => resource as Domain['resources'][number]),
  handlers: {
    getSettingsCatalog: catalogSettings.get,
    updateSettingsCatalog: catalogSettings.update,
    getSettingsEmailStatuses: emailStatuses.get,
    updateSettingsEmailStatuses: emailStatuses.update,
    getSettingsInventory: inventorySettings.get,
    updateSettingsInventory: inventorySettings.update,
    getSettingsInventoryNotifications: inventoryNotifications.get,
    updateSettingsInventoryNotifications,
    getSettingsLocale: storeLocale.getOfStore,
    updateSettingsLocale: storeLocale.updateOfStore,
    getSettingsStoreProfile: storeProfile.get,
    updateSettingsStoreProfile: storeProfile.update,
    getSettingsMeasurementUnits: measurementUnits.get,
    updateSettingsMeasurementUnits: measurementUnits.update,
    getSettingsStorefrontCategory: storefrontCategory.get,
    updateSettingsStorefrontCategory: storefrontCategory.update,
    getSettingsStorefrontProduct: storefrontProduct.get,
    updateSettingsStorefrontProduct: storefrontProduct.update,
    getSettingsRobotsTxt: robotsTxt.get,
    updateSettingsRobotsTxt: robotsTxt.update,
    getSettingsStorefrontSearch: storefrontSearch.get,
    updateSettingsStorefrontSearch: storefrontSearch.update,
    getSettingsStorefrontSecurity: storefrontSecurity.get,
    updateSettingsStorefrontSecurity: storefrontSecurity.update,
    getSettingsStorefrontSeo: storefrontSeo.get,
    updateSettingsStorefrontSeo: storefrontSeo.update,
    getSettingsStorefrontStatus: storefrontStatus.get,
    updateSettingsStorefrontStatus: storefrontStatus.update,
  },
  bodyRefusals: {
    updateSettingsInventory: settingsRefusal,
    updateSettingsLocale: settingsRefusal,
    updateSettingsStoreProfile: settingsRefusal,
    updateSettingsMeasurementUnits: settingsRefusal,
    updateSettingsStorefrontCategory: settingsRefusal,
    updateSettingsStorefrontProduct: settingsRefusal,
    updateSettingsStorefrontSearch: settingsRefusal,
    updateSettingsStorefrontSecurity: settingsRefusal,
    updateSettingsStorefrontSeo: settingsRefusal,
  },
};
