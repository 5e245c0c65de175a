/** What the bench says: figures, held against something measured in the same run, and the table they are printed in. */

/** One line of the table. */
export interface Result {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  /** What it is held against, measured in the same run. Absent: the target is for the value itself. */
  readonly against?: { readonly name: string; readonly value: number };
  /** Value over `against`, both medians; or the value itself. */
  readonly ratio: number;
  /** The same with the best round of each: what else the machine does can only add to it. */
  readonly best?: number;
  /** The most that the ratio may be. */
  readonly target: number;
  /** Half the distance between the quartiles of the rounds' ratios. */
  readonly spread?: number;
  /** Requests per second, of the mock and of what it is held against. */
  readonly rates?: readonly [mock: number, against: number];
}

export interface Machine {
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  /** Load average of the last minute, before the bench and after it. */
  readonly load: readonly [before: number, after: number];
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** @param part 0 for the lowest, 1 for the highest; between two values, what lies between */
function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
  return low + (high - low) * (place - Math.floor(place));
}

/** A result from rounds that measured both, one after the other. */
export function ratioResult(
  names: { readonly measure: string; readonly unit: string; readonly against: string; readonly target: number },
  rounds: readonly (readonly [mock: number, against: number])[],
  rates?: readonly [number, number],
): Result {
  const { measure, unit, against, target } = names;
  const value = median(rounds.map(([mock]) => mock));
  const other = median(rounds.map(([, its]) => its));
  const ratios = rounds.map(([mock, its]) => mock / its);
  return {
    measure,
    value,
    unit,
    against: { name: against, value: other },
    ratio: value / other,
    best: Math.min(...rounds.map(([mock]) => mock)) / Math.min(...rounds.map(([, its]) => its)),
    target,
    spread: (quantile(ratios, 0.75) - quantile(ratios, 0.25)) / 2,
    ...(rates && { rates }),
  };
}

/** A result that is held against its target alone. */
export function plainResult(measure: string, value: number, unit: string, target: number): Result {
  return { measure, value, unit, ratio: value, target };
}

const HEADINGS = ['measure', 'mock', 'held against', 'ratio', 'target', '', 'spread', 'best', 'requests/s'];

/** The results as aligned columns. */
export function table(results: readonly Result[]): string {
  const rows = [HEADINGS, ...results.map(cells)];
  const widths = HEADINGS.map((_heading, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cells({ measure, value, unit, against, ratio, best, target, spread, rates }: Result): string[] {
  return [
    measure,
    `${figure(value)} ${unit}`,
    against ? `${figure(against.value)} ${unit} ${against.name}` : '',
    against ? figure(ratio) : '',
    `<= ${figure(target)}${against ? '' : ` ${unit}`}`,
    ratio <= target ? 'ok' : 'missed',
    spread === undefined ? '' : `±${figure(spread)}`,
    best === undefined ? '' : figure(best),
    rates ? `${figure(rates[0])} to ${figure(rates[1])}` : '',
  ];
}

/** Three digits that mean something. */
function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.1 ? 2 : 3;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
