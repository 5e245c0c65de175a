/** The mock's clock: real time plus whatever `/_mock/clock` moved it by. Everything dated asks it. */
export class Clock {
  #offsetMs = 0;

  /** Milliseconds since the Unix epoch. */
  now(): number {
    return Date.now() + this.#offsetMs;
  }

  /** Moves the clock. Negative values move it back. */
  advance(ms: number): void {
    this.#offsetMs += ms;
  }

  /** Sets the clock to an instant, in milliseconds since the Unix epoch. */
  set(epochMs: number): void {
    this.#offsetMs = epochMs - Date.now();
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
