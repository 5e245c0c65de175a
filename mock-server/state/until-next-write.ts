/** Values worked out from a whole store, kept until something in it changes or it is reset. */
import type { Store } from './store.js';

/** The same function, which works a store's value out again only after a write. */
export function untilNextWrite<Value>(workOut: (store: Store) => Value): (store: Store) => Value {
  const known = new WeakMap<Store, { readonly writes: number; readonly resets: number; readonly value: Value }>();
  return (store) => {
    const kept = known.get(store);
    const { writes, resets } = store;
    if (kept?.writes === writes && kept.resets === resets) return kept.value;
    const value = workOut(store);
    known.set(store, { writes, resets, value });
    return value;
  };
}
