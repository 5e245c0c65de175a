/** Sends a server a counted number of requests and says what they cost: CPU time of its process, and how many went through a second. */
import autocannon from 'autocannon';
import type { Exchange, Server } from './servers.js';

/** Requests of one measure. Several exchanges are sent in turn. */
export interface Traffic {
  readonly exchanges: readonly [Exchange, ...Exchange[]];
  /** A body of its own for each request, counted from 1 over the whole bench; instead of the exchanges' own. */
  readonly body?: (count: number) => string;
}

export interface Cost {
  /** CPU time of the server's process per request, in microseconds. */
  readonly cpuMicros: number;
  readonly requestsPerSecond: number;
}

const CONNECTIONS = 10;

/** How soon the sender notices that it is done, in milliseconds. */
const NOTICE_MS = 20;

let bodies = 0;

/** @throws when an answer has another status than its exchange says: the figure would be of something else. */
export async function send(server: Server, traffic: Traffic, amount: number): Promise<Cost> {
  const before = await server.usage();
  const seconds = await fire(server.url, traffic, amount);
  const after = await server.usage();
  return { cpuMicros: (after.cpuMicros - before.cpuMicros) / amount, requestsPerSecond: amount / seconds };
}

/**
 * Sends requests until the server's code is compiled and its rate is known: about a second, however slow the server is.
 * @returns how many requests take about so many seconds
 */
export async function warmUp(server: Server, traffic: Traffic, seconds: number): Promise<number> {
  const began = performance.now();
  let amount = 10 * CONNECTIONS;
  let rate = 0;
  while (performance.now() - began < 800) {
    rate = amount / (await fire(server.url, traffic, amount));
    amount = Math.max(10 * CONNECTIONS, Math.round(rate * 0.3));
  }
  return Math.max(10 * CONNECTIONS, Math.round(rate * seconds));
}

/** @returns seconds from the first request to the last answer */
function fire(url: string, { exchanges, body }: Traffic, amount: number): Promise<number> {
  const requests = exchanges.map(requestOf);
  const { method, path, status } = exchanges[0];
  // Written before the first is sent: autocannon can also make a body on the way, and then waits for itself.
  const perConnection = Math.ceil(amount / CONNECTIONS);
  const setupClient = (client: autocannon.Client): void => {
    if (body)
      client.setRequests(Array.from({ length: perConnection }, () => ({ ...requests[0], body: body((bodies += 1)) })));
  };
  return new Promise((resolve, reject) => {
    let answers = 0;
    let wrong: number | undefined;
    let began = performance.now();
    let ended = began;
    let isDone = false;
    const run = autocannon(
      { url, amount, connections: CONNECTIONS, sampleInt: NOTICE_MS, requests, setupClient },
      (error: Error | null) => {
        isDone = true;
        if (error) reject(error);
        else if (wrong !== undefined) reject(new Error(`${method} ${path} was answered ${wrong} instead of ${status}`));
        else if (answers !== amount) reject(new Error(`${method} ${path}: ${answers} answers to ${amount} requests`));
        else resolve((ended - began) / 1_000);
      },
    );
    run.on('start', () => (began = performance.now()));
    run.on('response', (_client: autocannon.Client, answered: number) => {
      answers += 1;
      if (answered !== status) wrong = answered;
      if (answers === amount) ended = performance.now();
    });
    // The sender never sleeps, whichever server it talks to. Waking a sleeper is charged to the one that wakes it, and
    // would count against the slower of two servers, whose sender has the time to fall asleep.
    const stayAwake = (): void => {
      if (!isDone) setImmediate(stayAwake);
    };
    stayAwake();
  });
}

function requestOf({ method, path, headers, body }: Exchange): autocannon.Request {
  return { method, path, headers, ...(body === undefined ? {} : { body }) };
}
