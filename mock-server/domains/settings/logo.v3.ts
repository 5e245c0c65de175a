/**
 * Logo and favicon of a store and of its channels. Described in openapi/documents/settings/settings.v3.yaml.
 */
import { settingsDefaults } from '../../../fixtures/index.js';
import { UnprocessableError } from '../../errors.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type BytesAnswer, type Handler, type OperationContext } from '../../resources/handler.js';
import { imageNameOf, storeImage } from '../catalog/uploaded-images.js';
import { namedChannel, settingsGroup } from './layered-settings.js';
import { settingsRefusal } from './settings.v3.js';

/** Documented for both pictures. */
const MAX_BYTES = 10 * 1024 * 1024;
const ENDINGS = ['gif', 'jpeg', 'jpg', 'png'];

export const logoSettings = settingsGroup('settings-logo', settingsDefaults['settings-logo'], {
  whole: 'of channels',
  readOnly: ['logo_image_url', 'favicon_url'],
});

/** @throws UnprocessableError for a part that is missing, too large or no picture (assumed words) */
function keepPicture(
  context: Pick<OperationContext, 'form' | 'store' | 'origin' | 'account' | 'at' | 'query' | 'keys'>,
  part: 'LogoFile' | 'FaviconFile',
  field: 'logo_image_url' | 'favicon_url',
): BytesAnswer {
  const channel_id = namedChannel(context);
  const file = context.form?.files.find((candidate) => candidate.field === part);
  if (!file) throw refusal(part, `A file part named ${part} is required.`);
  if (file.bytes.length > MAX_BYTES) throw refusal(part, 'The file has to be 10 MB at most.');
  const { stem, ending = file.mediaType.replace('image/', '') } = imageNameOf(file.filename);
  if (!ENDINGS.includes(ending) || file.bytes.length === 0) {
    throw refusal(part, `The file has to be one of: ${ENDINGS.join(', ')}.`);
  }
  const url = storeImage(context, { file, stem, ending }, 'product_images', `${stem}__${String(context.at)}`);
  logoSettings.write(context, { [field]: url }, channel_id);
  return emptyAnswer();
}

function refusal(part: string, sentence: string): UnprocessableError {
  return new UnprocessableError('JSON data is missing or invalid', { [part]: sentence });
}

const createSettingsLogoImage: Handler<'createSettingsLogoImage'> = (context) =>
  keepPicture(context, 'LogoFile', 'logo_image_url');

const createSettingsFaviconImage: Handler<'createSettingsFaviconImage'> = (context) =>
  keepPicture(context, 'FaviconFile', 'favicon_url');

export const logoDomain: Domain = {
  resources: [logoSettings.resource],
  handlers: {
    getSettingsLogo: logoSettings.get,
    updateSettingsLogo: logoSettings.update,
    createSettingsLogoImage,
    createSettingsFaviconImage,
  },
  bodyRefusals: { updateSettingsLogo: settingsRefusal },
};
