import type { ModifierRow } from '../../../fixtures/index.js';
import { defineResource } from '../../resources/define.js';
export const modifiers = defineResource<ModifierRow, any>('catalog.modifiers', { create: ({input,id,parents}: any) => ({...input, id, product_id: parents[0], option_values: input.option_values.map((v: any, i: number) => ({...v, id: id*10+i}))}) }, { below: 'catalog.products' });
export const productModifiersDomain = { resources: [modifiers] };
