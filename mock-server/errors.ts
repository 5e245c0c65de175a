/**
 * What BigCommerce would refuse, as classes, and misuse of this package.
 * Errors do not know their wire form: pipeline/send-error.ts alone writes it, in the dialect of the path.
 */

/** More than a title and fields: present only where a real store sends it. */
export interface RefusalDetails extends ErrorOptions {
  /** BigCommerce's own integer beside the status, such as 22010. */
  readonly code?: number;
  /** One sentence that some services send instead of, or beside, `errors`. */
  readonly detail?: string;
  /** Keys that one operation's body carries beside the usual ones, such as `batch_errors`, `data` and `meta`. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A refusal BigCommerce itself would send. Anything else that escapes a handler is a bug here. */
export abstract class BigCommerceError extends Error {
  abstract readonly status: number;
  readonly code: number | undefined;
  readonly detail: string | undefined;
  readonly extra: Readonly<Record<string, unknown>> | undefined;

  /**
   * @param title BigCommerce's sentence, sent as `title` (V3) or `message` (V2)
   * @param fields field path to sentence; `null` leaves the key `errors` out of the V3 body
   */
  constructor(
    title: string,
    readonly fields: Readonly<Record<string, string>> | null = {},
    details: RefusalDetails = {},
  ) {
    // A refusal is an answer, not a failure: collecting a stack would cost more than all checks before it.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(title, details.cause === undefined ? undefined : { cause: details.cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.name = new.target.name;
    this.code = details.code;
    this.detail = details.detail;
    this.extra = details.extra;
  }
}

export class BadRequestError extends BigCommerceError {
  readonly status = 400;
}

export class UnauthorizedError extends BigCommerceError {
  readonly status = 401;
}

export class ForbiddenError extends BigCommerceError {
  readonly status = 403;
}

export class NotFoundError extends BigCommerceError {
  readonly status = 404;
}

export class MethodNotAllowedError extends BigCommerceError {
  readonly status = 405;
}

export class NotAcceptableError extends BigCommerceError {
  readonly status = 406;
}

export class ConflictError extends BigCommerceError {
  readonly status = 409;
}

export class PayloadTooLargeError extends BigCommerceError {
  readonly status = 413;
}

export class UnsupportedMediaTypeError extends BigCommerceError {
  readonly status = 415;
}

export class UnprocessableError extends BigCommerceError {
  readonly status = 422;
}

export class TooManyRequestsError extends BigCommerceError {
  readonly status = 429;
}

/** PATCH and TRACE: BigCommerce's status page says 501, not 405. */
export class MethodNotImplementedError extends BigCommerceError {
  readonly status = 501;
}

/** Misuse of this package: an option, flag, variable or config key that cannot be used. Names it, the value and what is allowed. */
export class OptionsError extends Error {
  constructor(
    readonly option: string,
    readonly value: unknown,
    readonly allowed: string,
    options?: ErrorOptions,
  ) {
    super(
      `${option}: ${typeof value === 'string' ? `"${value}"` : String(value)} is not usable; expected ${allowed}`,
      options,
    );
    this.name = 'OptionsError';
  }
}
