/**
 * Complex rules of a product: what /v3/catalog/products/{product_id}/complex-rules does beyond keeping rows.
 * A rule lives as long as the modifiers, values and variants that its conditions name.
 * Described in openapi/documents/catalog/products.v3.yaml.
 */
import { complexRuleDefaults, type ComplexRuleRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { ConflictError, UnprocessableError } from '../../errors.js';
import { defineResource, type Actor, type Change, type Draft } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { deleteRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { invalidField } from './invalid-field.js';
import { owningProduct } from './owning-product.js';
import { modifiers } from './product-modifiers.v3.js';
import { touchProduct } from './products.v3.js';
import { variants } from './variants.v3.js';

type RuleInput = components['schemas']['ComplexRuleInput'];
type SentCondition = components['schemas']['ComplexRuleConditionInput'];
type Condition = ComplexRuleRow['conditions'][number];
type Adjuster = components['schemas']['ComplexRuleAdjuster'];

/** Rows keyed by `id`, each with its conditions. */
export const complexRules = defineResource<ComplexRuleRow, RuleInput>(
  'catalog.product-complex-rules',
  {
    create: completeRule,
    merge: ({ current, input, store }) => withEffects(current, input, store),
    check: requireSoundConditions,
    created: touch,
    updated: touch,
    deleted: (_rule, actor, product_id) => {
      if (typeof product_id === 'number') touchProduct(actor, product_id);
    },
    // The products document lists 204 alone.
    quietDelete: true,
  },
  { below: 'catalog.products' },
);

function completeRule(draft: Draft<RuleInput>): ComplexRuleRow {
  const product_id = owningProduct(complexRules, draft, draft.id);
  return withEffects({ ...complexRuleDefaults, id: draft.id, product_id }, draft.input, draft.store);
}

/** Sent fields over those of the row. Conditions are replaced as a whole; those that were there keep their ids. */
function withEffects(row: ComplexRuleRow, input: RuleInput, store: Store): ComplexRuleRow {
  return {
    ...row,
    ...input,
    price_adjuster: adjusterOf(input.price_adjuster ?? row.price_adjuster),
    weight_adjuster: adjusterOf(input.weight_adjuster ?? row.weight_adjuster),
    conditions: input.conditions ? conditionsOf(input.conditions, row, store) : row.conditions,
  };
}

/** An adjuster of no kind adjusts nothing, and is answered empty. */
function adjusterOf({ adjuster, adjuster_value = 0 }: Adjuster): Adjuster {
  return adjuster ? { adjuster, adjuster_value } : {};
}

function conditionsOf(sent: readonly SentCondition[], row: ComplexRuleRow, store: Store): Condition[] {
  let lastId: number | undefined;
  return sent.map(({ modifier_id = null, modifier_value_id = null, variant_id = null }) => {
    const wanted = { modifier_id, modifier_value_id, variant_id };
    const known = row.conditions.find((condition) => textOf(condition) === textOf(wanted));
    if (known) return known;
    lastId = (lastId ?? lastConditionId(store)) + 1;
    return { id: lastId, rule_id: row.id, ...wanted, combination_id: 0 };
  });
}

/** Conditions have ids of their own, counted over all rules of the store, of which there are few. */
function lastConditionId(store: Store): number {
  let last = 0;
  for (const { conditions } of store.rows(complexRules).values()) {
    for (const { id } of conditions) last = Math.max(last, id ?? 0);
  }
  return last;
}

/** Equal for conditions that ask the same. */
function textOf({ modifier_id, modifier_value_id, variant_id }: SentCondition): string {
  return `${modifier_id ?? ''}:${modifier_value_id ?? ''}:${variant_id ?? ''}`;
}

/**
 * @throws UnprocessableError for too few conditions (title documented), or one that asks for what the product lacks
 * @throws ConflictError for the conditions of another rule of the product, in any order; the title is assumed
 */
function requireSoundConditions({ next, current, store }: Change<ComplexRuleRow, RuleInput>): void {
  if (current && current.conditions === next.conditions) return;
  requireEnough(next.conditions);
  for (const condition of next.conditions) requireKnown(condition, Number(next.product_id), store);
  const wanted = setOf(next);
  const siblings = store.rows(complexRules).rowsOf(Number(next.product_id));
  if (siblings.some((rule) => rule.id !== next.id && setOf(rule) === wanted)) {
    throw new ConflictError('A complex rule with the same conditions exists');
  }
}

/** Two modifiers at least, or one beside a variant; the two may share one condition, as in the document's examples. */
function requireEnough(conditions: readonly Condition[]): void {
  const modifierIds = conditions.flatMap(({ modifier_id }) => modifier_id ?? []);
  const variantIds = new Set(conditions.flatMap(({ variant_id }) => variant_id ?? []));
  const isUnique = new Set(modifierIds).size === modifierIds.length;
  if (isUnique && variantIds.size <= 1 && modifierIds.length + variantIds.size >= 2) return;
  throw new UnprocessableError(
    'The rule must contain multiple modifier conditions with unique modifier ids or a variant condition and modifier condition',
  );
}

/** What an unknown id is answered with is assumed: the document has 422 for any invalid data. */
function requireKnown(
  { modifier_id, modifier_value_id, variant_id }: Condition,
  product_id: number,
  store: Store,
): void {
  const refuse = (field: keyof SentCondition): never => {
    throw invalidField(`conditions.${field}`, `The product has no such ${field.slice(0, -3).replace('_', ' ')}`);
  };
  if (modifier_id === null && modifier_value_id === null && variant_id === null) refuse('modifier_id');
  if (modifier_id === null && modifier_value_id !== null) refuse('modifier_id');
  if (modifier_id !== null) {
    const rows = store.rows(modifiers);
    const modifier = rows.parentOf(modifier_id) === product_id ? rows.get(modifier_id) : undefined;
    if (!modifier) return refuse('modifier_id');
    if (!modifier.option_values.some(({ id }) => id === modifier_value_id)) refuse('modifier_value_id');
  }
  if (variant_id !== null && store.rows(variants).parentOf(variant_id) !== product_id) refuse('variant_id');
}

function setOf({ conditions }: ComplexRuleRow): string {
  return conditions.map(textOf).sort().join();
}

function touch(change: Change<ComplexRuleRow, RuleInput>): void {
  touchProduct(change, Number(change.next.product_id));
}

/** Deletes the rules of a product with a condition that names all the given ids: called when one of these goes away. */
export function dropRulesOf(actor: Actor, product_id: number, named: Partial<SentCondition>): void {
  const names = Object.keys(named) as (keyof SentCondition)[];
  if (names.length === 0) return;
  for (const { id, conditions } of actor.store.rows(complexRules).rowsOf(product_id)) {
    const isNamed = conditions.some((condition) => names.every((name) => condition[name] === named[name]));
    if (isNamed) deleteRow(complexRules, id, actor);
  }
}

export const complexRulesDomain: Domain = { resources: [complexRules] };
