/** A sound provider passes; each promise that it breaks is found, and by the check that is meant for it. */
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import {
  checkExchange,
  describeViolation,
  providerEndpoint,
  runProviderCase,
  shippingProviderCases,
  taxProviderCases,
  type ProviderCase,
  type ProviderEndpoint,
} from '../../../../contracts/index.js';
import type { components } from '../../../../openapi/index.js';

type Schemas = components['schemas'];
type Quote = Schemas['TaxQuote'];

const RATE = 0.0825;
const credentials = { username: 'merchant', password: 'tax-password' };
const authorization = `Basic ${Buffer.from('merchant:tax-password').toString('base64')}`;

let app: FastifyInstance | undefined;

afterEach(async () => {
  await app?.close();
  app = undefined;
});

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

/** Taxes of one line at a flat rate. */
function taxed<Type>(line: Schemas['TaxRequestItem'] & { type: Type }): Schemas['TaxQuoteItem'] & { type: Type } {
  const { amount, tax_inclusive } = line.price;
  const total_tax = line.tax_exempt ? 0 : cents(tax_inclusive ? amount - amount / (1 + RATE) : amount * RATE);
  const rate = line.tax_exempt ? 0 : RATE;
  return {
    id: line.id,
    type: line.type,
    price: {
      amount_inclusive: cents(tax_inclusive ? amount : amount + total_tax),
      amount_exclusive: cents(tax_inclusive ? amount - total_tax : amount),
      total_tax,
      tax_rate: rate,
      sales_tax_summary: [{ name: 'State', rate, amount: total_tax }],
    },
  };
}

function quoteOf({ id, documents }: Schemas['TaxQuoteRequest']): Quote {
  return {
    id,
    documents: documents.map((document) => ({
      id: document.id,
      items: document.items.map(({ wrapping, ...item }) => ({
        ...taxed(item),
        ...(wrapping ? { wrapping: taxed(wrapping) } : {}),
      })),
      shipping: taxed(document.shipping),
      handling: taxed(document.handling),
    })),
  };
}

/** A tax app below a path of its own; `bend` breaks what it answers. */
async function taxApp(bend: (quote: Quote) => unknown = (quote) => quote, isOpen = false): Promise<ProviderEndpoint> {
  app = Fastify();
  app.addHook('onRequest', async (request, reply) => {
    if (!isOpen && request.headers.authorization !== authorization) await reply.code(401).send();
  });
  for (const path of ['estimate', 'commit', 'adjust']) {
    app.post<{ Body: Schemas['TaxQuoteRequest'] }>(`/bigcommerce/${path}`, ({ body }) => bend(quoteOf(body)));
  }
  app.post('/bigcommerce/void', (_, reply) => reply.code(200).send());
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return providerEndpoint(`${url}/bigcommerce/`, { storeHash: 'mockstore1', credentials });
}

/** An app that quotes shipping; `bend` breaks what it answers. */
async function shippingApp(bend: (rates: Schemas['ShippingRates']) => unknown = (rates) => rates) {
  app = Fastify();
  app.post('/rate', () =>
    bend({
      quote_id: 'q-1',
      messages: [],
      carrier_quotes: [
        {
          carrier_info: { code: 'walkers', display_name: 'Walkers' },
          quotes: [{ code: 'slow', display_name: 'On foot', cost: { currency: 'USD', amount: 9.5 } }],
        },
      ],
    }),
  );
  app.post<{ Body: { connection_options: { key?: string } } }>('/check_connection_options', ({ body }) => ({
    valid: body.connection_options.key === 'k-1',
    messages: [],
  }));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return providerEndpoint(url, { storeHash: 'mockstore1', connectionOptions: { key: 'k-1' } });
}

/** All that the cases find, one line each. */
async function found(cases: readonly ProviderCase[], endpoint: ProviderEndpoint): Promise<string[]> {
  const results = [];
  for (const given of cases) results.push({ given, ...(await runProviderCase(given, endpoint)) });
  return results.flatMap(({ given, violations }) =>
    violations.map((violation) => `${given.name} | ${describeViolation(violation)}`),
  );
}

