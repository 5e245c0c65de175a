/** Image files sent as multipart bodies: checked, kept with the store, and served back under `/_mock/cdn/`. */
import { UnprocessableError } from '../../errors.js';
import type { OperationContext, UploadedFile } from '../../resources/handler.js';

/** Documented for every image of the catalog. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Formats that the store takes (products document), by ending. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  bmp: 'image/bmp',
  gif: 'image/gif',
  ico: 'image/x-icon',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  wbmp: 'image/vnd.wap.wbmp',
  webp: 'image/webp',
  xbm: 'image/x-xbitmap',
};

export interface AcceptedImage {
  readonly file: UploadedFile;
  /** File name without its ending, safe in a URL. */
  readonly stem: string;
  readonly ending: string;
}

/**
 * The `image_file` part of a form.
 * @throws UnprocessableError when it is missing, no image by its name and type, or larger than 8 MB (titles observed)
 */
export function requireImageFile(context: Pick<OperationContext, 'form'>): AcceptedImage {
  const file = context.form?.files.find(({ field }) => field === 'image_file');
  if (!file)
    throw new UnprocessableError("The field 'image_file' is invalid.", {
      image_file: 'A file part named image_file is required.',
    });
  if (file.bytes.length > MAX_BYTES) {
    throw new UnprocessableError('The maximum of 8 MB size limit for upload image is exceeded', {}, { code: 10001 });
  }
  const named = /\.([a-z0-9]+)$/i.exec(file.filename)?.[1]?.toLowerCase() ?? '';
  const ending =
    named in MEDIA_TYPES
      ? named
      : Object.keys(MEDIA_TYPES).find((key) => MEDIA_TYPES[key] === file.mediaType.toLowerCase());
  if (ending === undefined || file.bytes.length === 0) {
    throw new UnprocessableError("The field 'image_file' is invalid.", {
      image_file: `The file has to be one of: ${Object.keys(MEDIA_TYPES).join(', ')}.`,
    });
  }
  const stem =
    file.filename
      .replace(/\.[^.]*$/, '')
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .slice(0, 100) || 'image';
  return { file, stem, ending };
}

/** Keeps an uploaded image and gives the URL it is served under. */
export function storeImage(
  context: Pick<OperationContext, 'store' | 'origin'>,
  image: AcceptedImage,
  folder: string,
  name: string,
): string {
  const path = `/_mock/cdn/s-${context.store.hash}/${folder}/${name}.${image.ending}`;
  context.store.files.set(path, {
    bytes: image.file.bytes,
    mediaType: MEDIA_TYPES[image.ending] ?? 'application/octet-stream',
  });
  return `${context.origin}${path}`;
}

/** Accepts and keeps the form's image in one go. */
export function storeUpload(context: OperationContext, folder: string): string {
  const image = requireImageFile(context);
  return storeImage(context, image, folder, `${image.stem}__${String(context.at)}`);
}
