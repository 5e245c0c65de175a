/** The mock's clock: real time plus whatever `/_mock/clock` moved it by. Everything dated asks it. */
export class Clock {
  #offsetMs = 0;
  #moved: (() => void) | undefined;

  /** How far it was moved from real time. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Milliseconds since the Unix epoch. */
  now(): number {
    return Date.now() + this.#offsetMs;
  }

  /** The real time, wherever the clock was moved to: for what others compare with their own clocks. */
  wallTime(): number {
    return Date.now();
  }

  /** Told whenever the clock was moved, so that what has become due can happen. There is one listener. */
  onMove(listener: () => void): void {
    this.#moved = listener;
  }

  /** Moves the clock. Negative values move it back. */
  advance(ms: number): void {
    this.#offsetMs += ms;
    this.#moved?.();
  }

  /** Sets the clock to an instant, in milliseconds since the Unix epoch. */
  set(epochMs: number): void {
    this.#offsetMs = epochMs - Date.now();
    this.#moved?.();
  }

  /** Back to real time. */
  reset(): void {
    this.#offsetMs = 0;
  }
}

let lastSecond = -1;
let lastText = '';

/** A catalog date, `2020-04-24T19:56:35+00:00`: whole seconds, numeric offset. */
export function catalogDate(epochMs: number): string {
  const second = Math.floor(epochMs / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastText = `${new Date(second * 1000).toISOString().slice(0, 19)}+00:00`;
  }
  return lastText;
}
