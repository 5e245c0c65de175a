/**
 * What a control-panel user may be permitted. The high-risk ones are documented; of the others the control panel has
 * dozens, of which these are the ones that matter to somebody who connects an app (names ours).
 */

export interface PermissionRule {
  readonly label: string;
  /** Only the owner of the store grants it or takes it away (documented). */
  readonly isHighRisk?: true;
}

export const permissionTable = {
  create_store_level_api_accounts: { label: 'Create store-level API accounts', isHighRisk: true },
  list_store_level_api_accounts: { label: 'List store-level API accounts', isHighRisk: true },
  delete_store_level_api_accounts: { label: 'Delete store-level API accounts', isHighRisk: true },
  install_apps: { label: 'Install apps', isHighRisk: true },
  uninstall_apps: { label: 'Uninstall apps', isHighRisk: true },
  launch_apps: { label: 'Launch apps', isHighRisk: true },
  manage_users: { label: 'Manage users' },
  manage_orders: { label: 'Manage orders' },
  manage_products: { label: 'Manage products' },
  manage_customers: { label: 'Manage customers' },
  manage_content: { label: 'Manage content' },
  manage_marketing: { label: 'Manage marketing' },
  manage_channels: { label: 'Manage channels' },
  manage_settings: { label: 'Manage settings' },
  read_webhooks: { label: 'Read webhooks' },
  view_store_logs: { label: 'View store logs' },
} as const satisfies Readonly<Record<string, PermissionRule>>;

export type Permission = keyof typeof permissionTable;

export const permissions = Object.keys(permissionTable) as Permission[];

export function isPermission(name: unknown): name is Permission {
  return typeof name === 'string' && Object.hasOwn(permissionTable, name);
}

export function isHighRisk(permission: Permission): boolean {
  return (permissionTable[permission] as PermissionRule).isHighRisk ?? false;
}
