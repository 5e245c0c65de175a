/**
 * Themes, their configurations and templates, and jobs that carry themes in and out. A job is done by the time its
 * start is answered, which real ones are not (DIVERGENCES.md).
 * Described in openapi/documents/themes/themes.v3.yaml.
 */
import {
  DEFAULT_SITE_ID,
  noCustomTemplates,
  themeRegions,
  uuidOf,
  type ChannelActiveThemeRow,
  type ThemeConfigurationRow,
  type ThemeJobRow,
  type ThemeRow,
} from '../../../fixtures/index.js';
import { ConflictError, NotFoundError, UnprocessableError } from '../../errors.js';
import { findPage } from '../../resources/actions.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type Handler, type OperationContext } from '../../resources/handler.js';
import { requireRow } from '../../resources/write.js';
import { isFilter, listOf } from '../../query/query-values.js';
import { uploadBase } from '../catalog/uploaded-images.js';
import { channels } from '../channels.v3.js';
import { channelActiveThemes } from '../channels/channel-menus.v3.js';
import { sitesOfChannels } from '../content/sites-of-channels.js';
import type { Store } from '../../state/store.js';
import { checkAssociations } from './custom-template-associations.v3.js';
import { readThemeArchive, type ThemeArchive } from './theme-archive.js';

const DEFAULT_CHANNEL = 1;
/** Documented. */
const MAX_BYTES = 50 * 1024 * 1024;
/** A zip without any file in it. */
const EMPTY_ZIP = Buffer.concat([Buffer.from('PK\u0005\u0006', 'latin1'), Buffer.alloc(18)]);

/** Rows keyed by `uuid`. */
export const themes = defineResource<ThemeRow>(
  'themes',
  {
    key: ({ uuid }) => uuid,
    create: ({ input, at }) => ({
      uuid: '',
      name: '',
      is_private: true,
      is_active: false,
      updated_at: new Date(at).toISOString(),
      variations: [],
      version_uuid: '',
      is_stock: false,
      custom_templates: noCustomTemplates,
      regions: themeRegions,
      ...input,
    }),
    requireDeletable: ({ uuid, is_active, is_stock }, { store }) => {
      const isShown = [...store.rows(channelActiveThemes).values()].some(
        ({ active_theme_uuid }) => active_theme_uuid === uuid,
      );
      if (is_active || isShown) throw new ConflictError('The active theme cannot be deleted.');
      if (is_stock) throw new UnprocessableError('A theme of BigCommerce cannot be deleted.');
    },
    order: (a, b) => Number(b.is_active) - Number(a.is_active) || (a.updated_at < b.updated_at ? -1 : 1),
    wire: (theme) => ({
      ...theme,
      version_uuid: undefined,
      is_stock: undefined,
      custom_templates: undefined,
      regions: undefined,
    }),
  },
  { keyField: 'uuid' },
);

/** Rows keyed by `uuid`, below their themes. */
export const themeConfigurations = defineResource<ThemeConfigurationRow>(
  'theme-configurations',
  {
    key: ({ uuid }) => uuid,
    create: ({ input, parents }) => ({
      uuid: '',
      variation_id: '',
      settings: {},
      site_id: DEFAULT_SITE_ID,
      date_created: '',
      ...input,
      theme_uuid: String(parents[0]),
    }),
    filters: {
      variation_uuid: (value) => (row) => row.variation_id === value,
      'channel_id:in': (value, store) => {
        const sites = sitesOfChannels(listOf(value).map(Number), store);
        return ({ site_id }) => sites.has(site_id);
      },
    },
  },
  { below: 'themes', parentField: 'theme_uuid', keyField: 'uuid' },
);

/** Rows keyed by `id`, a text. */
const themeJobs = defineResource<ThemeJobRow>('theme-jobs', {
  key: ({ id }) => id,
  create: ({ input, id, at }) => ({
    status: 'COMPLETED',
    percent_complete: 100,
    time: new Date(at).toISOString(),
    result: {},
    errors: [],
    warnings: [],
    ...input,
    id: input.id ?? String(id),
  }),
});

