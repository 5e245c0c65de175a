/**
 * Operations that want more of a request, or of the rows it names, than a schema can say: what the suites make up for
 * them is refused, with a status that is documented. By the reason.
 */
const byReason: Readonly<Record<string, readonly string[]>> = {
  'only for a shopper who signed in, or whose browser session holds the cart': ['getCurrentCustomer'],
  'the token is one that the store handed out': ['revokeToken'],
  'nothing of the kind is there before somebody made or uploaded it': [],
  'one of several fields or parameters must be there, and none of them is required alone': [
    'getPaymentMethods',
    'createOrderV2',
    'createCart',
    'addCartLineItems',
    'updateCartLineItem',
    'updateCheckoutLineItem',
    'createCheckoutConsignment',
    'addCheckoutConsignment',
    'postCookieConsent',
    'createPriceListAssignments',
    'createPriceListsRecords',
    'upsertPriceListsRecords',
    'createPriceListRecords',
    'upsertPriceListRecords',
    'createScript',
    'getThemeConfiguration',
    'put-location-inventory-items',
    'updateSiteRoutes',
  ],
  'the description requires less than the service does': [
    'PaymentsPost',
    'deleteCarrierConnection',
    'createCarrierConnection',
    'updateCarrierConnection',
    'upsertSiteCertificate',
    'updateCheckoutUrl',
  ],
  'a value must be one that the service or the store knows': [
    'post-pickup-methods',
    'createCoupon',
    'createWebhooks',
    'updateWebhook',
  ],
  'the first row does not allow it: it is the default one, in use, or in another state': [
    'deleteCurrency',
    'deleteLocations',
    'captureOrderPayment',
    'voidOrderPayment',
    'deletePromotions',
    'deleteTaxZones',
    'deleteStoreTheme',
    'deleteCategoryTrees',
    'deleteCategories',
    'deleteCategory',
  ],
  'the file must be one of redirects': ['createRedirectImportJob'],
  'the payments must add up to what is paid back': ['createOrderRefund'],
  'there is one already': ['PostShopperProfile', 'createChannelSite', 'createSite'],
  'the upper end must lie above the lower one': ['createBulkPricingRule'],
  'a category needs a tree or a parent': ['createCategories'],
  'a rule needs two conditions': ['createProductComplexRule'],
  'a picture comes as a file or from an address': ['createProductImage', 'createProductVariantImage'],
  'the first modifier is a checkbox, whose values are fixed': [
    'createProductModifierValue',
    'deleteProductModifierValue',
  ],
  'a variant needs a combination of option values that is free': ['createProductVariant'],
  'the first metafield belongs to another app': ['deleteCategoriesMetafields', 'deleteCategoryMetafield'],
  'the product must be in the category': ['updateCategorySortOrders'],
  'a row without an id must be a whole one': ['updateVariantsBatch', 'upsertCategoryTrees'],
};

export const needMore: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(byReason).flatMap(([reason, ids]) => ids.map((id) => [id, reason])),
);
