/** What Prism calls a violation and is none, each with the reason. An entry that no reply needs any more fails the test. */

export interface FalsePositive {
  /** operationId, or '*'. */
  readonly operation: string;
  /** Prism's location, joined by dots: `response.body.data`. */
  readonly location: RegExp;
  readonly code: string;
  readonly reason: string;
}

export const falsePositives: readonly FalsePositive[] = [];
