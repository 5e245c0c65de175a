/** Values worked out from a whole store, kept until something in it changes. */
import type { Store } from './store.js';

/** The same function, which works a store's value out again only after a write. */
export function untilNextWrite<Value>(workOut: (store: Store) => Value): (store: Store) => Value {
  const known = new WeakMap<Store, { readonly writes: number; readonly value: Value }>();
  return (store) => {
    const kept = known.get(store);
    if (kept?.writes === store.writes) return kept.value;
    const value = workOut(store);
    known.set(store, { writes: store.writes, value });
    return value;
  };
}
