/**
 * Connections to tax providers, one for each. Any provider's name will do, as a mock cannot know which apps there are.
 * Described in openapi/documents/tax/tax.v3.yaml.
 */
import type { TaxProviderConnectionRow } from '../../../fixtures/index.js';
import { NotFoundError } from '../../errors.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler, OperationContext } from '../../resources/handler.js';
import type { BodyOf } from '../../resources/handler.js';
import { createRow, deleteRow, requireRow, updateRow } from '../../resources/write.js';

type ConnectionInput = NonNullable<BodyOf<'updateTaxProviderConnection'>>;

/** Rows keyed by `provider_id`. */
export const taxProviderConnections = defineResource<TaxProviderConnectionRow, ConnectionInput>(
  'tax-provider-connection',
  {
    key: ({ provider_id }) => provider_id,
    create: ({ input, parents }) => {
      const { username = '', password = '', profile = '' } = input;
      return { provider_id: String(parents[0]), username, profile, configured: username !== '' && password !== '' };
    },
    merge: ({ current, input }) => {
      const { username = current.username, password, profile = current.profile } = input;
      const hasPassword = password === undefined ? current.configured : password !== '';
      return { ...current, username, profile, configured: username !== '' && hasPassword };
    },
    notFound: () => new NotFoundError('There is no connection to this tax provider.'),
  },
  { keyField: 'provider_id' },
);

/** Without a profile where the account has none. */
function shown({ username, configured, profile }: TaxProviderConnectionRow) {
  return { data: profile === '' ? { username, configured } : { username, configured, profile } };
}

function providerOf(context: OperationContext): string {
  return String(context.keys[0]);
}

const getTaxProviderConnection: Handler<'getTaxProviderConnection'> = (context) => ({
  status: 200,
  body: shown(requireRow(taxProviderConnections, providerOf(context), context)),
});

const updateTaxProviderConnection: Handler<'updateTaxProviderConnection'> = (context) => {
  const provider = providerOf(context);
  const current = context.store.rows(taxProviderConnections).get(provider);
  const input = (context.body as ConnectionInput | undefined) ?? {};
  const row = current
    ? updateRow(taxProviderConnections, current, input, context)
    : createRow(taxProviderConnections, input, context, [provider]);
  return { status: 200, body: shown(row) };
};

/** Answers what was, no longer configured (documented example). */
const deleteTaxProviderConnection: Handler<'deleteTaxProviderConnection'> = (context) => {
  const row = requireRow(taxProviderConnections, providerOf(context), context);
  deleteRow(taxProviderConnections, row.provider_id, context);
  return { status: 200, body: shown({ ...row, configured: false }) };
};

export const taxProviderConnectionDomain: Domain = {
  resources: [taxProviderConnections],
  handlers: { getTaxProviderConnection, updateTaxProviderConnection, deleteTaxProviderConnection },
};
