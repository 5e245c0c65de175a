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
  /** Only where the answer has null. */
  readonly isNull?: true;
  readonly reason: string;
}

const inherits =
  "A variant without a value of its own has the product's and shows null; only one of its two lists says so.";

const followsStore =
  'Null where a channel follows the store: said in words of every group of settings, and left out of the schemas.';

/** Settings that a channel may have otherwise than the store; of those in the second list some have a choice of values. */
const layeredSettings = [
  'getSettingsCatalog',
  'getSettingsEmailStatuses',
  'getSettingsInventoryNotifications',
  'getSettingsRobotsTxt',
  'getSettingsStorefrontStatus',
];
const layeredChoices = [
  'getSettingsInventory',
  'getSettingsLogo',
  'getSettingsMeasurementUnits',
  'getSettingsStoreProfile',
  'getSettingsStorefrontCategory',
  'getSettingsStorefrontProduct',
  'getSettingsStorefrontSearch',
  'getSettingsStorefrontSecurity',
  'getSettingsStorefrontSeo',
];

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
  known('getBlogTags', '/*', 'type', 'Documented as lists in a list; it is a list of tags, as its example shows.'),
  known('createRedirect', '/forward/ref', 'type', 'A manual redirect has a URL there, any other an id.'),
  ...(['type', 'anyOf'] as const).map((keyword) =>
    known('createPages', '/data', keyword, 'A list is answered by a list, as its description says.'),
  ),
  known('getAllBulkPricingRules', '/data', 'type', 'Documented as one rule; it is a list.'),
  known(
    '*',
    '*/phone',
    'pattern',
    'The pattern is malformed, and forbids what its own examples print; a phone is optional and any text.',
  ),
  known('getCartMetafields', '/data', 'type', 'Documented as one metafield; it is a list, as of all carts together.'),
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
  ...['getCustomers', 'createCustomers', 'updateCustomers'].map((operation) =>
    knownNull(
      operation,
      '/data/*/channel_ids',
      'type',
      'Null for an account that opens on all channels, as stores show it.',
    ),
  ),
  ...['getCustomersSettingsChannel', 'updateCustomersSettingsChannel'].map((operation) =>
    knownNull(
      operation,
      '/data/*',
      'type',
      'Null where the channel follows the store, as the printed answers have it.',
    ),
  ),
  known(
    '*',
    '*/discount_rules',
    'oneOf',
    'Its alternatives differ by properties of which none is required: rules are valid by several of them.',
  ),
  ...[...layeredSettings, ...layeredChoices].map((operation) => knownNull(operation, '/data/*', 'type', followsStore)),
  ...[...layeredChoices, 'getChannelAbandonedCartSettings', 'updateChannelAbandonedCartSettings'].map((operation) =>
    knownNull(operation, '/data/*', 'enum', followsStore),
  ),
  ...['getCurrencies', 'getCurrency', 'createCurrency', 'updateCurrency'].map((operation) =>
    known(operation, '*/last_updated', 'format', 'A date of V2: RFC 2822, as the schema has it in its own example.'),
  ),
  known('getCountryStatesCount', '/count', 'minimum', 'Many countries have no states: 0.'),
  ...['minLength', 'maxLength', 'pattern'].map((keyword) =>
    known(
      'generatePromotionCodesBatch',
      '/data/codes/*/code',
      keyword,
      'Says sixteen characters of every code, although the request sets their number and a prefix.',
    ),
  ),
  known(
    '*',
    '*/consignments',
    'oneOf',
    'A link or the consignments themselves: neither alternative requires anything, so that both fit.',
  ),
  known(
    'getOrderConsignments',
    '*/line_items',
    'oneOf',
    'Links or the lines themselves: neither alternative requires anything that lines lack, so that both fit.',
  ),
  known(
    'getOrderFees',
    '',
    'type',
    'Documented as one fee; it is the list that an order shows when it includes its fees.',
  ),
  ...['/taxTotal', '/taxes/*/amount'].map((pointer) =>
    known('getStorefrontOrder', pointer, 'type', 'Whole numbers in the schema, but taxes have cents.'),
  ),
  known(
    'getWebhooks',
    '/data',
    'minItems',
    'A list without items is what an app sees that has no webhook of the kind.',
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

function knownNull(operation: string, pointer: string, keyword: string, reason: string): KnownDifference {
  return { operation, pointer, keyword, isNull: true, reason };
}

const properties = 'examples of its properties';

/** Examples, by operationId and name, that the mock refuses, and why: as they stand they break a rule of the API. */
export const refusedExamples: Readonly<Record<string, string>> = {
  'addCheckoutConsignment: Pickup Consignment': 'the checkout has a consignment that is shipped',
  [`addCheckoutConsignment: ${properties}`]: 'the checkout has a consignment that is shipped',
  [`createCheckoutConsignment: ${properties}`]: 'prints neither an address nor lines',
  [`postCookieConsent: ${properties}`]: 'leaves one of the three kinds of cookies out',
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
  'createRedirect: schema example': 'carries the address, which is read-only',
  [`createRedirect: ${properties}`]: 'carries the address, which is read-only',
  'updateRedirect: schema example': 'carries the address, which is read-only',
  [`updateRedirect: ${properties}`]: 'carries the address, which is read-only',
  [`createPromotion: ${properties}`]: 'has groups of customers that are meant, and others that are not',
  [`updatePromotion: ${properties}`]: 'has groups of customers that are meant, and others that are not',
  [`createProductVariant: ${properties}`]: 'names an option of another product',
  [`createOrderV2: ${properties}`]: 'has goods both as products and as consignments',
  [`PaymentsPost: ${properties}`]: 'prints parts of a card only',
  'PaymentsPost: Store Credit': 'the customer has no store credit',
  [`updateOrder: ${properties}`]: 'the order has no pickup that could be changed',
  'updateChannel: Update a Facebook by Meta Channel': 'gives a storefront the status of another type of channel',
  [`createChannelSite: ${properties}`]: 'the channel has a site',
  [`createSite: ${properties}`]: 'the channel has a site',
  [`updateSiteRoutes: ${properties}`]: 'names neither a route nor the type of a new one',
  [`upsertSiteCertificate: ${properties}`]: 'installs no certificate',
  [`updateCustomer: ${properties}`]: 'carries the addresses, which are read-only in V2',
  'updateCustomerAddress: schema example': 'carries the id, which is read-only in V2',
  [`updateCustomerAddress: ${properties}`]: 'carries the id, which is read-only in V2',
  [`createToken: ${properties}`]: 'names channels in both ways, of which one is to be used',
  [`createPrivateToken: ${properties}`]: 'names channels in both ways, of which one is to be used',
  [`createTokenWithCustomerImpersonation: ${properties}`]: 'names channels in both ways, of which one is to be used',
};
