/** All domains. A resource that is not listed here has no rules, and no operation can reach it. */
import type { Domain } from '../resources/engine.js';
import { brandsDomain } from './catalog/brands.v3.js';
import { catalogSummaryDomain } from './catalog/catalog-summary.v3.js';
import { productCategoryAssignmentsDomain } from './catalog/product-category-assignments.v3.js';
import { productChannelAssignmentsDomain } from './catalog/product-channel-assignments.v3.js';
import { productsDomain } from './catalog/products.v3.js';
import { productImagesDomain } from './catalog/product-images.v3.js';
import { productVideosDomain } from './catalog/product-videos.v3.js';
import { productReviewsDomain } from './catalog/product-reviews.v3.js';
import { customFieldsDomain } from './catalog/product-custom-fields.v3.js';
import { bulkPricingRulesDomain } from './catalog/product-bulk-pricing-rules.v3.js';
import { complexRulesDomain } from './catalog/product-complex-rules.v3.js';
import { modifiersDomain } from './catalog/product-modifiers.v3.js';
import { optionsDomain } from './catalog/product-variant-options.v3.js';
import { variantBatchDomain } from './catalog/variant-batch.v3.js';
import { variantsDomain } from './catalog/variants.v3.js';
import { categoriesDomain } from './catalog/categories.v3.js';
import { categorySortOrdersDomain } from './catalog/category-sort-orders.v3.js';
import { categoryTreesDomain } from './catalog/category-trees.v3.js';
import { metafieldsDomain } from './catalog/metafields.v3.js';
import { treeCategoriesDomain } from './catalog/tree-categories.v3.js';
import { channelCurrenciesDomain } from './channels/channel-currency-assignments.v3.js';
import { channelListingsDomain } from './channels/channel-listings.v3.js';
import { channelMenusDomain } from './channels/channel-menus.v3.js';
import { channelsDomain } from './channels/channels.v3.js';
import { siteCertificatesDomain } from './channels/site-certificates.v3.js';
import { siteRoutesDomain } from './channels/site-routes.v3.js';
import { sitesDomain } from './channels/sites.v3.js';
import { priceListAssignmentsDomain } from './pricing/price-list-assignments.v3.js';
import { priceListRecordsDomain } from './pricing/price-list-records.v3.js';
import { priceListsDomain } from './pricing/price-lists.v3.js';
import { pricingDomain } from './pricing/pricing.v3.js';
import { inventoryDomain } from './inventory/inventory.v3.js';
import { locationsDomain } from './inventory/locations.v3.js';
import { pickupMethodsDomain } from './pickup/pickup-methods.v3.js';
import { pickupOptionsDomain } from './pickup/pickup-options.v3.js';
import { carrierConnectionsDomain } from './shipping/carrier-connections.v2.js';
import { customsInformationDomain } from './shipping/customs-information.v3.js';
import { shippingMethodsDomain } from './shipping/shipping-methods.v2.js';
import { shippingSettingsDomain } from './shipping/shipping-settings.v3.js';
import { shippingZonesDomain } from './shipping/shipping-zones.v2.js';
import { geographyDomain } from './geography/geography.v2.js';
import { currenciesDomain } from './store-currencies/currencies.v2.js';
import { customersDomain } from './customers/customers.v3.js';
import { customersV2Domain } from './customers/customers.v2.js';
import { customerAddressesDomain } from './customers/customer-addresses.v3.js';
import { customerAddressesV2Domain } from './customers/customer-addresses.v2.js';
import { customerGroupsDomain } from './customers/customer-groups.v2.js';
import { customerAttributesDomain } from './customers/customer-attributes.v3.js';
import { attributeValuesDomain } from './customers/customer-attribute-values.v3.js';
import { formFieldValuesDomain } from './customers/form-field-values.v3.js';
import { customerConsentDomain } from './customers/customer-consent.v3.js';
import { customerMetafieldsDomain } from './customers/customer-metafields.v3.js';
import { customerSettingsDomain } from './customers/customer-settings.v3.js';
import { storedInstrumentsDomain } from './customers/stored-instruments.v3.js';
import { subscribersDomain } from './customers/subscribers.v3.js';
import { wishlistsDomain } from './customers/wishlists.v3.js';
import { segmentsDomain } from './customers/segments.v3.js';
import { cartsDomain } from './carts/carts.v3.js';
import { cartRedirectsDomain } from './carts/cart-redirects.v3.js';
import { cartSettingsDomain } from './carts/cart-settings.v3.js';
import { cartMetafieldsDomain } from './carts/cart-metafields.v3.js';
import { checkoutsDomain } from './checkouts/checkouts.v3.js';
import { checkoutSettingsDomain } from './checkouts/checkout-settings.v3.js';
import { settingsDomain } from './settings/settings.v3.js';
import { logoDomain } from './settings/logo.v3.js';
import { analyticsDomain } from './settings/analytics.v3.js';
import { searchFiltersDomain } from './settings/search-filters.v3.js';
import { storeInformationDomain } from './store/store-information.v2.js';
import { storeMetafieldsDomain } from './store/store-metafields.v3.js';
import { systemLogsDomain } from './store/system-logs.v3.js';
import { pagesDomain } from './content/pages.v3.js';
import { pagesV2Domain } from './content/pages.v2.js';
import { blogDomain } from './content/blog.v2.js';
import { redirectsDomain } from './content/redirects.v3.js';
import { redirectsV2Domain } from './content/redirects.v2.js';
import { redirectJobsDomain } from './content/redirect-jobs.v3.js';
import { scriptsDomain } from './content/scripts.v3.js';
import { widgetsDomain } from './content/widgets.v3.js';
import { pageWidgetsDomain } from './content/page-widgets.v3.js';
import { themesDomain } from './themes/themes.v3.js';
import { customTemplateAssociationsDomain } from './themes/custom-template-associations.v3.js';
import { emailTemplatesDomain } from './emails/email-templates.v3.js';
import { abandonedCartEmailsDomain } from './emails/abandoned-cart-emails.v3.js';
import { abandonedCartsDomain } from './emails/abandoned-carts.v3.js';
import { ordersDomain } from './orders/orders.v2.js';
import { orderStatusesDomain } from './orders/order-statuses.v2.js';
import { shipmentsDomain } from './orders/shipments.v2.js';
import { transactionsDomain } from './orders/transactions.v3.js';
import { refundsDomain } from './orders/refunds.v3.js';
import { orderSettingsDomain } from './orders/order-settings.v3.js';
import { orderMetafieldsDomain } from './orders/order-metafields.v3.js';
import { orderPickupsDomain } from './orders/order-pickups.v3.js';
import { storefrontOrdersDomain } from './orders/orders.sf.js';
import { sessionsDomain } from './storefront/session.js';
import { storefrontCartsDomain } from './storefront/carts.sf.js';
import { storefrontCheckoutsDomain } from './storefront/checkouts.sf.js';
import { storefrontConsentDomain } from './storefront/consent.sf.js';
import { storefrontCustomersDomain } from './storefront/customers.sf.js';
import { storefrontSubscriptionsDomain } from './storefront/subscriptions.sf.js';
import { storefrontFormFieldsDomain } from './storefront/form-fields.sf.js';
import { storefrontPickupOptionsDomain } from './storefront/pickup-options.sf.js';
import { customerLoginDomain } from './auth/customer-login.js';
import { currentCustomerDomain } from './auth/current-customer.js';
import { storefrontTokensDomain } from './auth/storefront-tokens.v3.js';
import { paymentMethodsDomain } from './payments/payment-methods.js';
import { paymentAccessTokensDomain } from './payments/access-tokens.v3.js';
import { paymentsDomain } from './payments/process.js';
import { couponsDomain } from './marketing/coupons.v2.js';
import { bannersDomain } from './marketing/banners.v2.js';
import { giftCertificatesDomain } from './marketing/gift-certificates.v2.js';
import { promotionsDomain } from './marketing/promotions.v3.js';
import { promotionCodesDomain } from './marketing/promotion-codes.v3.js';
import { certificateUsesDomain } from './marketing/certificate-uses.js';
import { promotionUsesDomain } from './marketing/promotion-uses.js';
import { promotionSettingsDomain } from './marketing/promotion-settings.v3.js';
import { taxClassesDomain } from './tax/tax-classes.v3.js';
import { taxZonesDomain } from './tax/tax-zones.v3.js';
import { taxRatesDomain } from './tax/tax-rates.v3.js';
import { taxSettingsDomain } from './tax/tax-settings.v3.js';
import { taxPropertiesDomain } from './tax/tax-properties.v3.js';
import { taxProviderConnectionDomain } from './tax/tax-provider-connection.v3.js';
import { webhooksDomain } from './webhooks/webhooks.v3.js';
import { infrastructureHostingDomain } from './infrastructure/infrastructure-hosting.v3.js';
import { installationsDomain } from '../oauth/installations.js';

