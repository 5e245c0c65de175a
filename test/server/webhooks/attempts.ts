/** Attempts to call webhooks, as /_mock shows them. */
import type { MockClient } from '../mock.js';
import type { Receiver } from './receiver.js';

export interface Attempt {
  readonly hook_id: number;
  readonly scope: string;
  readonly attempt: number;
  readonly outcome: string;
  readonly status: number | null;
  readonly reason: string | null;
  readonly at: string;
  readonly next_attempt_at: string | null;
  readonly payload: { readonly hash: string; readonly data: { readonly error_code?: number } };
}

/** A product whose creation webhooks are told of. */
export const tea = { name: 'Morning Tea', type: 'physical', weight: 1, price: 10 };

/** Registers a webhook that leads to a receiver; gives its id. */
export async function hear(mock: MockClient, receiver: Receiver, scope: string, more: object = {}): Promise<number> {
  const { body } = await mock.post('/v3/hooks', { scope, destination: `${receiver.url}/hooks`, ...more }).expect(200);
  return body.data.id as number;
}

/** Attempts so far, once there are so many. */
export async function attempts(mock: MockClient, count: number, query = ''): Promise<readonly Attempt[]> {
  for (let round = 0; round < 600; round += 1) {
    const { body } = await mock.raw.get(`/_mock/webhooks/deliveries?limit=1000${query}`).expect(200);
    if (body.data.length >= count) return body.data as Attempt[];
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`fewer than ${String(count)} attempts`);
}

/** Moves the mock's clock. */
export function advance(mock: MockClient, seconds: number): Promise<unknown> {
  return mock.raw
    .post('/_mock/clock')
    .send({ advance_ms: seconds * 1000 })
    .expect(200)
    .then();
}
