/** Reads what a fault is to be. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { FaultEffect, NewFault } from '../state/faults.js';
import type { MockState } from '../state/mock-state.js';
import { invalid, readInput, requireInteger, requireStore, type Input } from './input.js';
import { CHOICE_FIELDS, readChoice } from './request-choice.js';

/** Ten minutes: longer than any client waits. */
const MOST_DELAY_MS = 600_000;
const MOST_HEADERS = 50;
/** Statuses whose answers have no body. */
const BODILESS = [204, 205, 304];
/** They say where an answer ends: another value would leave the client hanging, or at odds with what follows. */
const FRAMING = ['content-length', 'transfer-encoding', 'connection', 'keep-alive', 'upgrade', 'trailer'];

/** @throws UnprocessableError naming the field; NotFoundError for an unknown store */
export function readFault(state: MockState, body: unknown): NewFault {
  const { match, fault, times, probability } = readInput(body, ['match', 'fault', 'times', 'probability']);
  if (fault === undefined || fault === null) throw invalid('fault', 'expected what is to happen');
  const choice = readChoice(readInput(match, CHOICE_FIELDS, 'match'), 'match.');
  if (choice.store_hash !== undefined) requireStore(state, choice.store_hash);
  return {
    match: choice,
    fault: readEffect(readInput(fault, ['status', 'body', 'headers', 'delay_ms', 'reset'], 'fault')),
    ...(times === undefined ? {} : { times: requireInteger(times, 'times', 1) }),
    ...(probability === undefined ? {} : { probability: readProbability(probability) }),
  };
}

function readEffect({ status, body, headers, delay_ms, reset }: Input): FaultEffect {
  if (reset !== undefined && typeof reset !== 'boolean') throw invalid('fault.reset', 'expected true or false');
  const isAnswer = status !== undefined || body !== undefined;
  if (reset === true && (isAnswer || headers !== undefined)) {
    throw invalid('fault.reset', 'a connection that is cut carries no status, body or headers');
  }
  if (!isAnswer && headers !== undefined) throw invalid('fault.headers', 'expected a status or a body beside them');
  if (!isAnswer && delay_ms === undefined && reset !== true) {
    throw invalid('fault', 'expected a status, a body, a delay_ms or a reset');
  }
  const effect: FaultEffect = {
    ...(status === undefined ? {} : { status: requireInteger(status, 'fault.status', 200, 599) }),
    ...(body === undefined ? {} : { body: readBody(body) }),
    ...(headers === undefined ? {} : { headers: readHeaders(headers) }),
    ...(delay_ms === undefined ? {} : { delay_ms: requireInteger(delay_ms, 'fault.delay_ms', 0, MOST_DELAY_MS) }),
    ...(reset === true ? { reset } : {}),
  };
  if (effect.body !== undefined && BODILESS.includes(effect.status ?? 200)) {
    throw invalid('fault.body', `an answer with status ${String(effect.status)} has no body`);
  }
  return effect;
}

/** What a program gives may be beyond JSON; a request would find out too late. */
function readBody(body: unknown): unknown {
  try {
    // Its type leaves that out, but there are values that JSON knows nothing of.
    if ((JSON.stringify(body) as string | undefined) !== undefined) return body;
  } catch {
    // Refused below: it holds itself, or a bigint.
  }
  throw invalid('fault.body', 'expected a text, or what JSON can hold');
}

function readHeaders(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('fault.headers', 'expected an object of names and values');
  }
  const given = Object.entries(value);
  if (given.length > MOST_HEADERS) throw invalid('fault.headers', `expected ${String(MOST_HEADERS)} at most`);
  return Object.fromEntries(given.map(([name, text]: [string, unknown]) => readHeader(name, text)));
}

function readHeader(name: string, value: unknown): readonly [string, string] {
  const field = `fault.headers.${name}`;
  if (FRAMING.includes(name.toLowerCase())) throw invalid(field, 'the mock sets this one itself');
  if (typeof value !== 'string' && typeof value !== 'number') throw invalid(field, 'expected a text or a number');
  try {
    validateHeaderName(name);
    validateHeaderValue(name, String(value));
  } catch {
    throw invalid(field, 'expected a name and a value that HTTP can carry');
  }
  return [name.toLowerCase(), String(value)];
}

function readProbability(value: unknown): number {
  if (typeof value === 'number' && value > 0 && value <= 1) return value;
  throw invalid('probability', 'expected a number above 0, at most 1');
}
