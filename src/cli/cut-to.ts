import type { Output } from './output.ts';

/** Those that were asked for, of a list that was read by one more; that there are more is said, or whoever counts what is listed counts wrong. */
export function cutTo<T>(rows: readonly T[], limit: number, output: Output): readonly T[] {
  if (rows.length <= limit) return rows;
  output.note(`Only the first ${limit} are listed; there are more. --limit takes up to 10000.`);
  return rows.slice(0, limit);
}
