/** The kinds of events that a webhook may be for. */

/** Events by what they are about; the name of each family with `*` stands for all of its events. */
const families: Readonly<Record<string, string>> = {
  order:
    'created updated archived statusUpdated message/created refund/created transaction/created transaction/updated metafield/created metafield/updated metafield/deleted',
  product:
    'created updated deleted inventory/updated inventory/order/updated metafield/* metafield/created metafield/updated metafield/deleted variant/metafield/* variant/metafield/created variant/metafield/updated variant/metafield/deleted',
  sku: 'created updated deleted inventory/updated inventory/order/updated',
  category: 'created updated deleted metafield/* metafield/created metafield/updated metafield/deleted',
  brand: 'metafield/* metafield/created metafield/updated metafield/deleted',
  customer:
    'created updated deleted address/* address/created address/updated address/deleted channel/login/access/updated payment/instrument/default/updated',
  cart: 'created updated deleted abandoned couponApplied converted lineItem lineItem/* lineItem/created lineItem/updated lineItem/deleted metafield/created metafield/updated metafield/deleted',
  shipment: 'created updated deleted',
  subscriber: 'created updated deleted',
  app: 'uninstalled',
  information: 'updated',
  metafield: 'created updated deleted',
  modifier: 'updated',
  option: 'updated',
  priceList:
    'created updated activated deactivated deleted record/* record/created record/updated record/deleted records/* records/created records/updated records/deleted assignment/* assignment/updated assignment/deleted',
  priceLists: 'deleted',
  hook: 'deliveryException',
  inventory:
    'location/* location/created location/updated location/metafield/* location/metafield/created location/metafield/updated location/metafield/deleted',
  channel: 'created updated metafield/created metafield/updated metafield/deleted',
  company:
    'created updated deleted statusUpdated superadmin/assignmentUpdated user/* user/created user/updated user/deleted address/* address/created address/updated address/deleted',
  superadmin: 'created updated deleted assignmentUpdated',
  quote: 'created updated statusUpdated deleted',
};

/** Events below `store/channel/{id}`. */
const ofChannels =
  'cart/* cart/created cart/updated cart/deleted cart/couponApplied cart/abandoned cart/converted cart/lineItem/* cart/lineItem/created cart/lineItem/updated cart/lineItem/deleted ' +
  'category/* category/created category/updated category/deleted categoryTree/updated category/product/assigned category/product/unassigned product/assigned product/unassigned ' +
  'order/* order/created order/updated order/archived order/statusUpdated order/message/created order/refund/created ' +
  'page/* page/created page/updated page/deleted script/* script/created script/updated script/deleted ' +
  'inventory/product/stock_changed inventory/product/low_stock_reached inventory/product/out_of_stock_reached inventory/product/settings_changed ' +
  'settings/* settings/route/updated settings/site/updated settings/site/checkoutUrl/updated settings/site/checkoutUrl/deleted settings/emailStatus/updated settings/emailStatus/deleted ' +
  'settings/currency/updated settings/profile/updated settings/locale/added settings/locale/updated settings/locale/deleted settings/logo/updated settings/logo/image/updated settings/favicon/image/updated ' +
  'settings/checkout/updated settings/SEO/updated settings/robots/updated settings/category/updated settings/product/updated settings/catalog/updated settings/security/updated ' +
  'settings/searchContextFilters/updated settings/defaultCustomerGroup/updated settings/customerPrivacy/updated ' +
  'email/templates/updated email/templates/deleted notifications/abandonedCart/updated notifications/inventory/updated socialMediaLinks/updated ' +
  'theme/configuration/* theme/configuration/created theme/configuration/activated';

const known = new Set(
  Object.entries(families).flatMap(([name, events]) =>
    ['*', ...events.split(' ')].map((event) => `store/${name}/${event}`),
  ),
);
const knownOfChannels = new Set(ofChannels.split(' '));

/** May a webhook be for it? */
export function isEventScope(scope: string): boolean {
  if (known.has(scope)) return true;
  const [, , rest] = CHANNEL_SCOPE.exec(scope) ?? [];
  return rest !== undefined && knownOfChannels.has(rest);
}

/** Is a webhook for `hookScope` told of an event of the concrete kind `eventScope`? */
export function eventMatches(hookScope: string, eventScope: string): boolean {
  if (hookScope === eventScope) return true;
  const hook = CHANNEL_SCOPE.exec(hookScope);
  const event = CHANNEL_SCOPE.exec(eventScope);
  // What happens on a channel is no event of channels: `store/channel/*` is for these.
  if (!hook || !event) return !event && isWithin(hookScope, eventScope);
  const [, hookChannel, ofHook = ''] = hook;
  const [, eventChannel, ofEvent = ''] = event;
  const isSameChannel = hookChannel === '*' || eventChannel === '*' || hookChannel === eventChannel;
  return isSameChannel && (ofHook === ofEvent || isWithin(ofHook, ofEvent));
}

/** Id and kind of event; some events carry an asterisk in the place of the id. */
const CHANNEL_SCOPE = /^store\/channel\/(\d+|\*)\/(.+)$/;

/** The asterisk at the end of a scope stands for whatever comes there, however deep. */
function isWithin(wildcard: string, scope: string): boolean {
  return wildcard.endsWith('/*') && scope.startsWith(wildcard.slice(0, -1));
}
