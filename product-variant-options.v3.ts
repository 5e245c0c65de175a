import { defineResource } from '../../resources/define.js';
export const options = defineResource<any, any>('catalog.options', { create: ({input,id}: any) => ({...input, id}) }, { below: 'catalog.products' });
export function embed() {}
