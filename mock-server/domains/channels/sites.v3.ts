/**
 * Sites of channels and the addresses they answer to: what /v3/sites, and the alias below a channel, do beyond keeping
 * rows. Described in openapi/documents/channels/sites.v3.yaml and channels.v3.yaml.
 */
import type { SiteRow, SiteUrlRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { NotFoundError, UnprocessableError } from '../../errors.js';
import { listOf } from '../../query/query-values.js';
import { rowAnswer } from '../../resources/answers.js';
import { defineResource, type Actor, type Change, type Draft } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type Handler, type OperationContext } from '../../resources/handler.js';
import { createRow, deleteRow, requireRow, updateRow } from '../../resources/write.js';
import { redirects } from '../content/redirects.v3.js';
import { serviceDate } from '../service-date.js';
import { channels, hasChannel } from './channels.v3.js';

type SiteInput = components['schemas']['SiteInput'];

/** Rows keyed by `id`. */
export const sites = defineResource<SiteRow, SiteInput>('sites', {
  unique: { channel: { text: ({ channel_id }) => String(channel_id), refusal: channelTaken } },
  index: ['channel_id'],
  create: completeSite,
  merge: ({ current, input, at }) => withPrimary(current, input.url ?? current.url, at),
  check: requireSound,
  deleted: dropRedirects,
  filters: {
    'url_type:in': (value) => {
      const wanted = listOf(value);
      return ({ urls }) => urls.some(({ type }) => wanted.includes(type));
    },
  },
});

/** Assumed: what led away from paths of a site goes with it, as its routes and its certificate do. */
function dropRedirects({ id }: SiteRow, actor: Actor): void {
  for (const key of [...actor.store.rows(redirects).keysWhere('site_id', id)]) deleteRow(redirects, key, actor);
}

/** The status is assumed. */
function channelTaken({ channel_id }: SiteRow): UnprocessableError {
  return new UnprocessableError(`The channel ${String(channel_id)} has a site already.`, {
    channel_id: 'A channel has one site at most.',
  });
}

/** Beside the address that was given, a site answers to one below the service's own domain. */
function completeSite({ input, id, at, store, parents }: Draft<SiteInput>): SiteRow {
  const channel_id = input.channel_id ?? Number(parents[0] ?? 0);
  const url = input.url ?? '';
  const own = `https://store-${store.hash}-${String(channel_id)}.mybigcommerce.com`;
  return {
    id,
    url,
    channel_id,
    created_at: siteDate(at),
    updated_at: siteDate(at),
    ssl_status: 'shared',
    urls: [address(url, 'primary', at), address(own, 'canonical', at)],
    is_checkout_url_customized: false,
  };
}

/** Milliseconds on the site, none within `urls` (documented by example). */
function siteDate(at: number): string {
  return new Date(at).toISOString();
}

function address(url: string, type: SiteUrlRow['type'], at: number, known?: SiteUrlRow): SiteUrlRow {
  return { url, type, created_at: known?.created_at ?? serviceDate(at), updated_at: serviceDate(at) };
}

function withPrimary(site: SiteRow, url: string, at: number): SiteRow {
  const urls = site.urls.map((each) => (each.type === 'primary' ? address(url, 'primary', at, each) : each));
  return { ...site, url, urls, updated_at: siteDate(at) };
}

/** @throws UnprocessableError with assumed sentences */
function requireSound({ next, current, store }: Change<SiteRow, SiteInput>): void {
  if (!URL.canParse(next.url) || !/^https?:\/\/[^/]/i.test(next.url)) {
    throw new UnprocessableError('The url is invalid.', { url: 'url must be an absolute http or https address' });
  }
  if (!current && !hasChannel(store, next.channel_id)) {
    throw new UnprocessableError(`The channel ${String(next.channel_id)} does not exist.`, {
      channel_id: 'Channel does not exist.',
    });
  }
}

/** The site of a channel. @throws NotFoundError */
function requireSite(channel_id: number, actor: Actor): SiteRow {
  requireRow(channels, channel_id, actor);
  const rows = actor.store.rows(sites);
  const [row] = rows.pick(rows.keysWhere('channel_id', channel_id));
  if (!row) throw new NotFoundError('The requested site was not found.');
  return row;
}

const getChannelSite: Handler<'getChannelSite'> = (context) =>
  rowAnswer(context, sites, requireSite(idAt(context, 0), context));

const createChannelSite: Handler<'createChannelSite'> = (context) => {
  const channel_id = requireRow(channels, idAt(context, 0), context).id;
  return rowAnswer(context, sites, createRow(sites, { ...context.body, channel_id }, context), { isWrite: true });
};

const updateChannelSite: Handler<'updateChannelSite'> = (context) => {
  const row = requireSite(idAt(context, 0), context);
  return rowAnswer(context, sites, updateRow(sites, row, context.body, context), { isWrite: true });
};

const deleteChannelSite: Handler<'deleteChannelSite'> = (context) => {
  deleteRow(sites, requireSite(idAt(context, 0), context).id, context);
  return { status: 200, body: {} };
};

/** Answers with the site alone, in no envelope (documented). */
const updateCheckoutUrl: Handler<'updateCheckoutUrl'> = (context) => {
  const site = requireSite(idAt(context, 0), context);
  const { url = '' } = context.body;
  requireSameDomain(url, site);
  const known = site.urls.find(({ type }) => type === 'checkout');
  const others = site.urls.filter(({ type }) => type !== 'checkout');
  const urls = [...others, address(url, 'checkout', context.at, known)];
  return { status: 200, body: store({ ...site, urls, is_checkout_url_customized: true }, context) };
};

const deleteCheckoutUrl: Handler<'deleteCheckoutUrl'> = (context) => {
  const site = requireSite(idAt(context, 0), context);
  const urls = site.urls.filter(({ type }) => type !== 'checkout');
  store({ ...site, urls, is_checkout_url_customized: false }, context);
  return { status: 200, body: { data: {}, meta: {} } };
};

function store(site: SiteRow, context: Pick<OperationContext, 'store' | 'at'>): SiteRow {
  const row = { ...site, updated_at: siteDate(context.at) };
  context.store.rows(sites).replace(row);
  return row;
}

/** Documented: the checkout lies on the main domain of the site. The status is documented, the sentence assumed. */
function requireSameDomain(url: string, site: SiteRow): void {
  const domain = mainDomain(url);
  if (
    domain !== undefined &&
    site.urls.some(({ type, url: own }) => type !== 'checkout' && mainDomain(own) === domain)
  ) {
    return;
  }
  throw new UnprocessableError('The checkout url must have the same main domain as the site.', {
    url: 'url must be below the domain of the site',
  });
}

/** The last two labels of a host: public suffixes of several labels are not told apart. */
function mainDomain(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  return new URL(url).hostname.split('.').slice(-2).join('.').toLowerCase();
}

export const sitesDomain: Domain = {
  resources: [sites],
  handlers: {
    getChannelSite,
    createChannelSite,
    updateChannelSite,
    deleteChannelSite,
    updateCheckoutUrl,
    deleteCheckoutUrl,
  },
};
