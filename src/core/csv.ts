/** What a spreadsheet would take for a formula, at the beginning of a cell. */
const FORMULA = /^[=+\-@\t\r]/;

/** A text as a cell: quoted where it must be, and never a formula for whoever opens the file in a spreadsheet. */
const textCell = (text: string): string => {
  const inert = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
};

/** A cell: text that anybody wrote, or a figure of ours, which keeps its sign. */
export type CsvCell = string | { readonly figure: string } | undefined;

/** One line of a CSV file (RFC 4180), without its line end. */
export const csvLine = (cells: readonly CsvCell[]): string =>
  cells.map((cell) => (typeof cell === 'object' ? cell.figure : textCell(cell ?? ''))).join(',');
