/** Batches of the customer services: all rows or none, refused under one title by the position of the bad row. */
import { BigCommerceError, UnprocessableError } from '../../errors.js';

/**
 * Does the work for each row of a batch.
 * @param title of the refusal (observed for customers, assumed for their neighbours)
 * @throws UnprocessableError when the work refuses a row, with its fields as `0.email`; those with a leading dot as they are
 */
export function allOrNone<Row, Done>(title: string, rows: readonly Row[], work: (row: Row) => Done): Done[] {
  return rows.map((row, position) => {
    try {
      return work(row);
    } catch (error) {
      if (!(error instanceof BigCommerceError)) throw error;
      const named = Object.entries(error.fields ?? {});
      const fields = named.map(([field, sentence]): [string, string] => [
        field.startsWith('.') ? field : `${String(position)}.${field}`,
        sentence,
      ]);
      throw new UnprocessableError(
        title,
        named.length > 0 ? Object.fromEntries(fields) : { [String(position)]: error.message },
      );
    }
  });
}

/** A refusal of one field; the batch around it gives title and position. */
export function refusedField(field: string, sentence: string): UnprocessableError {
  return new UnprocessableError(sentence, { [field]: sentence });
}