export const domains: readonly Domain[] = [
  productsDomain,
  productChannelAssignmentsDomain,
  productCategoryAssignmentsDomain,
  catalogSummaryDomain,
  variantsDomain,
  variantBatchDomain,
  optionsDomain,
  modifiersDomain,
  brandsDomain,
  productImagesDomain,
  productVideosDomain,
  productReviewsDomain,
  customFieldsDomain,
  bulkPricingRulesDomain,
  complexRulesDomain,
  categoriesDomain,
  categorySortOrdersDomain,
  categoryTreesDomain,
  treeCategoriesDomain,
  metafieldsDomain,
  channelsDomain,
  channelCurrenciesDomain,
  channelListingsDomain,
  channelMenusDomain,
  sitesDomain,
  siteRoutesDomain,
  siteCertificatesDomain,
  geographyDomain,
  currenciesDomain,
  priceListsDomain,
  priceListRecordsDomain,
  priceListAssignmentsDomain,
  pricingDomain,
  locationsDomain,
  inventoryDomain,
  pickupMethodsDomain,
  pickupOptionsDomain,
  shippingZonesDomain,
  shippingMethodsDomain,
  carrierConnectionsDomain,
  customsInformationDomain,
  shippingSettingsDomain,
  customersDomain,
  customersV2Domain,
  customerAddressesDomain,
  customerAddressesV2Domain,
  customerGroupsDomain,
  customerAttributesDomain,
  attributeValuesDomain,
  formFieldValuesDomain,
  customerConsentDomain,
  customerMetafieldsDomain,
  customerSettingsDomain,
  storedInstrumentsDomain,
  subscribersDomain,
  wishlistsDomain,
  segmentsDomain,
  cartsDomain,
  cartRedirectsDomain,
  cartSettingsDomain,
  cartMetafieldsDomain,
  checkoutsDomain,
  checkoutSettingsDomain,
  settingsDomain,
  logoDomain,
  analyticsDomain,
  searchFiltersDomain,
  storeInformationDomain,
  storeMetafieldsDomain,
  systemLogsDomain,
  pagesDomain,
  pagesV2Domain,
  blogDomain,
  redirectsDomain,
  redirectsV2Domain,
  redirectJobsDomain,
  scriptsDomain,
  widgetsDomain,
  pageWidgetsDomain,
  themesDomain,
  customTemplateAssociationsDomain,
  emailTemplatesDomain,
  abandonedCartEmailsDomain,
  abandonedCartsDomain,
  ordersDomain,
  orderStatusesDomain,
  shipmentsDomain,
  transactionsDomain,
  refundsDomain,
  orderSettingsDomain,
  orderMetafieldsDomain,
  orderPickupsDomain,
  storefrontOrdersDomain,
  sessionsDomain,
  storefrontCartsDomain,
  storefrontCheckoutsDomain,
  storefrontConsentDomain,
  storefrontCustomersDomain,
  storefrontSubscriptionsDomain,
  storefrontFormFieldsDomain,
  storefrontPickupOptionsDomain,
  customerLoginDomain,
  currentCustomerDomain,
  storefrontTokensDomain,
  paymentMethodsDomain,
  paymentAccessTokensDomain,
  paymentsDomain,
  couponsDomain,
  bannersDomain,
  giftCertificatesDomain,
  promotionsDomain,
  promotionCodesDomain,
  promotionUsesDomain,
  certificateUsesDomain,
  promotionSettingsDomain,
  taxClassesDomain,
  taxZonesDomain,
  taxRatesDomain,
  taxSettingsDomain,
  taxPropertiesDomain,
  taxProviderConnectionDomain,
  webhooksDomain,
  infrastructureHostingDomain,
  installationsDomain,
];
