/** Where redirects lead: the path of what a dynamic one points at, below the address of the site that it is of. */
import type { RedirectRow } from '../../../fixtures/index.js';
import type { Resource } from '../../resources/define.js';
import type { Store } from '../../state/store.js';
import { brands } from '../catalog/brands.v3.js';
import { categories } from '../catalog/categories.v3.js';
import { products } from '../catalog/products.v3.js';
import { sites } from '../channels/sites.v3.js';
import { blogPosts } from './blog.v2.js';
import { pages } from './pages.v3.js';

/** Where a redirect leads in the end, as a whole URL. */
export function targetUrl({ site_id, to }: RedirectRow, store: Store): string {
  const target = to.url !== undefined && (to.type ?? 'url') === 'url' ? to.url : pathOf(to, store);
  return URL.canParse(target) ? target : `https://${domainOfSite(site_id, store)}${rooted(target)}`;
}

/** A path with the slash that it begins with. */
export function rooted(path = ''): string {
  return path.startsWith('/') ? path : `/${path}`;
}

/** The domain that a site is reached at. */
export function domainOfSite(site_id: number, store: Store): string {
  const url = store.rows(sites).get(site_id)?.url ?? '';
  return URL.canParse(url) ? new URL(url).host : `store-${store.hash}.mybigcommerce.com`;
}

/** The site that answers to a domain, by any of its addresses. */
export function siteOfDomain(domain: string, store: Store): number | undefined {
  const wanted = domain.toLowerCase();
  const found = [...store.rows(sites).values()].find((site) =>
    [site.url, ...site.urls.map(({ url }) => url)].some((url) => URL.canParse(url) && new URL(url).host === wanted),
  );
  return found?.id;
}

/** The path of what a dynamic redirect points at; the homepage when that is gone. */
function pathOf({ type, entity_id = 0 }: RedirectRow['to'], store: Store): string {
  const row = <Row extends object, Input>(resource: Resource<Row, Input>): Row | undefined =>
    store.rows(resource).get(entity_id);
  switch (type) {
    case 'product':
      return row(products)?.custom_url.url ?? '/';
    case 'category':
      return row(categories)?.custom_url.url ?? '/';
    case 'brand':
      return row(brands)?.custom_url.url ?? '/';
    case 'page':
      return row(pages)?.url ?? '/';
    case 'post':
      return row(blogPosts)?.url ?? '/';
    default:
      return '/';
  }
}
