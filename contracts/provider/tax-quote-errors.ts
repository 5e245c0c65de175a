/**
 * What a tax quote promises beyond its schema: it answers each document and each line of the request by its id, and its
 * amounts add up. Documented at the fields of the tax provider contract.
 */
import type { components } from '../../openapi/index.js';
import type { TaxQuoteRequest } from './tax-requests.js';

type Quote = components['schemas']['TaxQuote'];
type RequestDocument = components['schemas']['TaxRequestDocument'];
type QuoteDocument = components['schemas']['TaxQuoteDocument'];
type RequestItem = Pick<components['schemas']['TaxRequestItem'], 'id' | 'price'> & { readonly type?: string };
type QuoteItem = components['schemas']['TaxQuoteItem'] & { readonly type?: string };

export interface QuoteError {
  /** JSON pointer into the quote. */
  readonly pointer: string;
  readonly rule: 'mirrors the request' | 'adds up';
  readonly expected: unknown;
  readonly received: unknown;
}

/** A line of a request or a quote with its place. */
interface Placed<Item> {
  readonly pointer: string;
  readonly item: Item;
}

/** Amounts are money: a cent is the least that counts. */
const CENT = 0.01;
/** Rates have up to four decimal places. */
const LEAST_RATE = 0.0001;
/** What is lost when numbers of two decimals are added. */
const ROUNDING = 1e-9;

/** Both are valid by their schemas. */
export function taxQuoteErrors(request: TaxQuoteRequest, quote: Quote): QuoteError[] {
  const answered = new Map(quote.documents.map((document, index) => [document.id, { document, index }]));
  const missing = request.documents.filter(({ id }) => !answered.has(id));
  return [
    ...missing.map(({ id }) =>
      mirror(
        '/documents',
        `a document ${id}`,
        quote.documents.map((document) => document.id),
      ),
    ),
    ...request.documents.flatMap((document) => {
      const answer = answered.get(document.id);
      return answer ? documentErrors(document, answer.document, `/documents/${answer.index}`) : [];
    }),
  ];
}

function documentErrors(request: RequestDocument, quote: QuoteDocument, at: string): QuoteError[] {
  const answers = linesOf<QuoteItem>(quote, at);
  return linesOf<RequestItem>(request, at).flatMap(({ item: asked }) => {
    const answer = answers.find(({ item }) => item.id === asked.id);
    if (!answer)
      return [
        mirror(
          `${at}/items`,
          `a line ${asked.id}`,
          answers.map(({ item }) => item.id),
        ),
      ];
    const { item, pointer } = answer;
    const ofType = item.type === asked.type ? [] : [mirror(`${pointer}/type`, asked.type, item.type)];
    return [...ofType, ...amountErrors(asked, item, `${pointer}/price`)];
  });
}

interface Lines<Item> {
  readonly items: readonly (Item & { readonly wrapping?: Item | null | undefined })[];
  readonly shipping: Item;
  readonly handling: Item;
}

/** Lines, their wrappings, shipping and handling. */
function linesOf<Item>({ items, shipping, handling }: Lines<Item>, at: string): Placed<Item>[] {
  return [
    ...items.flatMap((item, index) => {
      const pointer = `${at}/items/${index}`;
      return [{ pointer, item }, ...(item.wrapping ? [{ pointer: `${pointer}/wrapping`, item: item.wrapping }] : [])];
    }),
    { pointer: `${at}/shipping`, item: shipping },
    { pointer: `${at}/handling`, item: handling },
  ];
}

function amountErrors({ price: asked }: RequestItem, { price }: QuoteItem, at: string): QuoteError[] {
  const { amount_exclusive, amount_inclusive, total_tax, tax_rate, sales_tax_summary: taxes } = price;
  const given = asked.tax_inclusive ? 'amount_inclusive' : 'amount_exclusive';
  const rates = sum(taxes.map(({ rate }) => rate));
  const amounts = sum(taxes.map(({ amount }) => amount));
  // Each tax of a line may be rounded on its own.
  const tolerated = CENT * Math.max(1, taxes.length - 1);
  return [
    ...differ(`${at}/${given}`, asked.amount, price[given], CENT / 2),
    ...differ(`${at}/total_tax`, amount_inclusive - amount_exclusive, total_tax, CENT / 2),
    ...differ(`${at}/sales_tax_summary`, total_tax, amounts, tolerated),
    ...differ(`${at}/tax_rate`, rates, tax_rate, LEAST_RATE),
  ];
}

function differ(pointer: string, expected: number, received: number, tolerated: number): QuoteError[] {
  if (Math.abs(expected - received) <= tolerated + ROUNDING) return [];
  return [{ pointer, rule: 'adds up', expected: Number(expected.toFixed(4)), received }];
}

function mirror(pointer: string, expected: unknown, received: unknown): QuoteError {
  return { pointer, rule: 'mirrors the request', expected, received };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
