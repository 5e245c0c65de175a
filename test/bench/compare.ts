/** Two servers under the same traffic in alternating rounds, so that whatever else the machine does meets both. */
import { median, ratioResult, type Result } from './results.js';
import type { Server } from './servers.js';
import { send, warmUp, type Cost, type Traffic } from './traffic.js';

/** How much is measured. */
export interface Effort {
  readonly rounds: number;
  /** Length of one server's turn in a round, about, in seconds. */
  readonly seconds: number;
  /** Starts that a start-up figure is the median of. */
  readonly starts: number;
}

export interface Contestant {
  readonly server: Server;
  readonly traffic: Traffic;
}

/** CPU time per request of the first against that of the second. */
export async function compare(
  names: { readonly measure: string; readonly against: string; readonly target: number },
  mock: Contestant,
  other: Contestant,
  { rounds, seconds }: Effort,
): Promise<Result> {
  const amounts = [
    await warmUp(mock.server, mock.traffic, seconds),
    await warmUp(other.server, other.traffic, seconds),
  ] as const;
  const costs: (readonly [mock: Cost, other: Cost])[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const mine = (): Promise<Cost> => send(mock.server, mock.traffic, amounts[0]);
    const its = (): Promise<Cost> => send(other.server, other.traffic, amounts[1]);
    // Whoever is second finds the machine warmer: take turns in that too.
    if (round % 2 === 0) {
      const first = await mine();
      costs.push([first, await its()]);
    } else {
      const first = await its();
      costs.push([await mine(), first]);
    }
  }
  return ratioResult(
    { ...names, unit: 'us CPU' },
    costs.map(([mine, its]) => [mine.cpuMicros, its.cpuMicros]),
    [median(costs.map(([mine]) => mine.requestsPerSecond)), median(costs.map(([, its]) => its.requestsPerSecond))],
  );
}
