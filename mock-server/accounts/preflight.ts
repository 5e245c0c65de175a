/** Does an account hold what a tool asks for? Says what is missing, and what is more than needed. */
import type { ApiAccount } from '../state/api-accounts.js';
import { levelsOf, scopeResources, type Levels } from './scope-table.js';

export interface PreflightFinding {
  /** Name in the scope table. */
  readonly resource: string;
  /** As the control panel calls it. */
  readonly label: string;
  /** Level that is asked for, or `none`. */
  readonly needed: string;
  /** Level that the account has, or `none`. */
  readonly granted: string;
  /** The scope to add, or the one that is not needed. */
  readonly scope: string;
}

export interface Preflight {
  /** Nothing is missing. More than needed is no obstacle. */
  readonly is_sufficient: boolean;
  readonly missing: readonly PreflightFinding[];
  readonly excess: readonly PreflightFinding[];
}

/** @param needed level by resource; what is not named is not needed */
export function preflight({ scopes }: Pick<ApiAccount, 'scopes'>, needed: Levels): Preflight {
  const granted = levelsOf(scopes);
  const missing: PreflightFinding[] = [];
  const excess: PreflightFinding[] = [];
  for (const [resource, { label, levels, initial = 'none' }] of scopeResources) {
    const [has, asked] = [granted[resource], needed[resource] ?? 'none'];
    const order = ['none', ...Object.keys(levels)];
    const distance = order.indexOf(has) - order.indexOf(asked);
    const finding = (level: string): PreflightFinding => {
      return { resource, label, needed: asked, granted: has, scope: levels[level] ?? '' };
    };
    if (distance < 0) missing.push(finding(asked));
    // Nobody picked what everybody gets.
    else if (distance > 0 && has !== initial) excess.push(finding(has));
  }
  return { is_sufficient: missing.length === 0, missing, excess };
}
