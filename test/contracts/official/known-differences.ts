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

const inherits = 'A variant without a value of its own inherits the product\'s and shows null; only one of its two lists says so.';

const noAdjuster = 'Null for a value that adjusts nothing; only some of the spots say so.';

export const knownDifferences: readonly KnownDifference[] = [
  ...['getProducts', 'getProduct', 'createProduct', 'updateProducts', 'updateProduct'].flatMap((operation) => [
    known(operation, '/data*/date_last_imported', 'type', 'Null until a product is imported, as stores show it.'),
    known(operation, '/data*/option_set_id', 'type', 'Null without a legacy option set, as stores show it.'),
  ]),
  ...['getProducts', 'getProduct', 'updateProducts', 'updateProduct'].map((operation) =>
    known(operation, '/data*/base_variant_id', 'type', 'Null once a product has variants of its own, as its description says.'),
  ),
  ...['price', 'sale_price', 'retail_price', 'cost_price', 'weight', 'width', 'height', 'depth', 'fixed_cost_shipping_price'].map(
    (property) => known('getVariants', `/data/*/${property}`, 'type', inherits),
  ),
  known('getVariants', '/data/*/sku_id', 'type', 'Null for a base variant, as the other list of variants says.'),
  ...['getProductVariantOptionValues', 'getProductVariantOptionValue', 'createProductVariantOptionValue'].map((operation) =>
    known(operation, '/data*/value_data', 'type', 'Null for a value without colours, picture or product, as its sibling says.'),
  ),
  known('createProductVariantOption', '/data/option_values/*/value_data', 'type', 'The same, inside the option.'),
  ...['getProductModifiers', 'getProductModifier', 'getProductModifierValues', 'getProductModifierValue', 'updateProductModifier'].flatMap(
    (operation) => [
      known(operation, '/data*/adjusters/price', 'type', noAdjuster),
      known(operation, '/data*/adjusters/weight', 'type', noAdjuster),
    ],
  ),
  known('getCategorySortOrders', '/data/*/sort_order', 'type', 'Null for a product that has no place of its own.'),
  known('getAllBulkPricingRules', '/data', 'type', 'Documented as one rule; it is a list.'),
  ...['createProductImage', 'updateProductImage'].map((operation) =>
    known(operation, '/data', 'oneOf', 'The two alternatives differ by nothing but a name, so that each answer is valid by both.'),
  ),
  ...['getProductVariantMetafields', 'getProductVariantMetafield', 'createProductVariantMetafield'].map((operation) =>
    known(operation, '/data*/description', 'minLength', 'A metafield without a description shows an empty text, as all other metafields may.'),
  ),
  known('deleteCategoryTrees', '/errors', 'required', 'Documented as a refusal within `errors`; observed as a plain one.'),
];

function known(operation: string, pointer: string, keyword: string, reason: string): KnownDifference {
  return { operation, pointer, keyword, reason };
}

/** Examples that break a rule which the same documents state, by operationId. They are refused, with the reason. */
export const refusedExamples: Readonly<Record<string, string>> = {
  updateProducts: 'hides the price of a product that can be bought',
  upsertCategoryTrees: 'gives channels to a tree that exists',
};
