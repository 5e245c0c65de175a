/** All domains. A resource that is not listed here has no rules, and no operation can reach it. */
import type { Domain } from '../resources/engine.js';
import { brandsDomain } from './catalog/brands.v3.js';

export const domains: readonly Domain[] = [brandsDomain];
