/**
 * The store as a whole: much of it follows from the settings, from currencies and from taxes.
 * Described in openapi/documents/store/store-information.v2.yaml.
 */
import { countryCodeOf } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler, OperationContext } from '../../resources/handler.js';
import type { Store } from '../../state/store.js';
import { channels } from '../channels.v3.js';
import { sites } from '../channels/sites.v3.js';
import { logoSettings } from '../settings/logo.v3.js';
import { measurementUnits, storeLocale, storeProfile, storefrontSecurity } from '../settings/settings.v3.js';

type StoreInformation = Required<components['schemas']['StoreInformation']>;

/** The number of the store, which callbacks of webhooks carry, too. */
export const STORE_ID = 1000777;

/** The account that all stores of a mock belong to, which apps are told. */
export const ACCOUNT_UUID = '5d0a6c3e-9a51-4c7b-8f52-1f0c3b7e2a94';

/** What no setting of the API has. */
const fixed = {
  account_uuid: ACCOUNT_UUID,
  store_id: STORE_ID,
  status: 'live',
  first_name: 'Morgan',
  last_name: 'Fielding',
  infrastructure_region: 'us-central1',
  order_email: 'orders@example.com',
  timezone: {
    name: 'America/Chicago',
    raw_offset: -21600,
    dst_offset: -18000,
    dst_correction: true,
    date_format: { display: 'M jS Y', export: 'M jS Y', extended_display: 'M jS Y @ g:i A' },
  },
  plan_name: 'Enterprise',
  plan_level: 'Enterprise',
  plan_is_trial: false,
  industry: 'Home and garden',
  default_channel_id: 1,
  default_site_id: 1000,
  active_comparison_modules: [],
} satisfies Partial<StoreInformation>;

const getStoreInformation: Handler<'getStoreInformation'> = ({ engine, store }) => {
  const profile = storeProfile.valuesOf(store);
  const locale = storeLocale.valuesOf(store);
  const units = measurementUnits.valuesOf(store);
  const logo = logoSettings.valuesOf(store);
  const ownHost = `store-${store.hash}.mybigcommerce.com`;
  const home = primaryUrl(store) ?? `https://${ownHost}`;
  const body: StoreInformation = {
    ...fixed,
    id: store.hash,
    domain: new URL(home).host,
    secure_url: home.replace(/^http:/, 'https:').replace(/\/$/, ''),
    control_panel_base_url: `https://${ownHost}`,
    name: profile.store_name,
    address: profile.store_address,
    phone: profile.store_phone,
    admin_email: profile.store_email,
    country: locale.store_country,
    country_code: countryCodeOf(locale.store_country),
    language: locale.default_shopper_language,
    favicon_url: logo.favicon_url,
    logo: logo.logo_image_url === '' ? [] : { url: logo.logo_image_url },
    ...defaultCurrency({ engine, store }),
    weight_units: units.weight_measurement,
    dimension_units: units.length_measurement,
    dimension_decimal_token: units.decimal_token,
    dimension_thousands_token: units.thousands_token,
    dimension_decimal_places: units.decimal_places,
    is_price_entered_with_tax: isPriceEnteredWithTax({ engine, store }),
    features: {
      stencil_enabled: true,
      sitewidehttps_enabled: storefrontSecurity.valuesOf(store).sitewide_https_enabled,
      facebook_catalog_id: '',
      checkout_type: 'optimized',
      wishlists_enabled: true,
      graphql_storefront_api_enabled: true,
      shopper_consent_tracking_enabled: tracksConsent({ engine, store }),
      multi_storefront_enabled: true,
      storefront_limits: storefrontCounts(store),
    },
  };
  return { status: 200, body };
};

/** The address of the default storefront. */
function primaryUrl(store: Store): string | undefined {
  const url = store.rows(sites).get(fixed.default_site_id)?.url;
  return url !== undefined && URL.canParse(url) ? url : undefined;
}

/** Documented: storefronts that are active, and all of them. A store has at least one. */
function storefrontCounts(store: Store): { active: number; total_including_inactive: number } {
  const storefronts = [...store.rows(channels).values()].filter(
    ({ type, status }) => type === 'storefront' && status !== 'deleted',
  );
  const active = storefronts.filter(({ status }) => status === 'active').length;
  return { active: Math.max(active, 1), total_including_inactive: Math.max(storefronts.length, 1) };
}

type Place = Pick<OperationContext, 'engine' | 'store'>;

/** Rows of a collection that another domain declares, as far as its description says what they hold. */
function rowsOf<Row extends object>({ engine, store }: Place, collection: string): readonly Partial<Row>[] {
  return [...store.rows(engine.resources.find(collection)).values()] as readonly Partial<Row>[];
}

type CurrencyFields = Pick<
  StoreInformation,
  | 'currency'
  | 'currency_symbol'
  | 'currency_symbol_location'
  | 'decimal_separator'
  | 'thousands_separator'
  | 'decimal_places'
>;

interface Currency {
  readonly is_default: boolean;
  readonly currency_code: string;
  readonly token: string;
  readonly token_location: string;
  readonly decimal_token: string;
  readonly thousands_token: string;
  readonly decimal_places: number | string;
}

function defaultCurrency(place: Place): CurrencyFields {
  const currency = rowsOf<Currency>(place, 'currencies').find(({ is_default }) => is_default);
  return {
    currency: currency?.currency_code ?? 'USD',
    currency_symbol: currency?.token ?? '$',
    currency_symbol_location: currency?.token_location ?? 'left',
    decimal_separator: currency?.decimal_token ?? '.',
    thousands_separator: currency?.thousands_token ?? ',',
    decimal_places: Number(currency?.decimal_places ?? 2),
  };
}

function isPriceEnteredWithTax(place: Place): boolean {
  const [settings] = rowsOf<{ readonly tax_entered_with_prices: boolean }>(place, 'tax-settings');
  return settings?.tax_entered_with_prices ?? false;
}

/** The setting of the whole store. */
function tracksConsent(place: Place): boolean {
  const settings = rowsOf<CustomerSettings>(place, 'customer-settings').find(({ channel_id }) => channel_id === 0);
  return settings?.privacy_settings?.ask_shopper_for_tracking_consent ?? false;
}

interface CustomerSettings {
  readonly channel_id: number;
  readonly privacy_settings: { readonly ask_shopper_for_tracking_consent?: boolean | null };
}

const getSystemTimestamp: Handler<'getSystemTimestamp'> = ({ at }) => ({
  status: 200,
  body: { time: Math.floor(at / 1000) },
});

export const storeInformationDomain: Domain = {
  resources: [],
  handlers: { getStoreInformation, getSystemTimestamp },
};
