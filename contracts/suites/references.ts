/** Which existing row a property of a request body names: `brand_id` a brand, `id` in a batch one of its own rows. */
import { operations, type Operation } from '../../openapi/index.js';
import {
  collectionTemplate,
  keyOf,
  listTemplateOf,
  type ExistingRows,
  type Key,
  type PathValues,
} from './existing-rows.js';

/**
 * The id of an existing row for a property, or undefined when the name tells of none.
 * @param name of the property; '' for the items of a body that is a list of ids
 * @param place which row of the list, so that a batch names different ones
 */
export async function referenceTo(
  name: string,
  operation: Operation,
  rows: ExistingRows,
  values: PathValues,
  place = 0,
): Promise<Key | undefined> {
  const sendable = rows.sendable(operation.id, name);
  if (sendable !== undefined) return sendable;
  if (name !== '' && name !== 'id' && !/_(uu)?id$/.test(name)) return undefined;
  const inPath = values[name];
  if (inPath !== undefined) return inPath;
  const known = rows.known(name);
  if (known !== undefined) return known;
  const keyAt = async (template: string, parameter: string): Promise<Key | undefined> => {
    const found = await rows.list(template, values);
    const row = found[place] ?? found[0];
    return row && keyOf(row, parameter);
  };
  const collection = operation.resource?.collection ?? '';
  if (name === '' || name === 'id') return keyAt(operation.path, 'id');
  if (name === 'parent_id') return keyAt(collectionTemplate(collection) ?? operation.path, 'id');
  const parameter = name === 'resource_id' ? ownerParameter(collection) : name;
  const template =
    parameter && (listTemplateOf(parameter) ?? templateByThing(parameter) ?? templateBeside(parameter, operation));
  return template && parameter ? keyAt(template, parameter) : undefined;
}

/** The list of what a name is said to be of: `widget_uuid` names a row of `widgets`, which paths call just `uuid`. */
function templateByThing(name: string): string | undefined {
  const thing = /^(.+)_(?:uu)?id$/.exec(name)?.[1];
  return thing === undefined ? undefined : collectionTemplate(`${thing.replaceAll('_', '-')}s`);
}

/** The list beside or below a path: `/customers/attributes` for an `attribute_id` of customers. */
function templateBeside(name: string, { path }: Operation): string | undefined {
  const ending = `/${name.replace(/_id$/, 's').replaceAll('_', '-')}`;
  const lists = [path + ending, path.slice(0, path.lastIndexOf('/')) + ending];
  return operations.find(({ method, path: list }) => method === 'GET' && lists.includes(list))?.path;
}

/** The path parameter that names the owner of a row: `brand_id` for the metafields of brands. */
function ownerParameter(collection: string): string | undefined {
  const owned = operations.find(({ resource }) => resource?.collection === collection && resource.parent !== undefined);
  return Object.keys(owned?.resource?.parent ?? {}).at(-1);
}
