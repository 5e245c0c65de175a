/**
 * Certificates of sites. A private key is taken and forgotten. Described in openapi/documents/channels/sites.v3.yaml.
 */
import { certificateOf, type SiteCertificateRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { listOf } from '../../query/query-values.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type Handler } from '../../resources/handler.js';
import { requireRow } from '../../resources/write.js';
import { sites } from './sites.v3.js';

/** Rows keyed by the site. */
export const siteCertificates = defineResource<SiteCertificateRow>(
  'site-certificates',
  {
    key: ({ site_id }) => site_id,
    create: ({ input, parents }) => ({ ...certificateOf(Number(parents[0]), input.url ?? ''), ...input }),
  },
  { below: 'sites', parentField: 'site_id', keyField: 'site_id' },
);

type Shown = NonNullable<components['schemas']['SiteCertificate']>;

/** The certificate without what only the store knows of it. */
function shown(row: SiteCertificateRow): Shown {
  return { ...row, ...hidden };
}

const hidden = { site_id: undefined, url: undefined };

/** A site without a certificate of its own shares that of the service. */
const getSiteCertificate: Handler<'getSiteCertificate'> = (context) => {
  const { id } = requireRow(sites, idAt(context, 0), context);
  const row = context.store.rows(siteCertificates).get(id);
  const installed_certificate = row ? shown(row) : null;
  return { status: 200, body: { data: { status: row ? 'dedicated' : 'shared', installed_certificate }, meta: {} } };
};

const getSitesCertificates: Handler<'getSitesCertificates'> = ({ store, query }) => {
  const all = [...store.rows(siteCertificates).values()];
  const asked = query.get('urls:in');
  const urls = listOf(asked ?? '');
  const found = asked === undefined ? all : all.filter(({ url }) => urls.includes(url));
  return { status: 200, body: { data: found.map(shown), meta: {} } };
};

/** What a certificate says is not read from it. */
const upsertSiteCertificate: Handler<'upsertSiteCertificate'> = (context) => {
  const site = requireRow(sites, idAt(context, 0), context);
  const { url = site.url, certificate = {} } = context.body;
  if (!certificate.certificate || !certificate.private_key) {
    const field = certificate.certificate ? 'private_key' : 'certificate';
    throw new UnprocessableError('JSON data is missing or invalid', { [`certificate.${field}`]: 'error.path.missing' });
  }
  const row = certificateOf(site.id, url, certificate.certificate, certificate.intermediate_certificates ?? '');
  const rows = context.store.rows(siteCertificates);
  if (rows.has(site.id)) rows.replace(row);
  else rows.insert(row, site.id);
  context.store.rows(sites).replace({ ...site, ssl_status: 'dedicated' });
  return { status: 200, body: { data: {}, meta: {} } };
};

export const siteCertificatesDomain: Domain = {
  resources: [siteCertificates],
  handlers: { getSiteCertificate, getSitesCertificates, upsertSiteCertificate },
};
