/** `2022-02-26T17:33:11Z`: how the services of channels, price lists, locations and pickup write an instant. */
export function serviceDate(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
