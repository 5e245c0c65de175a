/**
 * Who used which operations of a store, and what came of it. Counted for every request, so counting is two look-ups and
 * an increment; unlike the journal it forgets nothing until a reset.
 */
import type { Operation } from '../../openapi/index.js';
import type { ApiAccount } from './api-accounts.js';

/** What can come of a request: statuses that clients tell apart, and the rest of each hundred. */
export const outcomes = ['2xx', '204', '3xx', '401', '403', '404', '409', '422', '429', '4xx', '5xx', 'cut'] as const;

export type Outcome = (typeof outcomes)[number];

const placeOf = new Map(outcomes.map((outcome, place) => [outcome, place]));
const CUT = placeOf.get('cut') ?? 0;

/** Place of its outcome, by status. Of a status that is none, the connection was cut. */
const places = Uint8Array.from({ length: 1_000 }, (_, status) => {
  const exact = placeOf.get(String(status) as Outcome);
  return exact ?? placeOf.get(`${String(Math.floor(status / 100))}xx` as Outcome) ?? CUT;
});

/** Requests of one account for one operation. */
export class OperationUse {
  readonly #counts = new Uint32Array(outcomes.length);

  count(status: number): void {
    const place = places[status] ?? CUT;
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
  }

  /** `2xx` without the 204s, and `4xx` without those that have an outcome of their own. */
  of(outcome: Outcome): number {
    return this.#counts[placeOf.get(outcome) ?? CUT] ?? 0;
  }
}

/** Requests of one account. */
export class AccountUse {
  readonly operations = new Map<Operation, OperationUse>();

  /** @param account as it was at its last request; undefined for requests that no account made */
  constructor(public account: ApiAccount | undefined) {}
}

export class Usage {
  /** By client id, which outlives renewed tokens, restored snapshots and the account itself. */
  readonly #byClientId = new Map<string | undefined, AccountUse>();
  #peak = 0;

  /** @param used requests that the window of the quota has taken so far */
  count(account: ApiAccount | undefined, operation: Operation, status: number, used: number): void {
    const client_id = account?.client_id;
    let ofAccount = this.#byClientId.get(client_id);
    if (!ofAccount) this.#byClientId.set(client_id, (ofAccount = new AccountUse(account)));
    ofAccount.account = account;
    let use = ofAccount.operations.get(operation);
    if (!use) ofAccount.operations.set(operation, (use = new OperationUse()));
    use.count(status);
    if (used > this.#peak) this.#peak = used;
  }

  /** In the order of their first requests. */
  get accounts(): readonly AccountUse[] {
    return [...this.#byClientId.values()];
  }

  /** Most requests that one window of the quota took. */
  get peak(): number {
    return this.#peak;
  }

  clear(): void {
    this.#byClientId.clear();
    this.#peak = 0;
  }
}
