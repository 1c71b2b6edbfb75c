import type { Check, Json, Problem, Rule } from './checks.ts';
import { boolean, byType, isObject, lengthOf, list, number, object, oneOf, string } from './checks.ts';
import { LIMITS } from './limits.ts';
import { richText } from './rich-text.ts';

const type = string();
const cell = byType({
  raw_text: object({ required: { type, text: string({ min: 1 }) } }),
  raw_number: object({ required: { type, value: number() }, optional: { text: string({ min: 1 }) } }),
  rich_text: richText,
});

/** Every `text` found anywhere below, in characters. */
function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + charactersIn(item), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, content]) =>
      sum + (key === 'text' && typeof content === 'string' ? lengthOf(content) : charactersIn(content)),
    0,
  );
}

const atMostCharacters =
  (max: number): Rule =>
  (value, pointer, problems) => {
    if (charactersIn(value.rows) > max) {
      problems.push({
        message: `must be less than ${max + 1} characters in total`,
        pointer: `${pointer}/rows`,
      });
    }
  };

const evenRows: Rule = (value, pointer, problems) => {
  const rows = Array.isArray(value.rows) ? value.rows.filter(Array.isArray) : [];
  const width = rows[0]?.length;
  rows.forEach((row, index) => {
    if (row.length === width) return;
    problems.push({
      message: 'all rows must have the same number of cells',
      pointer: `${pointer}/rows/${index}`,
    });
  });
};

export const table = {
  required: { type, rows: list(list(cell, LIMITS.table.columns), LIMITS.table.rows) },
  optional: {
    column_settings: list(
      (value: unknown, pointer: string, problems: Problem[]) => {
        if (value === null) return;
        object({ optional: { align: oneOf('left', 'center', 'right'), is_wrapped: boolean } })(
          value,
          pointer,
          problems,
        );
      },
      { max: LIMITS.table.columns.max },
    ),
  },
  also: [atMostCharacters(LIMITS.table.characters)],
};

const plainHeader: Rule = (value, pointer, problems) => {
  const header: unknown = Array.isArray(value.rows) ? value.rows[0] : undefined;
  if (!Array.isArray(header)) return;
  header.forEach((each: unknown, index) => {
    if (!isObject(each) || each.type !== 'rich_text') return;
    problems.push({ message: 'a header cell cannot be rich_text', pointer: `${pointer}/rows/0/${index}` });
  });
};

const headerIndexInside: Rule = (value, pointer, problems) => {
  const index = value.row_header_column_index;
  const rows = value.rows;
  if (typeof index !== 'number' || !Array.isArray(rows) || !Array.isArray(rows[0])) return;
  if (index < rows[0].length) return;
  problems.push({ message: 'must point at a column', pointer: `${pointer}/row_header_column_index` });
};

export const dataTable = {
  required: {
    type,
    caption: string({ min: 1 }),
    rows: list(list(cell, LIMITS.dataTable.columns), LIMITS.dataTable.rows),
  },
  optional: {
    page_size: number({ ...LIMITS.dataTable.pageSize, integer: true }),
    row_header_column_index: number({ min: 0, integer: true }),
  },
  also: [atMostCharacters(LIMITS.dataTable.characters), evenRows, plainHeader, headerIndexInside],
};

const label = string({ min: 1, max: LIMITS.chart.label });

/** Each series has one point for each category, in the same words. */
const pointsMatchCategories: Rule = (chart, pointer, problems) => {
  const axis = chart.axis_config;
  if (!isObject(axis) || !Array.isArray(axis.categories) || !Array.isArray(chart.series)) return;
  const categories = new Set(axis.categories);
  chart.series.forEach((series: unknown, index) => {
    const points: unknown[] = isObject(series) && Array.isArray(series.data) ? series.data : [];
    const labels = new Set(points.map((point) => (isObject(point) ? point.label : undefined)));
    const same = points.length === categories.size && [...labels].every((each) => categories.has(each));
    if (same && labels.size === points.length) return;
    problems.push({
      message: 'labels must match the categories, each once',
      pointer: `${pointer}/series/${index}/data`,
    });
  });
};

const seriesNamesDiffer: Rule = (chart, pointer, problems) => {
  if (!Array.isArray(chart.series)) return;
  const names = chart.series.map((series: unknown) => (isObject(series) ? series.name : undefined));
  if (new Set(names).size === names.length) return;
  problems.push({ message: 'series names must be unique', pointer: `${pointer}/series` });
};

const axes = object({
  required: { categories: list(label, LIMITS.chart.categories) },
  optional: {
    x_label: string({ max: LIMITS.chart.axisLabel }),
    y_label: string({ max: LIMITS.chart.axisLabel }),
  },
});

const plotted: Check = object({
  required: {
    type,
    series: list(
      object({
        required: {
          name: label,
          data: list(object({ required: { label, value: number() } }), LIMITS.chart.points),
        },
      }),
      LIMITS.chart.series,
    ),
    axis_config: axes,
  },
  also: [pointsMatchCategories, seriesNamesDiffer],
});

const pie: Check = object({
  required: {
    type,
    segments: list(object({ required: { label, value: number({ above: 0 }) } }), LIMITS.chart.segments),
  },
});

export const dataVisualization = {
  required: {
    type,
    title: string({ min: 1, max: LIMITS.chart.title }),
    chart: byType({ pie, bar: plotted, line: plotted, area: plotted }),
  },
};

export type BlockShape = {
  required: Record<string, Check>;
  optional?: Record<string, Check>;
  also?: ((value: Json, pointer: string, problems: Problem[]) => void)[];
};
