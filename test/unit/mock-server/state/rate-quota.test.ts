/** One quota per store, in fixed windows. */
import { describe, expect, it } from 'vitest';
import { Clock } from '../../../../mock-server/state/clock.js';
import { RateQuota } from '../../../../mock-server/state/rate-quota.js';

function quota(requests: number, unlimited = false): { quota: RateQuota; clock: Clock } {
  const clock = new Clock();
  clock.set(1_000_000);
  return { clock, quota: new RateQuota({ requests, windowMs: 30_000, unlimited }, clock) };
}

describe('RateQuota', () => {
  it('gives so many requests a window and no more', () => {
    const { quota: store } = quota(3);
    expect([store.take(), store.take(), store.take(), store.take()]).toEqual([true, true, true, false]);
    expect(store.left).toBe(0);
  });

  it('is reset at once when the window ends, not bit by bit', () => {
    const { quota: store, clock } = quota(2);
    store.take();
    clock.advance(29_000);
    store.take();
    expect(store.take()).toBe(false);
    clock.advance(1_100);
    expect(store.take()).toBe(true);
    expect(store.left).toBe(1);
  });

  it('counts down to the reset', () => {
    const { quota: store, clock } = quota(2);
    store.take();
    clock.advance(10_000);
    expect(store.resetMs).toBeGreaterThan(19_000);
    expect(store.resetMs).toBeLessThanOrEqual(20_000);
  });

  it('never ends when unlimited, and still reports a quota', () => {
    const { quota: store } = quota(1, true);
    expect([store.take(), store.take()]).toEqual([true, true]);
    expect(store.left).toBe(1);
  });
});
