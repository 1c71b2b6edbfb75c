const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of a day written `YYYY-MM-DD`; undefined when there is no such day. */
export function dayNumber(text: string): number | undefined {
  if (!DAY.test(text) || text.startsWith('0000')) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text) return undefined;
  return at / DAY_MS;
}

/** Whether the text is a day that exists. */
export const isDay = (text: string): boolean => dayNumber(text) !== undefined;
