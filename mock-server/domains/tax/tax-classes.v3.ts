/**
 * Tax classes: written in V3, in batches that succeed or fail as a whole, and listed in V2. Described in
 * openapi/documents/tax/tax-classes.v3.yaml and tax-classes.v2.yaml.
 */
import type { TaxClassRow } from '../../../fixtures/index.js';
import {
  BadRequestError,
  ConflictError,
  NotFoundError,
  PayloadTooLargeError,
  UnprocessableError,
} from '../../errors.js';
import { listOf } from '../../query/query-values.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource, defineView } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type Handler } from '../../resources/handler.js';
import { createRow, deleteRow, updateRow } from '../../resources/write.js';
import { catalogDate } from '../../state/clock.js';
import type { Store } from '../../state/store.js';
import { products } from '../catalog/products.v3.js';
import { addClassToRates, dropClassFromRates } from './tax-rates.v3.js';

/** The class of whatever has no other; it is in every store and stays (assumed). */
const DEFAULT_CLASS_ID = 0;

interface TaxClassInput {
  readonly name: string;
}

/** Rows keyed by `id`. */
export const taxClasses = defineResource<TaxClassRow, TaxClassInput>('tax-classes', {
  unique: {
    title: {
      text: ({ name }) => name.toLowerCase(),
      // Documented status; the sentence is assumed.
      refusal: ({ name }) => new ConflictError(`A tax class named ${name} already exists.`),
    },
  },
  create: ({ input, id, at }) => ({ id, name: input.name, created_at: catalogDate(at), updated_at: catalogDate(at) }),
  merge: ({ current, input, at }) => ({ ...current, name: input.name, updated_at: catalogDate(at) }),
  created: ({ next, store }) => {
    addClassToRates(next.id, store);
  },
  deleted: ({ id }, { store }) => {
    dropClassFromRates(id, store);
    returnProducts(id, store);
  },
});

/** Products of a class that is gone are of the default one (assumed). */
function returnProducts(id: number, store: Store): void {
  const rows = store.rows(products);
  for (const row of [...rows.values()]) {
    if (row.tax_class_id === id) rows.replace({ ...row, tax_class_id: DEFAULT_CLASS_ID });
  }
}

/** In V2 the id is a text. */
const taxClassesV2 = defineView(taxClasses, { wire: (row) => ({ ...row, id: String(row.id) }) }, 'id');

/** @throws UnprocessableError for a name, or an id, that is in the batch twice (documented) */
function requireDistinct(values: readonly (string | number)[], field: string): void {
  if (new Set(values).size < values.length) {
    throw new UnprocessableError(`The batch has the same ${field} twice.`, { [field]: 'duplicate' });
  }
}

const taxClassBatchPost: Handler<'taxClassBatchPost'> = (context) => {
  requireDistinct(
    context.body.map(({ name }) => name.toLowerCase()),
    'name',
  );
  const rows = context.body.map((input) => createRow(taxClasses, input, context));
  return listAnswer(context, taxClasses, rows, '{}', { isWrite: true });
};

const taxClassBatchPut: Handler<'taxClassBatchPut'> = (context) => {
  const { store, body } = context;
  requireDistinct(
    body.map(({ id }) => id),
    'id',
  );
  requireDistinct(
    body.map(({ name }) => name.toLowerCase()),
    'name',
  );
  const rows = body.map(({ id, name }) => {
    const current = store.rows(taxClasses).get(id);
    if (!current) throw unknownClass(id);
    return updateRow(taxClasses, current, { name }, context);
  });
  return listAnswer(context, taxClasses, rows, '{}', { isWrite: true });
};

/** Documented status; the sentence is assumed. */
function unknownClass(id: number): BadRequestError {
  return new BadRequestError(`There is no tax class ${String(id)}.`);
}

const taxClassBatchDelete: Handler<'taxClassBatchDelete'> = (context) => {
  const { store, operation, query } = context;
  const ids = [...new Set(listOf(query.get('id:in') ?? '').map(Number))];
  if (ids.length === 0) throw new NotFoundError('Parameter id:in is required.');
  const most = operation.limits?.['batch-delete'] ?? 50;
  if (ids.length > most) throw new PayloadTooLargeError(`At most ${String(most)} tax classes can be deleted at once.`);
  for (const id of ids) {
    // Documented, for ids that no class can have.
    if (!Number.isSafeInteger(id) || id <= DEFAULT_CLASS_ID) {
      throw new UnprocessableError('The ids of tax classes are integers above 0.', { 'id:in': 'error.invalid' });
    }
    if (!store.rows(taxClasses).has(id)) throw unknownClass(id);
    deleteRow(taxClasses, id, context);
  }
  return emptyAnswer();
};

export const taxClassesDomain: Domain = {
  resources: [taxClasses],
  v2: [taxClassesV2],
  handlers: { taxClassBatchPost, taxClassBatchPut, taxClassBatchDelete },
};
