/** Who acts in the control panel: the header that names a user, refusals for lack of permission, and the advice in answers. */
import { refused, type Parameter, type Schema } from './parts.js';

export const actingUser: Parameter = {
  name: 'X-Mock-User',
  in: 'header',
  schema: { type: 'string' },
  description: 'Id or e-mail address of the user who acts; the owner of the store when left out.',
};

export const lacksPermission = refused('The user who acts lacks a permission: `errors` names it.');

export const warnings: Schema = {
  type: 'array',
  items: { type: 'string' },
  description: 'Advice: two-factor authentication is off for whoever acts. The header `X-Mock-Warning` says so, too.',
};
