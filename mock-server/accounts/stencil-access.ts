/**
 * Access levels of Stencil-CLI tokens, which are picked instead of scopes. That one may publish themes is documented;
 * which scopes come with it is not: those whose operations the tool calls (assumed).
 */
import type { Levels } from './scope-table.js';

/** What `stencil start` shows a theme with. */
const STOREFRONT: Levels = {
  storefront_api_tokens: 'manage',
  carts: 'read_only',
  channel_listings: 'read_only',
  channel_settings: 'read_only',
  checkout_content: 'read_only',
  content: 'read_only',
  information_settings: 'read_only',
  metafields_access: 'none',
  products: 'read_only',
  sites_routes: 'read_only',
};

export const stencilAccess = {
  local_theme: { label: 'Local theme access', levels: { ...STOREFRONT, themes: 'read_only' } },
  publish_theme: { label: 'Publish theme', levels: { ...STOREFRONT, themes: 'modify' } },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly levels: Levels }>>;

export type StencilAccess = keyof typeof stencilAccess;
