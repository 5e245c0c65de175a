/** What a test asked to go wrong, for requests that would have been let through: a status, a delay, a cut connection. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Fault, FaultEffect } from '../state/faults.js';
import type { MockState } from '../state/mock-state.js';
import { spentQuota } from '../state/rate-quota.js';
import { askedAnswer } from './asked-answer.js';
import { exchangeOf, type Exchange } from './exchange.js';
import { cutConnection, sendReply } from './reply.js';

export const faults = fp(
  function faults(api: FastifyInstance, { state }: { state: MockState }, done: () => void) {
    const delays = new Set<NodeJS.Timeout>();
    api.addHook('onClose', (_app, closed) => {
      for (const delay of delays) clearTimeout(delay);
      closed();
    });
    // Bodies are read by now, so that the journal has them.
    api.addHook('preHandler', (request, reply, next) => {
      const fault = state.faults.areThere ? faultFor(request, state) : undefined;
      if (!fault) {
        next();
        return;
      }
      const go = (): void => {
        try {
          if (!strike(fault, request, reply, state)) next();
        } catch (error) {
          next(error as Error);
        }
      };
      const { delay_ms = 0 } = fault.fault;
      if (delay_ms === 0) {
        go();
        return;
      }
      const delay = setTimeout(() => {
        delays.delete(delay);
        go();
      }, delay_ms);
      delays.add(delay);
    });
    done();
  },
  { name: 'faults', dependencies: ['rate-limit'] },
);

/** Was a request answered by a fault, and not as its store would have? @param note of its journal entry */
export function isFaultNote(note: string | undefined): boolean {
  return note?.startsWith(NOTE) ?? false;
}

const NOTE = 'fault ';

function faultFor({ exchange, method, url }: FastifyRequest, { faults }: MockState): Fault | undefined {
  if (!exchange?.operation || !exchange.store) return undefined;
  return faults.hit({ operation: exchange.operation, method, url, store_hash: exchange.store.hash });
}

/** @returns whether the request is answered with this: after a mere delay it is not */
function strike({ id, fault }: Fault, request: FastifyRequest, reply: FastifyReply, state: MockState): boolean {
  const exchange = exchangeOf(request);
  if (fault.reset) {
    exchange.note = `${NOTE}${String(id)}: connection cut`;
    cutConnection(request, reply);
    return true;
  }
  const { status = 200, body } = fault;
  if (fault.status === undefined && body === undefined) return false;
  exchange.note = `${NOTE}${String(id)}: status ${String(status)}`;
  if (status === 429) reportQuota(exchange, fault);
  const usual = body === undefined ? usualAnswer(exchange, status, request, state) : undefined;
  const bytes = usual ? usual.bytes : typeof body === 'string' ? body : JSON.stringify(body);
  exchange.fidelity = usual?.fidelity ?? 'computed';
  sendReply(request, reply, status, bytes, { ...usual?.headers, ...fault.headers });
  return true;
}

/** A 429 is bare, as a platform under too much load sends it (documented); where it has any such header, it has all. */
function reportQuota(exchange: Exchange, { headers = {} }: FaultEffect): void {
  const isBare = !Object.keys(headers).some((name) => name.startsWith('x-rate-limit-'));
  exchange.quota = isBare || !exchange.quota ? undefined : spentQuota(exchange.quota);
}

function usualAnswer({ operation, store }: Exchange, status: number, request: FastifyRequest, { settings }: MockState) {
  return operation && askedAnswer(operation, status, request, store?.options.seed ?? settings.seed);
}
