/** What the official examples of orders and payments name beside ids: options of products, and orders that can be paid. */
import type { ExistingRows, PathValues } from '../../../contracts/index.js';
import type { Row } from '../../../contracts/suites/existing-rows.js';
import type { Adaptation } from './operation-adaptations.js';

const V3 = '/stores/{store_hash}/v3';

/** A line of something that is in no catalog, which any order may have. */
const anyLine = { name: 'Contract check', quantity: 1, price_ex_tax: 9, price_inc_tax: 10 };

const billing_address = { zip: '78701', country_iso2: 'US' };

/** Options of the product that a line names, as far as they must be chosen; an example that prints fees alone gets a line. */
const withChoices: Adaptation = async (example, rows, values) => {
  const { products, ...order } = example as { readonly products?: readonly Row[] };
  const isNew = values['order_id'] === undefined;
  if (!products) return isNew ? { billing_address, products: [anyLine], ...order } : order;
  const lines = products.map(async (line) => {
    const product_id = Number(line['product_id'] ?? 0);
    if (product_id === 0) return line;
    const choices = await choicesOf(product_id, rows, values);
    return { ...line, variant_id: undefined, product_options: choices };
  });
  return { ...order, products: await Promise.all(lines) };
};

async function choicesOf(product_id: number, rows: ExistingRows, values: PathValues): Promise<object[]> {
  const of = (what: string) => rows.list(`${V3}/catalog/products/{product_id}/${what}`, { ...values, product_id });
  const [variant] = await of('variants');
  const modifiers = (await of('modifiers')) as readonly {
    readonly id: number;
    readonly required: boolean;
    readonly option_values?: readonly { readonly id: number }[];
  }[];
  const chosen = (variant?.['option_values'] ?? []) as readonly { readonly id: number; readonly option_id: number }[];
  return [
    ...chosen.map(({ id, option_id }) => ({ id: option_id, value: String(id) })),
    ...modifiers
      .filter(({ required }) => required)
      .map(({ id, option_values = [] }) => ({ id, value: String(option_values[0]?.id ?? 'as printed') })),
  ];
}

/** What the store has of what an example pays with: a method, a certificate with money, a card of the order's customer. */
const withMeans: Adaptation = async (example, rows, values) => {
  const { payment } = example as { readonly payment: Readonly<Record<string, unknown>> };
  const instrument = payment['instrument'] as Readonly<Record<string, unknown>>;
  const order_id = rows.sendable('createPaymentAccessToken', 'id')!;
  const order = (await rows.read('/stores/{store_hash}/v2/orders/{order_id}', { ...values, order_id })) as Row;
  const cards = `${V3}/customers/{customerId}/stored-instruments`;
  const [card] = await rows.list(cards, { ...values, customerId: Number(order['customer_id']) });
  return {
    payment: {
      ...payment,
      payment_method_id: rows.sendable('PaymentsPost', 'payment_method_id'),
      instrument: {
        ...instrument,
        ...(String(instrument['type']).startsWith('stored_') && { token: card?.['token'] }),
        ...('gift_certificate_code' in instrument && {
          gift_certificate_code: rows.sendable('PaymentsPost', 'giftCertificateCode'),
        }),
      },
    },
  };
};

export const orderAdaptations: Readonly<Record<string, Adaptation>> = {
  createOrderV2: withChoices,
  updateOrder: withChoices,
  PaymentsPost: withMeans,
};
