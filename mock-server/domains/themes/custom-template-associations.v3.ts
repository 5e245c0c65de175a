/**
 * Which product, category, brand or page is shown with which file of the theme: one per channel and entity.
 * Described in openapi/documents/themes/custom-template-associations.v3.yaml.
 */
import type { CustomTemplateAssociationRow } from '../../../fixtures/index.js';
import { ConflictError } from '../../errors.js';
import { defineResource, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { createRow, updateRow } from '../../resources/write.js';
import { catalogDate } from '../../state/clock.js';
import type { Store } from '../../state/store.js';
import { activeTheme } from './themes.v3.js';

type Association = CustomTemplateAssociationRow;

/** Rows keyed by `id`. Entities and channels are not looked up: documented examples name some that no store has. */
const customTemplateAssociations = defineResource<Association>('custom-template-associations', {
  unique: {
    entity: { text: entityKey, refusal: () => new ConflictError('The entity has a template already.') },
  },
  create: ({ input, id, at }) => ({
    channel_id: 0,
    entity_type: 'product',
    entity_id: 0,
    file_name: '',
    is_valid: false,
    ...input,
    id,
    date_created: catalogDate(at),
    date_modified: catalogDate(at),
  }),
  derive: (row, store) => ({ ...row, is_valid: isInTheme(row, store) }),
  filters: {
    type:
      (value) =>
      ({ entity_type }) =>
        entity_type === value,
  },
});

function entityKey({
  channel_id,
  entity_type,
  entity_id,
}: Pick<Association, 'channel_id' | 'entity_type' | 'entity_id'>): string {
  return `${String(channel_id)} ${entity_type} ${String(entity_id)}`;
}

/** Documented: whether the active theme has the file. */
function isInTheme({ entity_type, file_name }: Association, store: Store): boolean {
  return activeTheme(store)?.custom_templates[entity_type].includes(file_name) ?? false;
}

/** Looks anew whether the files are there, after another theme was activated. */
export function checkAssociations({ store }: Pick<Actor, 'store'>): void {
  const rows = store.rows(customTemplateAssociations);
  for (const row of [...rows.values()]) {
    const is_valid = isInTheme(row, store);
    if (is_valid !== row.is_valid) rows.replace({ ...row, is_valid });
  }
}

const upsertCustomTemplateAssociations: Handler<'upsertCustomTemplateAssociations'> = (context) => {
  const rows = context.store.rows(customTemplateAssociations);
  for (const input of context.body) {
    const key = rows.keyByUnique('entity', entityKey(input));
    const current = key === undefined ? undefined : rows.get(key);
    if (current) updateRow(customTemplateAssociations, current, input, context);
    else createRow(customTemplateAssociations, input, context);
  }
  return { status: 200, body: {} };
};

export const customTemplateAssociationsDomain: Domain = {
  resources: [customTemplateAssociations],
  handlers: { upsertCustomTemplateAssociations },
};
