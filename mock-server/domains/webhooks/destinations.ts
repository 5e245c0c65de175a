/** Where webhooks may lead. */

/** Names and addresses that mean this machine or the network around it, where nobody has a certificate. */
const LOCAL = [
  /^localhost$/,
  /\.(localhost|local|internal|test)$/,
  /^127\.\d+\.\d+\.\d+$/,
  /^10\.\d+\.\d+\.\d+$/,
  /^192\.168\.\d+\.\d+$/,
  /^172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$/,
  /^\[::1\]$/,
  /^\[f[cd][0-9a-f]{2}:/,
  // A single word, as containers call each other.
  /^[a-z0-9_-]+$/,
];

/** Does an address lead to this machine or the network around it? */
export function isLocalDestination(destination: string): boolean {
  if (!URL.canParse(destination)) return false;
  const { hostname } = new URL(destination);
  return LOCAL.some((pattern) => pattern.test(hostname));
}

/** Documented: https, on the port that goes with it. Close by, where tests listen, http and any port will do, too. */
export function isSoundDestination(destination: string): boolean {
  if (!URL.canParse(destination)) return false;
  const { protocol, port, hostname } = new URL(destination);
  if (hostname === '') return false;
  if (protocol === 'https:' && port === '') return true;
  return /^https?:$/.test(protocol) && isLocalDestination(destination);
}
