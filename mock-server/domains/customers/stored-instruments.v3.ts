/** Means of payment that customers have stored. Described in openapi/documents/customers/customers.v3.yaml. */
import type { StoredInstrumentRow } from '../../../fixtures/index.js';
import { requireParents } from '../../resources/actions.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type Handler } from '../../resources/handler.js';

/** Rows keyed by `token`, below their customers. Payments that save an instrument create them. */
export const storedInstruments = defineResource<StoredInstrumentRow, StoredInstrumentRow>(
  'stored-instruments',
  { key: ({ token }) => token, create: ({ input }) => input },
  { below: 'customers', keyField: 'token' },
);

const getCustomerStoredInstruments: Handler<'getCustomerStoredInstruments'> = (context) => {
  requireParents(context);
  return { status: 200, body: context.store.rows(storedInstruments).rowsOf(idAt(context, 0)) };
};

export const storedInstrumentsDomain: Domain = {
  resources: [storedInstruments],
  handlers: { getCustomerStoredInstruments },
};