describe('taxProviderCases', () => {
  it('find nothing in a sound provider, wherever its endpoint lies', async () => {
    expect(await found(taxProviderCases, await taxApp())).toEqual([]);
  });

  it.each<[string, (quote: Quote) => unknown, string]>([
    ['a document is left out', (quote) => ({ ...quote, documents: quote.documents.slice(1) }), 'mirrors the request'],
    [
      'a line is left out',
      (quote) => ({ ...quote, documents: quote.documents.map((one) => ({ ...one, items: one.items.slice(1) })) }),
      'mirrors the request',
    ],
    [
      'lines change their ids',
      (quote) => ({
        ...quote,
        documents: quote.documents.map((one) => ({ ...one, shipping: { ...one.shipping, id: 'shipping' } })),
      }),
      'mirrors the request',
    ],
    [
      'a line becomes a fee',
      (quote) => ({
        ...quote,
        documents: quote.documents.map((one) => ({
          ...one,
          items: one.items.map((item) => ({ ...item, type: 'fee' })),
        })),
      }),
      'mirrors the request',
    ],
    ['the total is more than its parts', withPrice({ total_tax: 50 }), 'adds up'],
    [
      'the price asked for is not the price answered',
      withPrice({ amount_exclusive: 1, amount_inclusive: 9.25 }),
      'adds up',
    ],
    ['the rate is in percent', withPrice({ tax_rate: 8.25 }), 'adds up'],
    ['a field is missing', () => ({ id: '1' }), 'required'],
  ])('notice that %s', async (_, bend, rule) => {
    const [order] = taxProviderCases.filter(({ name }) => name.endsWith('one line'));
    expect(await found([order!], await taxApp(bend))).toContainEqual(expect.stringContaining(`: ${rule}: `));
  });

  it('notice a provider that lets anybody in', async () => {
    expect(await found(taxProviderCases, await taxApp(undefined, true))).toEqual([
      expect.stringMatching(/^estimateTaxes refuses a caller without credentials .* expected \[401\], received 200$/),
      expect.stringMatching(/^estimateTaxes refuses wrong credentials .* expected \[401\], received 200$/),
    ]);
  });

  it('leave out wrong credentials where there are no right ones', async () => {
    const { send, storeHash } = await taxApp(undefined, true);
    const [refused] = taxProviderCases.filter(({ credentials: kind }) => kind === 'wrong');
    expect(await runProviderCase(refused!, { send, storeHash })).toMatchObject({
      violations: [],
      skipped: expect.any(String),
    });
  });
});

describe('shippingProviderCases', () => {
  it('find nothing in a sound provider', async () => {
    expect(await found(shippingProviderCases, await shippingApp())).toEqual([]);
  });

  it('notice quotes without a price, and a price that is text', async () => {
    const endpoint = await shippingApp((rates) => ({
      ...rates,
      carrier_quotes: [
        { quotes: [{ code: 'slow', display_name: 'On foot', cost: { currency: 'USD', amount: '9.50' } }] },
      ],
    }));
    expect(await found(shippingProviderCases.slice(0, 1), endpoint)).toEqual([
      expect.stringContaining('response-body at /response/body/carrier_quotes/0/quotes/0/cost/amount: type'),
    ]);
  });
});

describe('checkExchange', () => {
  it('takes the name of the operation where the URL does not tell', () => {
    const exchange = {
      request: { method: 'POST', url: 'https://app.example.com/any/path', headers: {}, body: undefined },
      response: { status: 418, headers: {}, body: '' },
    };
    expect(checkExchange(exchange, { operation: 'voidTaxQuote' }).map(({ check }) => check)).toEqual([
      'response-status',
    ]);
    expect(checkExchange(exchange).map(({ check }) => check)).toEqual(['request-route']);
  });
});

/** Every price of a quote with some of its amounts replaced. */
function withPrice(changes: Partial<Quote['documents'][number]['items'][number]['price']>) {
  return (quote: Quote): Quote => ({
    ...quote,
    documents: quote.documents.map((document) => ({
      ...document,
      items: document.items.map((item) => ({ ...item, price: { ...item.price, ...changes } })),
    })),
  });
}
