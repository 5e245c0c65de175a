/** The text file that the control panel hands out with new credentials: once, and with its shape observed in tools that read it. */
import type { NewCredentials } from '../state/api-accounts.js';

export interface CredentialsFile {
  readonly name: string;
  /** Lines of `KEY: value`. */
  readonly content: string;
}

/** @param api_path where the mock answers, such as `http://127.0.0.1:4010/stores/mockstore1/v3/` */
export function credentialsFile(
  { account, client_secret, access_token }: NewCredentials,
  api_path: string,
): CredentialsFile {
  // ACCESS TOKEN and API PATH are observed, the other keys expected by parsers; the order is assumed.
  const lines = [
    ['NAME', account.name],
    ['CLIENT ID', account.client_id],
    ['CLIENT SECRET', client_secret],
    ['ACCESS TOKEN', access_token],
    ['API PATH', api_path],
  ];
  return {
    name: `BigCommerceAPI-credentials-${account.client_id}-.txt`,
    content: lines.map(([key, value]) => `${key}: ${value}\n`).join(''),
  };
}
