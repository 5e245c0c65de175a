/** Sends a server a counted number of requests and says what they cost: CPU time of its process, and how many went through a second. */
import autocannon from 'autocannon';
import type { Exchange, Server } from './servers.js';

/** Requests of one measure. Several exchanges are sent in turn. */
export interface Traffic {
  readonly exchanges: readonly [Exchange, ...Exchange[]];
  /** A body of its own for each request, counted from 0 over the whole bench; instead of the exchanges' own. */
  readonly body?: (count: number) => string;
}

export interface Cost {
  /** CPU time of the server's process per request, in microseconds. */
  readonly cpuMicros: number;
  readonly requestsPerSecond: number;
}

const CONNECTIONS = 10;

let bodies = 0;

/** @throws when an answer has another status than its exchange says: the figure would be of something else. */
export async function send(server: Server, traffic: Traffic, amount: number): Promise<Cost> {
  const before = await server.usage();
  const seconds = await fire(server.url, traffic, amount);
  const after = await server.usage();
  return { cpuMicros: (after.cpuMicros - before.cpuMicros) / amount, requestsPerSecond: amount / seconds };
}

/**
 * Sends requests until the server's code is compiled and its rate is known.
 * @returns how many requests take about so many seconds
 */
export async function warmUp(server: Server, traffic: Traffic, seconds: number): Promise<number> {
  const began = performance.now();
  let amount = 200;
  let rate = 0;
  // At most a second and a half in all, however slow the server is.
  while (performance.now() - began < Math.min(1_000, seconds * 1_000)) {
    const took = await fire(server.url, traffic, amount);
    rate = amount / took;
    amount = Math.max(100, Math.round(rate * 0.4));
  }
  return Math.max(100, Math.round(rate * seconds));
}

/** @returns seconds from the first request to the last answer */
function fire(url: string, { exchanges, body }: Traffic, amount: number): Promise<number> {
  const { status } = exchanges[0];
  return new Promise((resolve, reject) => {
    let answers = 0;
    let wrong: number | undefined;
    const began = performance.now();
    let ended = began;
    // The sender never sleeps, whichever server it talks to: waking a sleeper is charged to whom the answer comes from,
    // and would count against the slower of two servers.
    let isDone = false;
    const stayAwake = (): void => {
      if (!isDone) setImmediate(stayAwake);
    };
    stayAwake();
    const run = autocannon(
      {
        url,
        amount,
        connections: Math.min(CONNECTIONS, amount),
        // How soon it notices that it is done, in milliseconds.
        sampleInt: 20,
        requests: exchanges.map((exchange) => ({
          method: exchange.method,
          path: exchange.path,
          headers: exchange.headers,
          ...(exchange.body === undefined ? {} : { body: exchange.body }),
          ...(body && { setupRequest: (request: autocannon.Request) => ({ ...request, body: body((bodies += 1)) }) }),
        })),
      },
      (error: Error | null) => {
        isDone = true;
        if (error) reject(error);
        else if (wrong !== undefined) reject(new Error(`${exchanges[0].method} ${exchanges[0].path} was answered ${wrong} instead of ${status}`));
        else if (answers !== amount) reject(new Error(`${exchanges[0].path}: ${answers} answers to ${amount} requests`));
        else resolve((ended - began) / 1_000);
      },
    );
    run.on('response', (_client: autocannon.Client, answered: number) => {
      answers += 1;
      if (answered !== status) wrong = answered;
      if (answers === amount) ended = performance.now();
    });
  });
}
