/**
 * A refusal in the words of OAuth (RFC 6749, 5.2): a code and a sentence. `invalid_grant` and the sentence about
 * `redirect_uri` are observed; the other codes and 400 as the one status are assumed, after the open-source library that
 * has the sentence.
 */

export type OAuthErrorCode =
  | 'access_denied'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_request'
  | 'invalid_scope'
  | 'redirect_uri_mismatch'
  | 'server_error'
  | 'unsupported_grant_type'
  | 'unsupported_response_type';

export class OAuthError extends Error {
  /** @param status @default 400 */
  constructor(
    readonly code: OAuthErrorCode,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = 'OAuthError';
  }
}

/** Observed. */
export const REDIRECT_MISMATCH = 'Parameter redirect_uri does not match registered URI';
