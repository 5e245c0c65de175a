/** Rows and bodies with less in them than they have. */

/** A copy that lacks some properties. */
export function without<Row extends object, Name extends keyof Row & string>(
  row: Row,
  ...names: readonly Name[]
): Omit<Row, Name> {
  const unwanted: readonly string[] = names;
  return Object.fromEntries(Object.entries(row).filter(([name]) => !unwanted.includes(name))) as Omit<Row, Name>;
}

/** A body that the description calls optional, whose type does not say so. */
export function orEmpty<Body extends object>(body: Body | undefined): Partial<Body> {
  return body ?? {};
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** A copy without the properties that are undefined. */
export function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
