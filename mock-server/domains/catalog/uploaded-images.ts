/** Image files sent as multipart bodies: checked, kept with the store, and served back under `/_mock/cdn/`. */
import { UnprocessableError } from '../../errors.js';
import type { OperationContext, UploadedFile } from '../../resources/handler.js';
import type { Store } from '../../state/store.js';

/** Documented for every image of the catalog. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Formats that the catalog takes somewhere, by ending. */
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

/** What a file name, or the end of a URL's path, says about an image. */
export interface ImageName {
  /** Without the ending, safe in a URL. */
  readonly stem: string;
  /** Undefined when it is no image's. */
  readonly ending: string | undefined;
}

export function imageNameOf(filename: string): ImageName {
  const ending = /\.([a-z0-9]+)$/i.exec(filename)?.[1]?.toLowerCase() ?? '';
  const stem = filename
    .replace(/\.[^.]*$/, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .slice(0, 100);
  return { stem: stem || 'image', ending: Object.hasOwn(MEDIA_TYPES, ending) ? ending : undefined };
}

/**
 * The `image_file` part of a form.
 * @param refused endings that the operation does not take although others do
 * @throws UnprocessableError when it is missing, no image by its name and type, or larger than 8 MB (titles observed)
 */
export function requireImageFile(
  context: Pick<OperationContext, 'form'>,
  refused: readonly string[] = [],
): AcceptedImage {
  const file = context.form?.files.find(({ field }) => field === 'image_file');
  if (!file)
    throw new UnprocessableError("The field 'image_file' is invalid.", {
      image_file: 'A file part named image_file is required.',
    });
  if (file.bytes.length > MAX_BYTES) {
    throw new UnprocessableError('The maximum of 8 MB size limit for upload image is exceeded', {}, { code: 10001 });
  }
  const endings = Object.keys(MEDIA_TYPES).filter((ending) => !refused.includes(ending));
  const { stem, ending: named } = imageNameOf(file.filename);
  const ending = named ?? endings.find((key) => MEDIA_TYPES[key] === file.mediaType.toLowerCase());
  if (ending === undefined || !endings.includes(ending) || file.bytes.length === 0) {
    throw new UnprocessableError("The field 'image_file' is invalid.", {
      image_file: `The file has to be one of: ${endings.join(', ')}.`,
    });
  }
  return { file, stem, ending };
}

/** All that is uploaded is served from below this path. */
const SERVED = '/_mock/cdn/';

/** Where uploads to a store are served from: the mock's place of the CDN. Without a slash at the end. */
export function uploadBase({ store, origin }: Pick<OperationContext, 'store' | 'origin'>): string {
  return `${origin}${SERVED}s-${store.hash}`;
}

/** Keeps an uploaded image under a URL that begins with `uploadBase`. */
export function keepImage(store: Store, image: AcceptedImage, url: string): void {
  const mediaType = MEDIA_TYPES[image.ending] ?? 'application/octet-stream';
  store.files.set(servedPath(url), { bytes: image.file.bytes, mediaType });
}

/** Lets go of what is kept under a URL, if anything is. */
export function forgetImage(store: Store, url: string): void {
  store.files.delete(servedPath(url));
}

function servedPath(url: string): string {
  return url.slice(Math.max(0, url.indexOf(SERVED))).replace(/\?.*$/, '');
}

/** Keeps an uploaded image and gives the URL it is served under. */
export function storeImage(
  context: Pick<OperationContext, 'store' | 'origin'>,
  image: AcceptedImage,
  folder: string,
  name: string,
): string {
  const url = `${uploadBase(context)}/${folder}/${name}.${image.ending}`;
  keepImage(context.store, image, url);
  return url;
}

/**
 * Accepts and keeps the form's image in one go.
 * @param refused endings that the operation does not take although others do
 */
export function storeUpload(
  context: Pick<OperationContext, 'form' | 'store' | 'origin' | 'at'>,
  folder: string,
  refused: readonly string[] = [],
): string {
  const image = requireImageFile(context, refused);
  return storeImage(context, image, folder, `${image.stem}__${String(context.at)}`);
}
