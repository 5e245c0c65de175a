import { defineResource } from '../../resources/define.js';
export const channels = defineResource<any, any>('channels', { create: ({input,id}: any) => ({...input, id}) });
