/** How V2 refuses fields of orders and shipments (observed). */
import { BadRequestError, NotFoundError } from '../../errors.js';

/** @param reason why, where one is known */
export function invalid(field: string, reason?: string): BadRequestError {
  return new BadRequestError(
    `The field '${field}' is invalid.`,
    reason === undefined ? {} : { invalid_reason: reason },
  );
}

export function missing(field: string): BadRequestError {
  return new BadRequestError(`The required field '${field}' was not supplied.`);
}

export function readOnly(field: string): BadRequestError {
  return new BadRequestError(
    `The field '${field}' cannot be written to. Please remove it from your request before trying again.`,
  );
}

export function unknownRow(): NotFoundError {
  return new NotFoundError('The requested resource was not found.');
}
