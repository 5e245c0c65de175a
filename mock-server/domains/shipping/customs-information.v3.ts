/** What customs want to know of products. Described in openapi/documents/shipping/shipping.v3.yaml. */
import { countryIdOf, type CustomsInformationRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { createRow, updateRow } from '../../resources/write.js';
import { products } from '../catalog/products.v3.js';
import { serviceDate } from '../service-date.js';

type CustomsInput = components['schemas']['CustomsInformationFields'];

/** Rows keyed by the product. */
export const customsInformation = defineResource<CustomsInformationRow, CustomsInput>(
  'customs-information',
  {
    key: ({ product_id }) => product_id,
    create: ({ input, at }) => ({
      product_id: input.product_id ?? 0,
      country_of_origin: input.country_of_origin ?? '',
      commodity_description: input.commodity_description ?? '',
      international_shipping: input.international_shipping ?? false,
      hs_codes: input.hs_codes ?? {},
      created_at: serviceDate(at),
      updated_at: serviceDate(at),
    }),
    merge: ({ current, input, at }) => ({ ...current, ...input, updated_at: serviceDate(at) }),
    check: requireSound,
  },
  { below: 'catalog.products', parentField: 'product_id', keyField: 'product_id' },
);

/** Countries are named by two letters, all of them at once by ALL (documented); the sentences are assumed. */
function requireSound({ next, store }: Change<CustomsInformationRow, CustomsInput>): void {
  if (!store.rows(products).has(next.product_id)) {
    throw new UnprocessableError(`Product ${String(next.product_id)} does not exist.`, {
      product_id: 'Product does not exist',
    });
  }
  if (countryIdOf(next.country_of_origin) === 0) {
    throw new UnprocessableError('The country of origin is invalid.', {
      country_of_origin: 'country_of_origin must be a country code of two letters',
    });
  }
  const wrong = Object.keys(next.hs_codes).find((code) => code !== 'ALL' && countryIdOf(code) === 0);
  if (wrong !== undefined) {
    throw new UnprocessableError('The codes of the Harmonized System are invalid.', {
      hs_codes: `${wrong} is neither a country code of two letters nor ALL`,
    });
  }
}

/** All or none (assumed). */
const updateCustomsInformation: Handler<'updateCustomsInformation'> = (context) => {
  const rows = context.store.rows(customsInformation);
  const done = context.body.map((input) => {
    const current = rows.get(input.product_id);
    return current
      ? updateRow(customsInformation, current, input, context)
      : createRow(customsInformation, input, context, [input.product_id]);
  });
  return listAnswer(context, customsInformation, done, '{}', { isWrite: true });
};

export const customsInformationDomain: Domain = {
  resources: [customsInformation],
  handlers: { updateCustomsInformation },
};
