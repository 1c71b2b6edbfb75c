/** Where a command writes: answers on stdout, everything else on stderr. */
export type Output = {
  readonly answer: (text: string) => void;
  readonly note: (text: string) => void;
};

export const processOutput: Output = {
  answer: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
};

/** JSON as programs read it: amounts (bigint) are text, instants ISO. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner), 2);

export type Cell = string | number | null | undefined;

/** Columns padded to their widest cell; numbers to the right. */
export function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const text = (cell: Cell): string => (cell === null || cell === undefined ? '' : String(cell));
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => text(row[column]).length)),
  );
  const isNumeric = header.map((_, column) => rows.every((row) => typeof row[column] === 'number'));
  const line = (cells: readonly Cell[]): string =>
    cells
      .map((cell, column) =>
        isNumeric[column] && rows.length > 0
          ? text(cell).padStart(widths[column] ?? 0)
          : text(cell).padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** A share from 0 to 1: one that is nearly all must not read as all of it. */
export const fourPlaces = (share: number): string => (Math.floor(share * 10_000) / 10_000).toFixed(4);

/** Source text as one line of a terminal: control characters (colours, bells, line feeds) are taken out. */
export const inert = (text: string): string => text.replaceAll(/\p{Cc}|\p{Cf}/gu, ' ');
