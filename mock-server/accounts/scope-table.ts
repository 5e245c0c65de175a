/**
 * The OAuth scopes that an API account can hold, as the control panel offers them: one row for each resource, with the
 * levels to pick from and the scope that each of them is (documented). No level but `none` is always there.
 */

export interface ScopeResource {
  /** As the control panel calls it. */
  readonly label: string;
  /** Scope by level, from the least to the most: `read_only` before `modify`. */
  readonly levels: Readonly<Record<string, string>>;
  /** What is picked when nobody picks. @default none */
  readonly initial?: string;
  /** Accounts of apps only (documented). */
  readonly isForApps?: true;
}

const readOrModify = (scope: string): Readonly<Record<string, string>> => ({
  read_only: `${scope}_read_only`,
  modify: scope,
});

/** By the name that calls use. */
export const scopeTable = {
  payments_create: { label: 'Create Payments', levels: { modify: 'store_payments_access_token_create' } },
  storefront_api_tokens: { label: 'Storefront API Tokens', levels: { manage: 'store_storefront_api' } },
  storefront_api_customer_impersonation_tokens: {
    label: 'Storefront API Customer Impersonation Tokens',
    levels: { manage: 'store_storefront_api_customer_impersonation' },
  },
  app_extensions: { label: 'App Extensions', levels: { manage: 'store_app_extensions_manage' }, isForApps: true },
  carts: { label: 'Carts', levels: readOrModify('store_cart') },
  channel_settings: { label: 'Channel Settings', levels: readOrModify('store_channel_settings') },
  channel_listings: { label: 'Channel Listings', levels: readOrModify('store_channel_listings') },
  checkouts: { label: 'Checkouts', levels: readOrModify('store_checkout') },
  checkout_content: { label: 'Checkout Content', levels: readOrModify('store_content_checkout') },
  content: { label: 'Content', levels: readOrModify('store_v2_content') },
  customers: { label: 'Customers', levels: readOrModify('store_v2_customers') },
  customers_login: { label: 'Customers Login', levels: { login: 'store_v2_customers_login' } },
  fulfillment_methods: {
    label: 'Fulfillment Methods',
    levels: { read_only: 'store_fulfillment_methods_read_only', modify: 'store_fulfillment_methods_manage' },
  },
  information_settings: { label: 'Information & Settings', levels: readOrModify('store_v2_information') },
  marketing: { label: 'Marketing', levels: readOrModify('store_v2_marketing') },
  metafield_ownership: { label: 'Metafield Ownership', levels: { manage: 'store_metafield_change_owner' } },
  metafields_access: {
    label: 'Metafields Access',
    levels: { standard: 'store_metafield_write', full: 'store_metafield_write_all' },
    initial: 'standard',
  },
  orders: { label: 'Orders', levels: readOrModify('store_v2_orders') },
  order_fulfillment: {
    label: 'Order Fulfillment',
    levels: { read_only: 'store_order_fulfillment_read_only', modify: 'store_order_fulfillment_manage' },
  },
  order_transactions: { label: 'Order Transactions', levels: readOrModify('store_v2_transactions') },
  payments_methods: { label: 'Get Payment Methods', levels: { read_only: 'store_payments_methods_read' } },
  products: { label: 'Products', levels: readOrModify('store_v2_products') },
  sites_routes: { label: 'Sites & Routes', levels: readOrModify('store_sites') },
  store_inventory: { label: 'Store Inventory', levels: readOrModify('store_inventory') },
  store_locations: { label: 'Store Locations', levels: readOrModify('store_locations') },
  store_logs: { label: 'Store Logs', levels: { read_only: 'store_logs_read_only' } },
  stored_payment_instruments: {
    label: 'Stored Payment Instruments',
    levels: readOrModify('store_stored_payment_instruments'),
  },
  store_translations: { label: 'Store Translations', levels: readOrModify('store_translations') },
  themes: { label: 'Themes', levels: { read_only: 'store_themes_read_only', modify: 'store_themes_manage' } },
  infrastructure_projects: {
    label: 'Infrastructure Projects',
    levels: { read_only: 'store_infrastructure_projects_read_only', manage: 'store_infrastructure_projects_manage' },
  },
  infrastructure_deployments: {
    label: 'Infrastructure Deployments',
    levels: {
      read_only: 'store_infrastructure_deployments_read_only',
      create_preview: 'store_infrastructure_deployments_create_preview',
      manage: 'store_infrastructure_deployments_manage',
    },
  },
  infrastructure_logs: {
    label: 'Infrastructure Logs',
    levels: { read_only: 'store_infrastructure_logs_read_only' },
  },
} as const satisfies Readonly<Record<string, ScopeResource>>;

export type ScopeResourceName = keyof typeof scopeTable;

/** Resource and row, in the order of the control panel. */
export const scopeResources = Object.entries(scopeTable) as readonly (readonly [ScopeResourceName, ScopeResource])[];

/** Every account has it; webhooks live in it (documented). */
export const DEFAULT_SCOPE = 'default';

/** Level by resource: whatever is not named has its initial level, usually none. */
export type Levels = Readonly<Record<string, string>>;

/** The scopes of picked levels, `default` among them. Levels that a resource does not have count as none. */
export function scopesOf(levels: Levels): ReadonlySet<string> {
  const scopes = new Set([DEFAULT_SCOPE]);
  for (const [name, { levels: scopeOf, initial }] of scopeResources) {
    const scope = scopeOf[levels[name] ?? initial ?? 'none'];
    if (scope !== undefined) scopes.add(scope);
  }
  return scopes;
}

/** The highest level of every resource that scopes amount to, `none` included. */
export function levelsOf(scopes: ReadonlySet<string>): Readonly<Record<ScopeResourceName, string>> {
  const levels = scopeResources.map(([name, resource]) => {
    const held = Object.entries(resource.levels).filter(([, scope]) => scopes.has(scope));
    return [name, held[held.length - 1]?.[0] ?? 'none'] as const;
  });
  return Object.fromEntries(levels) as Record<ScopeResourceName, string>;
}

/** Which level of a resource a scope is. */
export function placeOfScope(
  scope: string,
): { readonly resource: ScopeResourceName; readonly level: string } | undefined {
  for (const [resource, { levels }] of scopeResources) {
    for (const [level, name] of Object.entries(levels)) if (name === scope) return { resource, level };
  }
  return undefined;
}
