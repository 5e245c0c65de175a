/**
 * Settings of all promotions together. Described in openapi/documents/marketing/promotion-settings.v3.yaml.
 */
import type { PromotionSettingsRow } from '../../../fixtures/index.js';
import { UnprocessableError } from '../../errors.js';
import { defineResource } from '../../resources/define.js';
import type { BodyRefusal, Domain } from '../../resources/engine.js';

/** One row. */
export const promotionSettings = defineResource<PromotionSettingsRow, PromotionSettingsRow>('promotion-settings', {
  key: () => 1,
  create: ({ input }) => input,
});

/** One line for each setting that is missing or wrong; the messages are our own. */
const wrongSettings: BodyRefusal = (errors) => {
  const lines = errors.map(({ keyword, instancePath, params }) => {
    if (keyword === 'required') return { field: String(params.missingProperty), message: 'is required' };
    const message = keyword === 'type' ? `must be of type ${String(params.type)}` : 'is not within its limits';
    return { field: instancePath.slice(1), message };
  });
  return new UnprocessableError('Invalid promotion setting(s).', null, { extra: { errors: lines } });
};

export const promotionSettingsDomain: Domain = {
  resources: [promotionSettings],
  bodyRefusals: { updateGlobalPromotionSettings: wrongSettings },
};
