import { h } from './dom.js';
import { richText } from './rich-text.js';

function cell(value, context) {
  if (value?.type === 'rich_text') return richText(value, context);
  return [value?.text ?? (value?.value === undefined ? '' : String(value.value))];
}

/** A `table` or `data_table` block. The first row is its head. */
export function table(block, context) {
  const [head = [], ...rows] = block.rows;
  const align = (index, value) =>
    block.column_settings?.[index]?.align ?? (value?.type === 'raw_number' ? 'right' : 'left');
  return h(
    'div',
    { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': block.caption ?? 'Table' },
    h(
      'table',
      {},
      block.caption ? h('caption', {}, block.caption) : null,
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          head.map((value, i) =>
            h('th', { scope: 'col', class: align(i, rows[0]?.[i]) }, cell(value, context)),
          ),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map((row) =>
          h(
            'tr',
            {},
            row.map((value, i) => h('td', { class: align(i, value) }, cell(value, context))),
          ),
        ),
      ),
    ),
  );
}

const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** A chart as labelled bars: every kind says the same in numbers. */
export function chart(block) {
  const series = block.chart.series ?? [{ name: '', data: block.chart.segments }];
  const largest = Math.max(...series.flatMap((one) => one.data.map((point) => Math.abs(point.value))), 1);
  return h(
    'figure',
    { class: 'chart' },
    h('figcaption', {}, block.title),
    series.map((one, index) =>
      h(
        'div',
        { class: `series series-${index % 4}` },
        one.name ? h('p', { class: 'series-name' }, one.name) : null,
        one.data.map((point) => {
          const bar = h('span', { class: 'bar-fill' });
          bar.style.width = `${(Math.abs(point.value) / largest) * 100}%`;
          return h(
            'div',
            { class: 'bar-row' },
            h('span', { class: 'bar-label' }, point.label),
            h('span', { class: 'bar-track', 'aria-hidden': 'true' }, bar),
            h('span', { class: 'bar-value' }, number.format(point.value)),
          );
        }),
      ),
    ),
  );
}
