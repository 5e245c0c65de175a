/** `/_mock/faults`: what is to go wrong, for which requests. */
import type { FastifyInstance } from 'fastify';
import { ConflictError, NotFoundError } from '../errors.js';
import type { Fault } from '../state/faults.js';
import type { MockState } from '../state/mock-state.js';
import { readFault } from './fault-input.js';
import { requireKnownFilters, type Input } from './input.js';
import { readChoice } from './request-choice.js';

interface FaultParams {
  readonly id: string;
}

export function faultCalls(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  api.get<{ Querystring: Input }>('/faults', ({ query }) => {
    const faults = state.faults.all(storeOf(query));
    return { data: faults.map(shown), meta: { total: faults.length } };
  });
  api.post('/faults', ({ body }, reply) => reply.code(201).send(shown(addFault(state, body))));
  api.get<{ Params: FaultParams }>('/faults/:id', ({ params }) => {
    const fault = state.faults.byId(Number(params.id));
    if (!fault) throw unknown(params.id);
    return shown(fault);
  });
  api.delete<{ Params: FaultParams }>('/faults/:id', ({ params }, reply) => {
    if (!state.faults.remove(Number(params.id))) throw unknown(params.id);
    return reply.code(204).send();
  });
  api.delete<{ Querystring: Input }>('/faults', ({ query }, reply) => {
    state.faults.clear(storeOf(query));
    return reply.code(204).send();
  });
  done();
}

/**
 * Adds a fault from what a control call or a program asks for.
 * @throws UnprocessableError naming the field; NotFoundError for an unknown store; ConflictError for one too many
 */
export function addFault(state: MockState, input: unknown): Fault {
  const fault = readFault(state, input);
  if (state.faults.areFull) throw new ConflictError('This mock has as many faults as it takes; remove one first');
  return state.faults.add(fault);
}

function storeOf(query: Input): string | undefined {
  requireKnownFilters(query, ['store_hash']);
  return readChoice(query).store_hash;
}

function unknown(id: string): NotFoundError {
  return new NotFoundError(`This mock has no fault ${id}`);
}

/** What a fault was made of, and how often it hit something. */
function shown({ id, match, fault, times, probability, hits }: Fault): object {
  return {
    id,
    match,
    fault,
    times: times ?? null,
    probability: probability ?? 1,
    hits,
    remaining: times === undefined ? null : times - hits,
  };
}
