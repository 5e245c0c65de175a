/**
 * What the official description of an operation says and ours does not. Both are walked side by side, so that it does
 * not matter how either is cut into components.
 */
import type { DescribedOperation } from './described-operation.js';
import { itemsOf, propertiesOf, typesOf, type SchemaNode } from './schema-node.js';

export const factKinds = ['operation', 'parameter', 'property', 'type', 'operationId'] as const;

export type FactKind = (typeof factKinds)[number];

/** One official fact, and whether ours agrees. */
export interface Fact {
  readonly kind: FactKind;
  /** `query id:in`, `request custom_url.url`, `response 200 data[].id`; empty for the operation itself. */
  readonly at: string;
  readonly agrees: boolean;
  /** For a type or an id that differs: what each side says. */
  readonly difference?: string;
}

/** Every official fact about one operation; without ours, all of them disagree. */
export function compareOperations(official: DescribedOperation, ours: DescribedOperation | undefined): Fact[] {
  const facts: Fact[] = [{ kind: 'operation', at: '', agrees: ours !== undefined }];
  if (ours) {
    const [theirId, ourId] = [official.operationId ?? 'none', ours.operationId ?? 'none'];
    facts.push({ kind: 'operationId', at: '', agrees: theirId === ourId, difference: differ(theirId, ourId) });
  }
  for (const [place, node] of official.parameters) {
    const our = ours?.parameters.get(place);
    facts.push({ kind: 'parameter', at: place, agrees: our !== undefined });
    compareTypes(node, our, place, facts);
    const [items, ourItems] = [itemsOf(node), our && itemsOf(our)];
    if (items) compareTypes(items, ourItems, `${place}[]`, facts);
  }
  if (official.request) compareBodies(official.request, ours?.request, 'request', facts);
  for (const [status, node] of official.responses) {
    compareBodies(node, ours?.responses.get(status), `response ${status}`, facts);
  }
  return facts;
}

function compareBodies(official: SchemaNode, ours: SchemaNode | undefined, place: string, facts: Fact[]): void {
  compareTypes(official, ours, place, facts);
  walk(official, ours, `${place} `, new Set(), facts);
}

/** @param above schemas this place lies in; one that comes again is not entered again */
function walk(
  official: SchemaNode,
  ours: SchemaNode | undefined,
  at: string,
  above: ReadonlySet<unknown>,
  facts: Fact[],
): void {
  if (official.schemas.some((schema) => above.has(schema))) return;
  const inside = new Set([...above, ...official.schemas]);
  const ourProperties = ours && propertiesOf(ours);
  const separator = at.endsWith(' ') ? '' : '.';
  for (const [name, node] of propertiesOf(official)) {
    visit(node, ourProperties?.get(name), `${at}${separator}${name}`, inside, facts);
  }
  const items = itemsOf(official);
  if (items) visit(items, ours && itemsOf(ours), `${at}[]`, inside, facts);
}

function visit(
  official: SchemaNode,
  ours: SchemaNode | undefined,
  at: string,
  above: ReadonlySet<unknown>,
  facts: Fact[],
): void {
  facts.push({ kind: 'property', at, agrees: ours !== undefined });
  compareTypes(official, ours, at, facts);
  walk(official, ours, at, above, facts);
}

/** Types count where both sides describe the place and the official one states a type. */
function compareTypes(official: SchemaNode, ours: SchemaNode | undefined, at: string, facts: Fact[]): void {
  const theirs = [...typesOf(official)].sort().join('|');
  if (!ours || theirs === '') return;
  const our = [...typesOf(ours)].sort().join('|');
  const isNumeric = [theirs, our].every((types) => /^(integer|number|integer\|number)$/.test(types));
  const difference = differ(theirs, our || 'unstated') + (isNumeric ? ' (integer or number)' : '');
  facts.push({ kind: 'type', at, agrees: theirs === our, difference });
}

function differ(official: string, ours: string): string {
  return `officially ${official}, here ${ours}`;
}
