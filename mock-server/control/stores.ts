/** `/_mock/stores`: stores of one's own, for test workers that must not meet. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { ConflictError, OptionsError } from '../errors.js';
import { resolveStoreChoices, type StoreChoices } from '../options.js';
import type { NewCredentials } from '../state/api-accounts.js';
import type { CreatedStore, MockState } from '../state/mock-state.js';
import type { Store } from '../state/store.js';
import { readAccounts } from './account-input.js';
import { shownCredentials } from './api-accounts.js';
import { invalid, readInput, requireStore } from './input.js';

const FIELDS = ['store_hash', 'seed', 'size', 'plan', 'rate_limit', 'accounts'] as const;

/** Fields of the body by the names of the options. */
export const FIELD_OF: Readonly<Record<keyof StoreChoices, (typeof FIELDS)[number]>> = {
  storeHash: 'store_hash',
  seed: 'seed',
  size: 'size',
  plan: 'plan',
  rateLimit: 'rate_limit',
};

export function storeCalls(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  api.get('/stores', () => {
    const stores = [...state.stores.values()];
    return { data: stores.map((store) => summaryOf(store)), meta: { total: stores.length } };
  });
  api.post('/stores', (request, reply) => {
    const { store, credentials } = createStore(state, request.body);
    const origin = `http://${request.headers.host ?? 'localhost'}`;
    return reply.code(201).send({
      ...summaryOf(store),
      base_url: origin,
      api_path: `${origin}/stores/${store.hash}/v3/`,
      tokens: tokensOf(credentials),
      accounts: credentials.map((each) => shownCredentials(each, store, origin)),
    });
  });
  api.get<{ Params: { store_hash: string } }>('/stores/:store_hash', ({ params }) => ({
    ...summaryOf(requireStore(state, params.store_hash)),
    counts: requireStore(state, params.store_hash).counts(),
  }));
  api.delete<{ Params: { store_hash: string } }>('/stores/:store_hash', ({ params }, reply) => {
    const store = requireStore(state, params.store_hash);
    if (store.hash === state.settings.storeHash) {
      throw new ConflictError('The default store cannot be removed; POST /_mock/reset puts it back to its seed');
    }
    state.removeStore(store);
    return reply.code(204).send();
  });
  done();
}

/**
 * A store from what a control call or a program asks for; what it leaves out is as in the default store.
 * @throws UnprocessableError naming the field; ConflictError for a hash that is taken
 */
export function createStore(state: MockState, body: unknown): CreatedStore {
  const input = readInput(body, FIELDS);
  const choices = Object.fromEntries(
    Object.entries(FIELD_OF).flatMap(([name, field]) => (input[field] === undefined ? [] : [[name, input[field]]])),
  ) as StoreChoices;
  const usual = state.settings;
  const { storeHash = newHash(state), seed = usual.seed } = choices;
  if (choices.size !== undefined && typeof choices.size !== 'string') throw invalid('size', 'expected a text');
  if (choices.rateLimit !== undefined && typeof choices.rateLimit !== 'string')
    throw invalid('rate_limit', 'expected a text such as 25/4');
  const accounts = readAccounts(input.accounts);
  const settings = readChoices({ ...choices, storeHash, seed });
  if (state.stores.has(storeHash)) {
    throw new ConflictError(`This mock has a store "${storeHash}" already`, { store_hash: 'taken' });
  }
  const hasOwnQuota = choices.plan !== undefined || choices.rateLimit !== undefined;
  return state.createStore(
    {
      ...settings,
      size: choices.size === undefined ? usual.size : settings.size,
      rateLimit: hasOwnQuota ? settings.rateLimit : usual.rateLimit,
    },
    accounts,
  );
}

/** Access tokens of the three accounts that every store has, by name. */
function tokensOf(credentials: readonly NewCredentials[]): Readonly<Record<string, string | undefined>> {
  const [full, readOnly, none] = credentials.map(({ access_token }) => access_token);
  return { full_access: full, read_only: readOnly, no_scopes: none };
}

function readChoices(choices: StoreChoices): ReturnType<typeof resolveStoreChoices> {
  try {
    return resolveStoreChoices(choices, (name) => FIELD_OF[name]);
  } catch (error) {
    if (error instanceof OptionsError) throw invalid(error.option, `expected ${error.allowed}`);
    throw error;
  }
}

/** Ten lower-case letters and digits, as real ones; nobody's yet. */
function newHash(state: MockState): string {
  for (;;) {
    const hash = `t${randomBytes(5).toString('hex').slice(1)}`;
    if (!state.stores.has(hash)) return hash;
  }
}

function summaryOf({ hash, options, quota }: Store): object {
  const { requests, windowMs, unlimited } = quota.limit;
  return {
    store_hash: hash,
    seed: options.seed,
    size: options.size,
    quota: { requests, window_ms: windowMs, unlimited },
  };
}
