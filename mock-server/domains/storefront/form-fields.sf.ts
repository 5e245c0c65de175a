/** Fields of account and address forms: those of every new store, as no call of the API adds one. Described in form-fields.sf.yaml. */
import type { components } from '../../../openapi/index.js';
import { BadRequestError } from '../../errors.js';
import { listOf } from '../../query/query-values.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { sessionOf } from './session.js';

type Fields = components['schemas']['StorefrontFormFields'];
type Field = Fields[number];

function field(id: number, name: string, label: string, required: boolean, more: Partial<Field> = {}): Field {
  return {
    id: `field_${String(id)}`,
    name,
    custom: false,
    label,
    required,
    default: '',
    type: 'string',
    fieldType: 'text',
    maxLength: 255,
    secret: false,
    ...more,
  };
}

const PASSWORD: Partial<Field> = {
  secret: true,
  requirements: {
    alpha: '[A-Za-z]',
    numeric: '[0-9]',
    minlength: 7,
    description: 'At least 7 characters, with letters and digits.',
  },
};

function address(first: number): Fields {
  return [
    field(first, 'firstName', 'First Name', true),
    field(first + 1, 'lastName', 'Last Name', true),
    field(first + 2, 'company', 'Company Name', false),
    field(first + 3, 'phone', 'Phone Number', false),
    field(first + 4, 'address1', 'Address', true),
    field(first + 5, 'address2', 'Apartment/Suite/Building', false),
    field(first + 6, 'city', 'City', true),
    field(first + 7, 'countryCode', 'Country', true, {
      fieldType: 'dropdown',
      options: { helperLabel: '', items: [] },
    }),
    field(first + 8, 'stateOrProvince', 'State/Province', false),
    field(first + 9, 'postalCode', 'Postal Code', true),
  ];
}

const FORMS = {
  customerAccount: [
    field(1, 'email', 'Email Address', true),
    field(2, 'password', 'Password', true, PASSWORD),
    field(4, 'firstName', 'First Name', true),
    field(5, 'lastName', 'Last Name', true),
    field(8, 'acceptsMarketingEmails', 'Marketing emails', false, {
      type: 'array',
      fieldType: 'checkbox',
      options: { helperLabel: '', items: [{ label: 'Send me news', value: '0' }] },
    }),
  ],
  shippingAddress: address(14),
  billingAddress: address(34),
} satisfies Record<string, Fields>;

/** @throws BadRequestError for a form that there is none of (status described) */
const getFormFields: Handler<'getFormFields'> = (context) => {
  const names = listOf(context.query.get('filter') ?? '');
  const unknown = names.filter((name) => !Object.hasOwn(FORMS, name));
  if (unknown.length > 0) throw new BadRequestError(`There is no form ${unknown.join(', ')}.`);
  const body = Object.fromEntries(
    Object.entries(FORMS).filter(([name]) => names.length === 0 || names.includes(name)),
  ) as Partial<typeof FORMS>;
  return { status: 200, body, fidelity: 'computed', headers: sessionOf(context).headers };
};

export const storefrontFormFieldsDomain: Domain = { resources: [], handlers: { getFormFields } };
