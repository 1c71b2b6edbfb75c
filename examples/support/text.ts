/** One CSV line without its end; cells with a comma, quote or line break are quoted. */
export const csvLine = (cells: readonly string[]): string =>
  cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');

export const csvFile = (header: readonly string[], lines: readonly string[]): string =>
  `${[csvLine(header), ...lines].join('\n')}\n`;

/** `1880.00` of 188000 cents; with a group sign `1,880.00`. */
export function amountText(cents: bigint, group = ''): string {
  const sign = cents < 0n ? '-' : '';
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, group);
  return `${sign}${whole}.${digits.slice(-2)}`;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const WIDTH = 110;

/** JSON as the repository's formatter leaves it, so that a generated file is the committed file to the byte. */
export const jsonFile = (value: Json): string => `${broken(value, '')}\n`;

function written(value: Json, indent: string, lead: number): string {
  const flat = onOneLine(value);
  // One more for the comma that may follow.
  const fits = indent.length + lead + flat.length + 1 <= WIDTH;
  return fits && !isList(value) ? flat : broken(value, indent);
}

function broken(value: Json, indent: string): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    const items = value.map((item: Json) => `${inner}${written(item, inner, 0)}`);
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value).map(([key, item]) => {
    const name = `${JSON.stringify(key)}: `;
    return `${inner}${name}${written(item, inner, name.length)}`;
  });
  return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n${indent}}`;
}

function onOneLine(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${onOneLine(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** Several objects: the formatter gives each its own line even where one line would hold them all. */
const isList = (value: Json): boolean =>
  Array.isArray(value) &&
  value.length > 1 &&
  value.every((item) => typeof item === 'object' && item !== null);
