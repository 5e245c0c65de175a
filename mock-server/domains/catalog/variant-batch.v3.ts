/**
 * Batches of variants, over products: elements with an id change that variant, others make a new one. All are saved or
 * none is, and each refused element has an error of its own.
 * Described in openapi/documents/catalog/product-variants.v3.yaml.
 */
import { NotFoundError, UnprocessableError } from '../../errors.js';
import { errorObject } from '../../pipeline/error-text.js';
import { listAnswer } from '../../resources/answers.js';
import { eachRow } from '../../resources/batch.js';
import type { Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { BodyOf, Handler } from '../../resources/handler.js';
import { requireRow, updateRow } from '../../resources/write.js';
import { products } from './products.v3.js';
import { addVariant, settleProduct, variants } from './variants.v3.js';

type BatchItem = BodyOf<'updateVariantsBatch'>[number];

const updateVariantsBatch: Handler<'updateVariantsBatch'> = (context) => {
  const { done, refused } = eachRow(context, context.body, (item) => saveVariant(item, context));
  if (refused.size > 0) {
    // The document names `batch_errors` alone; the title is our own.
    throw new UnprocessableError(
      'None of the variants was saved: see batch_errors.',
      {},
      {
        extra: { batch_errors: [...refused].sort(([a], [b]) => a - b).map(([, refusal]) => errorObject(refusal)) },
      },
    );
  }
  return listAnswer(context, variants, context.store.rows(variants).pick(done), '{}');
};

/** Gives the id of the saved variant. */
function saveVariant(item: BatchItem, actor: Actor): number {
  const { id, product_id, ...input } = item;
  if (id === undefined) return createVariant(product_id, input, actor);
  const row = actor.store.rows(variants).get(id);
  if (!row) throw new NotFoundError(`A variant was not found with an id of ${String(id)}`); // after that of products, assumed
  updateRow(variants, row, input, actor, [row.product_id]);
  return id;
}

function createVariant(
  product_id: number | undefined,
  input: Omit<BatchItem, 'id' | 'product_id'>,
  actor: Actor,
): number {
  const missing = {
    ...(product_id === undefined ? { product_id: 'Please provide a product_id.' } : {}),
    ...(input.sku === undefined ? { sku: 'Please provide a sku.' } : {}),
  };
  if (product_id === undefined || input.sku === undefined)
    throw new UnprocessableError('Missing Required Fields', missing);
  requireRow(products, product_id, actor);
  const { id } = addVariant(product_id, input, actor);
  settleProduct(actor, product_id);
  return id;
}

export const variantBatchDomain: Domain = { resources: [], handlers: { updateVariantsBatch } };