function newUuid({ store }: Pick<Actor, 'store'>, kind: string): string {
  const number = store.nextNumber(kind, () => 0);
  return uuidOf(`${store.hash}/${String(store.options.seed)}/${kind}/${String(number)}`);
}

function keepJob(actor: Actor, fields: Partial<ThemeJobRow>): string {
  const id = newUuid(actor, 'theme-jobs').replaceAll('-', '');
  actor.store.rows(themeJobs).insert({
    status: 'COMPLETED',
    percent_complete: 100,
    time: new Date(actor.at).toISOString(),
    result: {},
    errors: [],
    warnings: [],
    ...fields,
    id,
  });
  return id;
}

/** The theme that the storefront shows. */
export function activeTheme(store: Store): ThemeRow | undefined {
  return [...store.rows(themes).values()].find(({ is_active }) => is_active);
}

/** A file that is no zip fails as a job, not as a call (assumed). */
const uploadStoreTheme: Handler<'uploadStoreTheme'> = (context) => {
  const file = context.form?.files.find(({ field }) => field === 'file');
  if (!file) throw new UnprocessableError('The file is missing', { file: 'A file part named file is required.' });
  if (file.bytes.length > MAX_BYTES) {
    throw new UnprocessableError('The file is too large', { file: 'The file has to be 50 MB at most.' });
  }
  const archive = archiveIn(file.bytes);
  if (!archive) {
    const errors = [{ error: 'invalid_zip', message: 'The file is no zip, or what is in it cannot be read.' }];
    return { status: 201, body: { job_id: keepJob(context, { status: 'FAILED', errors }) } };
  }
  const uuid = keepTheme(archive, file.filename.replace(/\.zip$/i, '') || 'Theme', context);
  context.store.files.set(fileOf(uuid, context).path, { bytes: file.bytes, mediaType: 'application/zip' });
  return { status: 201, body: { job_id: keepJob(context, { result: { theme_id: uuid } }) } };
};

function archiveIn(bytes: Buffer): ThemeArchive | undefined {
  try {
    return readThemeArchive(bytes);
  } catch {
    return undefined;
  }
}

/** An archive that knows no variations has one (assumed). */
const onlyVariation = { name: 'Light', description: '', external_id: '', settings: {} };

/** Keeps a theme and a configuration for each of its variations. */
function keepTheme(
  { name, variations, customTemplates, regions }: ThemeArchive,
  filename: string,
  actor: Actor,
): string {
  const uuid = newUuid(actor, 'themes');
  const date = new Date(actor.at).toISOString();
  const kept = (variations.length > 0 ? variations : [onlyVariation]).map((variation) => ({
    ...variation,
    uuid: newUuid(actor, 'theme-variations'),
  }));
  const rows = actor.store.rows(themeConfigurations);
  for (const { uuid: variation_id, settings } of kept) {
    const configuration = newUuid(actor, 'theme-configurations');
    rows.insert(
      { uuid: configuration, theme_uuid: uuid, variation_id, settings, site_id: DEFAULT_SITE_ID, date_created: date },
      uuid,
    );
  }
  actor.store.rows(themes).insert({
    uuid,
    name: name ?? filename,
    is_private: true,
    is_active: false,
    updated_at: date,
    variations: kept.map((variation) => ({
      uuid: variation.uuid,
      name: variation.name,
      description: variation.description,
      external_id: variation.external_id,
    })),
    version_uuid: newUuid(actor, 'theme-versions'),
    is_stock: false,
    custom_templates: customTemplates,
    regions: Object.keys(regions).length > 0 ? regions : themeRegions,
  });
  return uuid;
}

/** Where the zip of a theme is kept and served. */
function fileOf(uuid: string, context: Pick<OperationContext, 'store' | 'origin'>): { url: string; path: string } {
  const url = `${uploadBase(context)}/themes/${uuid}.zip`;
  return { url, path: url.slice(url.indexOf('/_mock/')) };
}

