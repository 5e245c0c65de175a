/**
 * Where the mock's answers knowingly differ from the official schemas: the schema is wrong, or says less than is known of
 * the API. Whatever is not listed fails the test, and so does an entry that no answer needs any more.
 */

export interface KnownDifference {
  /** operationId, or '*'. */
  readonly operation: string;
  /** Place in the answer; `*` stands for any key or text. */
  readonly pointer: string;
  readonly keyword: string;
  readonly reason: string;
}

const inherits =
  "A variant without a value of its own has the product's and shows null; only one of its two lists says so.";

export const knownDifferences: readonly KnownDifference[] = [
  known('*', '/data*/date_last_imported', 'type', 'Null until a product is imported, as stores show it.'),
  known('*', '/data*/option_set_id', 'type', 'Null without a legacy option set, as stores show it.'),
  known('*', '/data*/base_variant_id', 'type', 'Null once a product has variants of its own, as its description says.'),
  known(
    '*',
    '/data*/value_data',
    'type',
    'Null for a value without colours, picture or product, as one of its spots says.',
  ),
  known('*', '/data*/adjusters/price', 'type', 'Null for a value that adjusts nothing; only some of the spots say so.'),
  known(
    '*',
    '/data*/adjusters/weight',
    'type',
    'Null for a value that adjusts nothing; only some of the spots say so.',
  ),
  ...[
    'price',
    'sale_price',
    'retail_price',
    'cost_price',
    'weight',
    'width',
    'height',
    'depth',
    'fixed_cost_shipping_price',
  ].map((property) => known('getVariants', `/data/*/${property}`, 'type', inherits)),
  known('updateVariantsBatch', '/data/*/fixed_cost_shipping_price', 'type', inherits),
  known('getVariants', '/data/*/sku_id', 'type', 'Null for a base variant, as the other list of variants says.'),
  known('getCategorySortOrders', '/data/*/sort_order', 'type', 'Null for a product that has no place of its own.'),
  known('getAllBulkPricingRules', '/data', 'type', 'Documented as one rule; it is a list.'),
  ...['createProductImage', 'updateProductImage'].map((operation) =>
    known(
      operation,
      '/data',
      'oneOf',
      'The two alternatives differ by nothing but a name, so that each answer is valid by both.',
    ),
  ),
  ...['getProductVariantMetafields', 'getProductVariantMetafield', 'createProductVariantMetafield'].map((operation) =>
    known(
      operation,
      '/data*/description',
      'minLength',
      'Without a description it is an empty text, as in all other metafields.',
    ),
  ),
  known(
    'deleteCategoryTrees',
    '/errors',
    'required',
    'Documented as a refusal within `errors`; observed as a plain one.',
  ),
];

function known(operation: string, pointer: string, keyword: string, reason: string): KnownDifference {
  return { operation, pointer, keyword, reason };
}

const properties = 'examples of its properties';

/** Examples, by operationId and name, that the mock refuses, and why: as they stand they break a rule of the API. */
export const refusedExamples: Readonly<Record<string, string>> = {
  'updateProducts: example': 'hides the price of a product that can be bought',
  'upsertCategoryTrees: schema example': 'gives channels to a tree that exists',
  [`upsertCategoryTrees: ${properties}`]: 'gives channels to a tree that exists',
  [`updateCategoriesMetafields: ${properties}`]: 'the first metafield belongs to another app',
  [`updateCategoryMetafield: ${properties}`]: 'the first metafield belongs to another app',
  [`updateCategorySortOrders: ${properties}`]: 'the first product is not in the first category',
  [`updateBulkPricingRule: ${properties}`]: 'the range runs into the next rule of that product',
  [`createProductComplexRule: ${properties}`]: 'a rule needs two conditions',
  [`updateProductComplexRule: ${properties}`]: 'names a modifier of another product',
  [`createProductModifier: ${properties}`]: 'the first type is a date, which has no values',
  [`updateProductModifier: ${properties}`]: 'the first modifier is a checkbox, whose values are fixed',
  [`createProductModifierValue: ${properties}`]: 'the first modifier is a checkbox, whose values are fixed',
  [`createProductVariant: ${properties}`]: 'names an option of another product',
};
