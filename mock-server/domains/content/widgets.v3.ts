/**
 * Widget templates, widgets made from them, and placements of widgets. Rows name each other; answers nest them.
 * Described in openapi/documents/content/widgets.v3.yaml.
 */
import {
  placementDefaults,
  uuidOf,
  widgetDefaults,
  widgetTemplateDefaults,
  type PlacementRow,
  type WidgetRow,
  type WidgetTemplateRow,
} from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { NotFoundError, UnprocessableError } from '../../errors.js';
import { findPage } from '../../resources/actions.js';
import { listAnswer, rowAnswer } from '../../resources/answers.js';
import { defineResource, type Actor, type Change, type Filter, type Resource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { BytesAnswer, Handler, OperationContext } from '../../resources/handler.js';
import { createRow, deleteRow, requireRow, updateRow } from '../../resources/write.js';
import { listOf } from '../../query/query-values.js';
import type { Store } from '../../state/store.js';
import { activeTheme } from '../themes/themes.v3.js';
import { channels } from '../channels.v3.js';
import { renderTemplate } from './render-template.js';
import { channelsOfSites } from './sites-of-channels.js';

type Schemas = components['schemas'];
type WidgetTemplate = Required<Schemas['WidgetTemplate']>;
type TemplateInput = Schemas['WidgetTemplateInput'] & { readonly create_new_version?: boolean };
type WidgetInput = Schemas['WidgetInput'] & { readonly upgrade?: boolean };
type PlacementInput = Schemas['PlacementInput'];

/** Documented limits. */
const MAX_TEMPLATES_PER_CHANNEL = 1000;
const MAX_TEMPLATES = 5000;
const MAX_WIDGETS = 100_000;
const MAX_PER_PAGE = 150;

interface Dated {
  readonly date_created: string;
}

/** The oldest first: UUIDs say nothing about age. */
function byAge(a: Dated, b: Dated): number {
  return a.date_created < b.date_created ? -1 : a.date_created > b.date_created ? 1 : 0;
}

function newUuid({ store }: Pick<Actor, 'store'>, kind: string): string {
  const number = store.nextNumber(kind, () => 0);
  return uuidOf(`${store.hash}/${String(store.options.seed)}/${kind}/${String(number)}`);
}

function isoDate(at: number): string {
  return new Date(at).toISOString();
}

function refusal(field: string, sentence: string): UnprocessableError {
  return new UnprocessableError('JSON data is missing or invalid', { [field]: sentence });
}

function requireChannel(channel_id: number, store: Store): void {
  if (!store.rows(channels).has(channel_id)) throw refusal('channel_id', 'The channel does not exist.');
}

/** Rows keyed by `uuid`. */
const widgetTemplates = defineResource<WidgetTemplateRow, TemplateInput>(
  'widget-templates',
  {
    key: ({ uuid }) => uuid,
    create: ({ input, at, ...actor }) => ({
      ...widgetTemplateDefaults,
      ...input,
      uuid: newUuid(actor, 'widget-templates'),
      current_version_uuid: newUuid(actor, 'widget-template-versions'),
      date_created: isoDate(at),
      date_modified: isoDate(at),
    }),
    merge: ({ current, input: { create_new_version, ...input }, at, ...actor }) => {
      const next = { ...current, ...input, date_modified: isoDate(at) };
      if (create_new_version !== true) return next;
      return {
        ...next,
        current_version_uuid: newUuid(actor, 'widget-template-versions'),
        versions: [...current.versions, templateOnly(current)],
      };
    },
    check: ({ next, current, store }) => {
      if (next.channel_id !== current?.channel_id) requireChannel(next.channel_id, store);
      if (current) return;
      const rows = [...store.rows(widgetTemplates).values()];
      const siblings = rows.filter(({ channel_id }) => channel_id === next.channel_id);
      if (rows.length >= MAX_TEMPLATES || siblings.length >= MAX_TEMPLATES_PER_CHANNEL) {
        throw refusal('channel_id', 'The limit of widget templates is reached.');
      }
    },
    filters: {
      widget_template_kind:
        (value) =>
        ({ kind }) =>
          kind === value,
    },
    order: byAge,
    wire: templateOnly,
    deleted: ({ uuid }, actor) => {
      // Widgets go with their template (assumed).
      for (const widget of rowsWhere(widgets, 'widget_template_uuid', uuid, actor.store)) {
        deleteRow(widgets, widget.uuid, actor);
      }
    },
  },
  { keyField: 'uuid' },
);

/** What is shown of a template: not its earlier versions. */
function templateOnly(template: WidgetTemplateRow): WidgetTemplate & { versions?: undefined } {
  return { ...template, versions: undefined };
}

/** Rows keyed by `uuid`. */
export const widgets = defineResource<WidgetRow, WidgetInput>(
  'widgets',
  {
    key: ({ uuid }) => uuid,
    index: ['widget_template_uuid'],
    create: ({ input, at, ...actor }) => ({
      ...widgetDefaults,
      ...input,
      uuid: newUuid(actor, 'widgets'),
      version_uuid: newUuid(actor, 'widget-versions'),
      template_version_uuid: currentVersion(input.widget_template_uuid, actor.store),
      date_created: isoDate(at),
      date_modified: isoDate(at),
    }),
    merge: ({ current, input: { upgrade, ...input }, at, ...actor }) => {
      const next = {
        ...current,
        ...input,
        version_uuid: newUuid(actor, 'widget-versions'),
        date_modified: isoDate(at),
      };
      const isUpgraded = upgrade === true || next.widget_template_uuid !== current.widget_template_uuid;
      if (!isUpgraded) return next;
      return { ...next, template_version_uuid: currentVersion(next.widget_template_uuid, actor.store) };
    },
    check: ({ next, current, store }) => {
      if (!store.rows(widgetTemplates).has(next.widget_template_uuid)) {
        throw refusal('widget_template_uuid', 'The widget template does not exist.');
      }
      if (next.channel_id !== current?.channel_id) requireChannel(next.channel_id, store);
      if (!current && store.rows(widgets).size >= MAX_WIDGETS) {
        throw refusal('name', 'The limit of widgets is reached.');
      }
    },
    filters: {
      widget_template_kind: (value, store) => (row) => templateOf(row, store)?.kind === value,
      'site_id:in': ofSites,
    },
    order: byAge,
    wire: (widget) => ({ ...widget, widget_template_uuid: undefined, template_version_uuid: undefined }),
    includes: { widget_template: (row, { store }) => templateOf(row, store) },
    writeIncludes: ['widget_template'],
    deleted: ({ uuid }, actor) => {
      // Placements go with their widget (assumed).
      for (const placement of rowsWhere(placements, 'widget_uuid', uuid, actor.store)) {
        deleteRow(placements, placement.uuid, actor);
      }
    },
  },
  { keyField: 'uuid' },
);

function currentVersion(uuid: string | undefined, store: Store): string {
  return store.rows(widgetTemplates).get(uuid ?? '')?.current_version_uuid ?? '';
}

/** The template of a widget, in the version that the widget shows. */
function templateOf(
  { widget_template_uuid, template_version_uuid }: WidgetRow,
  store: Store,
): WidgetTemplate | undefined {
  const template = store.rows(widgetTemplates).get(widget_template_uuid);
  if (!template) return undefined;
  const earlier = template.versions.find(({ current_version_uuid }) => current_version_uuid === template_version_uuid);
  return earlier ?? templateOnly(template);
}

/** Rows keyed by `uuid`. */
const placements = defineResource<PlacementRow, PlacementInput>(
  'placements',
  {
    key: ({ uuid }) => uuid,
    index: ['widget_uuid'],
    create: ({ input, at, ...actor }) => ({
      ...placementDefaults,
      ...input,
      uuid: newUuid(actor, 'placements'),
      date_created: isoDate(at),
      date_modified: isoDate(at),
    }),
    merge: ({ current, input, at }) => ({ ...current, ...input, date_modified: isoDate(at) }),
    check: requireSoundPlacement,
    filters: {
      widget_template_kind: (value, store) => (row) => templateOfPlacement(row, store)?.kind === value,
      widget_template_uuid: (value, store) => (row) =>
        store.rows(widgets).get(row.widget_uuid)?.widget_template_uuid === value,
      'site_id:in': ofSites,
    },
    order: byAge,
    wire: (placement) => ({ ...placement, widget_uuid: undefined }),
    includes: { widget: (row, { store }) => nestedWidget(row, store) },
    writeIncludes: ['widget'],
  },
  { keyField: 'uuid' },
);

function templateOfPlacement({ widget_uuid }: PlacementRow, store: Store): WidgetTemplate | undefined {
  const widget = store.rows(widgets).get(widget_uuid);
  return widget && templateOf(widget, store);
}

function nestedWidget({ widget_uuid }: PlacementRow, store: Store): object | undefined {
  const row = store.rows(widgets).get(widget_uuid);
  return row && { ...widgets.rules.wire?.(row), widget_template: templateOf(row, store) };
}

function requireSoundPlacement({ next, current, store }: Change<PlacementRow, PlacementInput>): void {
  if (!store.rows(widgets).has(next.widget_uuid)) throw refusal('widget_uuid', 'The widget does not exist.');
  if (next.template_file === '') throw refusal('template_file', 'error.path.missing');
  if (next.channel_id !== current?.channel_id) requireChannel(next.channel_id, store);
  if (current) return;
  const here = [...store.rows(placements).values()].filter(
    (row) =>
      row.channel_id === next.channel_id &&
      row.template_file === next.template_file &&
      row.entity_id === next.entity_id,
  );
  if (here.length >= MAX_PER_PAGE) {
    throw refusal('template_file', `A page can have at most ${String(MAX_PER_PAGE)} widgets.`);
  }
}

function ofSites<Row extends { readonly channel_id: number }>(value: string, store: Store): Filter<Row> {
  const wanted = channelsOfSites(listOf(value).map(Number), store);
  return ({ channel_id }) => wanted.has(channel_id);
}

function rowsWhere<Row extends object, Input>(
  resource: Resource<Row, Input>,
  field: string,
  value: string,
  store: Store,
): readonly Row[] {
  const rows = store.rows(resource);
  return rows.pick([...rows.keysWhere(field, value)]);
}

/** Answers that nest other rows are written anew each time: what is nested changes without them. */
const nested = { isWrite: true };

function listOfNested<Row extends object, Input>(resource: Resource<Row, Input>) {
  return (context: OperationContext): BytesAnswer => {
    const { items, meta } = findPage(context, resource as unknown as Resource);
    return listAnswer(context, resource, items as readonly Row[], meta, nested);
  };
}

function oneNested<Row extends object, Input>(resource: Resource<Row, Input>) {
  return (context: OperationContext): BytesAnswer =>
    rowAnswer(context, resource, requireRow(resource, String(context.keys[0]), context), nested);
}

const createWidget: Handler<'createWidget'> = (context) =>
  rowAnswer(context, widgets, createRow(widgets, context.body, context), nested);

const updateWidget: Handler<'updateWidget'> = (context) => {
  const current = requireRow(widgets, String(context.keys[0]), context);
  return rowAnswer(context, widgets, updateRow(widgets, current, context.body, context), nested);
};

/** As it stands, or in an earlier version. */
const getWidgetTemplate: Handler<'getWidgetTemplate'> = (context) => {
  const template = requireRow(widgetTemplates, String(context.keys[0]), context);
  const version_uuid = context.query.get('version_uuid');
  const version = [...template.versions, templateOnly(template)].find(
    ({ current_version_uuid }) => current_version_uuid === (version_uuid ?? template.current_version_uuid),
  );
  if (!version) throw new NotFoundError('The requested widget template version was not found.');
  return { status: 200, body: { data: version, meta: {} } };
};

const previewWidget: Handler<'previewWidget'> = (context) => {
  const { template } = requireRow(widgetTemplates, String(context.keys[0]), context);
  return { status: 200, body: { data: { html: renderTemplate(template, context.body.widget_configuration ?? {}) } } };
};

/** @throws UnprocessableError without a template file, NotFoundError for one that the theme does not have */
const getContentRegions: Handler<'getContentRegions'> = ({ query, store }) => {
  const file = query.get('template_file');
  if (!file) throw refusal('template_file', 'error.path.missing');
  const page = file.replace(/\.html$/, '');
  const regions = activeTheme(store)?.regions ?? {};
  const names = regions[page] ?? regions[page.replace(/^pages\/custom\/([a-z-]+)\/.*$/, 'pages/$1')];
  if (!names) throw new NotFoundError('The requested template file was not found.');
  return { status: 200, body: { data: names.map((name) => ({ name })), meta: {} } };
};

export const widgetsDomain: Domain = {
  resources: [widgetTemplates, widgets, placements],
  handlers: {
    getWidgetTemplate,
    previewWidget,
    getWidgets: listOfNested(widgets),
    getWidget: oneNested(widgets),
    createWidget,
    updateWidget,
    getPlacements: listOfNested(placements),
    getPlacement: oneNested(placements),
    getContentRegions,
  },
};