const downloadStoreTheme: Handler<'downloadStoreTheme'> = (context) => {
  const { uuid } = requireRow(themes, String(context.keys[0]), context);
  const { url, path } = fileOf(uuid, context);
  const { files } = context.store;
  if (!files.has(path)) files.set(path, { bytes: EMPTY_ZIP, mediaType: 'application/zip' });
  return { status: 200, body: { job_id: keepJob(context, { result: { download_url: url } }) } };
};

const activateStoreTheme: Handler<'activateStoreTheme'> = (context) => {
  const { store, query, body } = context;
  const channel_id = Number(query.get('channel_id') ?? DEFAULT_CHANNEL);
  if (!store.rows(channels).has(channel_id)) {
    throw new UnprocessableError('The channel is invalid', { channel_id: 'The channel does not exist.' });
  }
  const rows = store.rows(themes);
  const chosen = [...rows.values()].find(({ variations }) => variations.some(({ uuid }) => uuid === body.variation_id));
  if (!chosen) throw new NotFoundError('The requested theme variation was not found.');
  setActiveTheme(context, channel_id, chosen);
  // The list shows what is active on the first channel (assumed).
  if (channel_id === DEFAULT_CHANNEL) {
    for (const theme of [...rows.values()]) {
      const is_active = theme.uuid === chosen.uuid;
      if (theme.is_active !== is_active) rows.replace({ ...theme, is_active });
    }
    checkAssociations(context);
  }
  return emptyAnswer();
};

/** Tells the channel which theme it shows now. */
function setActiveTheme(
  { store, body }: OperationContext<'activateStoreTheme'>,
  channel_id: number,
  theme: ThemeRow,
): void {
  const rows = store.rows(channelActiveThemes);
  const configurations = store.rows(themeConfigurations).rowsOf(theme.uuid);
  const configuration = configurations.find(({ variation_id }) => variation_id === body.variation_id);
  const uuid = configuration?.uuid ?? configurations[0]?.uuid ?? theme.uuid;
  const row: ChannelActiveThemeRow = {
    channel_id,
    active_theme_uuid: theme.uuid,
    active_theme_version_uuid: theme.version_uuid,
    active_theme_configuration_uuid: uuid,
    saved_theme_configuration_uuid: uuid,
  };
  if (rows.has(channel_id)) rows.replace(row);
  else rows.insert(row, channel_id);
}

/** Documented: refused without a filter. */
const getThemeConfiguration: Handler<'getThemeConfiguration'> = (context) => {
  requireRow(themes, String(context.keys[0]), context);
  if (![...context.query.keys()].some(isFilter)) {
    throw new UnprocessableError('A filter is required: a configuration, a channel or a variation has to be named.');
  }
  const page = findPage(context, themeConfigurations);
  return listAnswer(context, themeConfigurations, page.items, page.meta);
};

const validateThemeConfiguration: Handler<'validateThemeConfiguration'> = (context) => {
  const { variations } = requireRow(themes, String(context.keys[0]), context);
  const { variation_id } = context.body;
  if (variation_id !== undefined && !variations.some(({ uuid }) => uuid === variation_id)) {
    throw new UnprocessableError('The configuration is invalid', {
      variation_id: 'The theme has no such variation.',
    });
  }
  return { status: 200, body: {} };
};

const getThemeCustomTemplates: Handler<'getThemeCustomTemplates'> = ({ store, keys }) => {
  const theme = [...store.rows(themes).values()].find(({ version_uuid }) => version_uuid === keys[0]);
  if (!theme) throw new NotFoundError('The requested theme version was not found.');
  const { product, category, brand, page } = theme.custom_templates;
  return {
    status: 200,
    body: { data: { product: [...product], category: [...category], brand: [...brand], page: [...page] }, meta: {} },
  };
};

export const themesDomain: Domain = {
  resources: [themes, themeConfigurations, themeJobs],
  handlers: {
    uploadStoreTheme,
    downloadStoreTheme,
    activateStoreTheme,
    getThemeConfiguration,
    validateThemeConfiguration,
    getThemeCustomTemplates,
  },
};
