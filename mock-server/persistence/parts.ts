/** What a store, and the mock, hold beside rows and files: small things, written whole whenever they changed. */
import type { App } from '../state/apps.js';
import type { Clock } from '../state/clock.js';
import type { MockState } from '../state/mock-state.js';
import type { Store } from '../state/store.js';

export interface Part {
  readonly name: string;
  /** Another number after every change. */
  version(this: void): number;
  /** As JSON can hold it. */
  dump(this: void): unknown;
}

export function partsOfStore(store: Store): readonly Part[] {
  const { accounts, users, clock } = store;
  return [
    { name: 'accounts', version: () => accounts.changes, dump: () => accounts.dump() },
    { name: 'users', version: () => users.changes, dump: () => users.dump() },
    { name: 'numbers', version: () => sumOf(store.lastNumbers), dump: () => Object.fromEntries(store.lastNumbers) },
    partOfClock(clock),
  ];
}

/** A part that comes back by itself; those of a store come back with its rows. */
export interface MockPart extends Part {
  /** @param dumped what `dump` gave */
  load(this: void, dumped: never): void;
}

/** What belongs to no store. */
export function partsOfMock({ clock, apps }: MockState): readonly MockPart[] {
  return [
    {
      ...partOfClock(clock),
      load: (offsetMs: number) => {
        clock.advance(offsetMs);
      },
    },
    {
      name: 'apps',
      version: () => apps.changes,
      dump: () => apps.dump(),
      load: (dumped: readonly App[]) => {
        apps.load(dumped);
      },
    },
  ];
}

/** Time goes on while no mock runs; how far it was moved stays. */
function partOfClock(clock: Clock): Part {
  return { name: 'clock', version: () => clock.offsetMs, dump: () => clock.offsetMs };
}

/** Of numbers that only grow. */
function sumOf(numbers: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const number of numbers.values()) sum += number;
  return sum;
}
