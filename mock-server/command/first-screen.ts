/** The first screen: everything a newcomer needs to send the first request. As JSON, the line `{"event":"ready",…}`. */
import { defaultAccounts } from '../../fixtures/index.js';
import { operations } from '../../openapi/index.js';
import { isLoopback } from '../control/access.js';
import type { Settings } from '../options.js';
import { packageVersion } from '../package-version.js';
import type { MockState } from '../state/mock-state.js';

const MAY: Readonly<Record<(typeof defaultAccounts)[number]['level'], string>> = {
  full: 'may read and change everything',
  read: 'may read everything and change nothing',
  none: 'may do nothing: every scope is missing',
};

/** Text for standard output, ending in a newline; empty when nothing is to be logged. */
export function readyScreen(settings: Settings, state: MockState, port: number): string {
  if (settings.log === 'silent') return '';
  const host = reachable(settings.host);
  const url = `http://${host}:${String(port)}`;
  const counts = state.stores.get(settings.storeHash)?.counts() ?? {};
  const { requests, windowMs, unlimited } = settings.rateLimit;
  if (settings.log === 'json') {
    return `${JSON.stringify({
      event: 'ready',
      name: 'bigcommerce-mock',
      version: packageVersion,
      url,
      api_url: `${url}/stores/${settings.storeHash}/v3`,
      store_hash: settings.storeHash,
      tokens: Object.fromEntries(defaultAccounts.map(({ name, token }) => [name, token])),
      plan: settings.plan,
      quota: { requests, window_ms: windowMs, unlimited },
      operations: operations.length,
      counts,
      seed: settings.seed,
      control_url: `${url}/_mock`,
      ...(isLoopback(settings.host) ? {} : { control_token: settings.controlToken }),
    })}\n`;
  }
  const [full, readOnly] = defaultAccounts;
  const products = `${url}/stores/${settings.storeHash}/v3/catalog/products`;
  const widest = Math.max(...defaultAccounts.map(({ token }) => token.length));
  const lines = [
    `bigcommerce-mock ${packageVersion}`,
    '',
    `  API        ${url}/stores/${settings.storeHash}/v3`,
    `  Control    ${url}/_mock`,
    ...(isLoopback(settings.host) ? [] : [`             Authorization: Bearer ${settings.controlToken ?? ''}`]),
    `  Plan       ${settings.plan}: ${unlimited ? 'no limit' : `${String(requests)} requests per ${String(windowMs / 1000)} s`}`,
    `  Operations ${String(operations.length)}`,
    `  Data       ${countsLine(counts)} (seed ${String(settings.seed)})`,
    '',
    '  Paste into a shell:',
    `    export BIGCOMMERCE_API_URL=${url}`,
    `    export BIGCOMMERCE_STORE_HASH=${settings.storeHash}`,
    `    export BIGCOMMERCE_ACCESS_TOKEN=${full?.token ?? ''}`,
    '',
    '  Tokens:',
    ...defaultAccounts.map(({ token, level }) => `    ${token.padEnd(widest)}  ${MAY[level]}`),
    '',
    '  Works (200):',
    `    curl -H 'X-Auth-Token: ${full?.token ?? ''}' '${products}?limit=3'`,
    '  Refused (403):',
    `    curl -X DELETE -H 'X-Auth-Token: ${readOnly?.token ?? ''}' '${products}/101'`,
    '',
    'It is now safe to connect your app.',
  ];
  return `${lines.join('\n')}\n`;
}

/** A wildcard address is listened on, not connected to. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function countsLine(counts: Readonly<Record<string, number>>): string {
  const shown = ['catalog.products', 'catalog.categories', 'catalog.brands', 'customers', 'orders'];
  return shown.map((name) => `${String(counts[name] ?? 0)} ${name.replace('catalog.', '')}`).join(', ');
}
