/**
 * `npm run bench [-- --quick] [--only <name>,…] [--json]`: what the mock costs, as ratios to a bare Fastify (F) and to Prism
 * measured in the same run. Needs `npm run build`. Takes at most six minutes on two cores, a minute and a half with --quick.
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Effort } from './compare.js';
import { measureFirstCalls } from './first-calls.js';
import { measureOperationCount } from './operation-count.js';
import { measurePrism } from './prism.js';
import { measureRequests, requestMeasures } from './requests.js';
import { table, type Machine, type Result } from './results.js';
import { killAll } from './servers.js';
import { measureMemory, measureStart } from './start-up.js';
import { measureStores } from './stores.js';
import { measureGrowth, measureManyProducts } from './stored-products.js';

type Measure = (effort: Effort) => Promise<readonly Result[]> | readonly Result[];

/** All measures, by the name that --only takes, in the order in which they run. */
const measures: Readonly<Record<string, Measure>> = {
  start: measureStart,
  memory: measureMemory,
  first: measureFirstCalls,
  ...Object.fromEntries(
    Object.entries(requestMeasures).map(([name, names]) => [name, (effort: Effort) => measureRequests(names, effort)]),
  ),
  stores: measureStores,
  prism: measurePrism,
  operations: measureOperationCount,
  many: measureManyProducts,
  growth: measureGrowth,
};

const FULL: Effort = { rounds: 25, seconds: 0.25, starts: 15 };
const QUICK: Effort = { rounds: 9, seconds: 0.15, starts: 5 };

/** No measure begins later than this, in milliseconds; the longest takes a quarter of it. */
const LATEST_MS = { full: 280_000, quick: 70_000 };

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    killAll();
    process.exit(1);
  });
}

try {
  await run();
} finally {
  killAll();
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean' }, json: { type: 'boolean' }, only: { type: 'string' } },
  });
  const names = values.only?.split(',') ?? Object.keys(measures);
  const began = performance.now();
  const loadBefore = load();
  const results: Result[] = [];
  const failures: string[] = [];
  for (const name of names) {
    const measure = measures[name];
    if (!measure) {
      failures.push(`${name}: no such measure; there are ${Object.keys(measures).join(', ')}`);
      continue;
    }
    if (performance.now() - began > (values.quick ? LATEST_MS.quick : LATEST_MS.full)) {
      failures.push(`${name}: not measured, the time is up`);
      continue;
    }
    if (!values.json) process.stderr.write(`${name} …\n`);
    try {
      results.push(...(await measure(values.quick ? QUICK : FULL)));
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      killAll();
    }
  }
  const machine: Machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    load: [loadBefore, load()],
  };
  const seconds = Math.round((performance.now() - began) / 1_000);
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ machine, seconds, results, failures }, null, 2)}\n`
      : report(machine, seconds, results, failures),
  );
  if (failures.length > 0) process.exitCode = 1;
}

function report(
  { node, cpu, cores, load: [before, after] }: Machine,
  seconds: number,
  results: readonly Result[],
  failures: readonly string[],
): string {
  return [
    '',
    table(results),
    '',
    'us CPU: CPU time of the server process for one request. F: a bare Fastify with one route that returns the same bytes.',
    'Medians of alternating rounds; spread: half the distance between the quartiles; best: the best round of each, not the median.',
    `Node ${node}, ${cores} x ${cpu}, load ${before.toFixed(2)} before and ${after.toFixed(2)} after, ${seconds} s.`,
    ...failures.map((failure) => `NOT MEASURED  ${failure}`),
    '',
  ].join('\n');
}

function load(): number {
  return loadavg()[0] ?? 0;
}
