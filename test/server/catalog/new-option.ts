/** Options with values, and variants made of them, as tests need them. */
import type { MockClient } from '../mock.js';

export interface NewOption {
  readonly id: number;
  /** Ids of the values, in their order. */
  readonly values: readonly number[];
}

/** Creates an option of radio buttons with one value per label. */
export async function newOption(
  mock: MockClient,
  product_id: number,
  display_name = 'Size',
  labels: readonly string[] = ['S', 'M'],
): Promise<NewOption> {
  const option_values = labels.map((label, sort_order) => ({ label, sort_order }));
  const body = { display_name, type: 'radio_buttons', option_values };
  const answer = await mock.post(`/v3/catalog/products/${product_id}/options`, body).expect(200);
  const values = answer.body.data.option_values as { id: number }[];
  return { id: answer.body.data.id as number, values: values.map(({ id }) => id) };
}

/** The body of a variant of one value of one option. */
export function variantBody(option: NewOption, place: number, body: object = {}): object {
  return {
    sku: `SKU-${option.id}-${place}`,
    option_values: [{ id: option.values[place], option_id: option.id }],
    ...body,
  };
}

/** Creates a variant of one value of one option; gives its id. */
export async function newVariant(
  mock: MockClient,
  product_id: number,
  option: NewOption,
  place: number,
  body: object = {},
): Promise<number> {
  const answer = await mock
    .post(`/v3/catalog/products/${product_id}/variants`, variantBody(option, place, body))
    .expect(200);
  return answer.body.data.id as number;
}
