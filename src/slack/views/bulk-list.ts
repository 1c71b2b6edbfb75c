import { CHOICES_PER_PAGE, type Choice, type ChosenAction, pageOf } from '../../core/bulk.ts';
import type { GroupItem } from '../../core/group.ts';
import { exceptionLabel } from '../../core/ids.ts';
import {
  type Block,
  button,
  context,
  divider,
  input,
  LIMITS,
  option,
  plainText,
  section,
  type View,
} from './blocks.ts';
import { type ListState, writeListState } from './bulk-pointer.ts';
import { buttonValue } from './card.ts';
import { plain, typed } from './escape.ts';
import { itemLine, standingLine } from './group.ts';
import { richly } from './instants.ts';
import { type Reader, stakeFor } from './reader.ts';
import { moneyWords } from './work-words.ts';

/** Items of a list with a button each, and of one set of boxes: what Slack's limits leave room for. */
const LISTED_PER_PAGE = 30;
const BOXES = 10;

type Shown = { readonly state: ListState; readonly reader: Reader };

/** Every exception of a group, page by page, each with its details. `items` are those that pass the filter. */
export function groupListView(items: readonly GroupItem[], { state, reader }: Shown): View {
  const { flood, work } = reader.words;
  const shown = pageOf(items, state.page, LISTED_PER_PAGE);
  const rich = richly(reader);
  const rows = shown.rows.map((item) => ({
    ...section(`*${itemLine(item, reader)}*\n${standingLine(item, rich)}`),
    block_id: item.exceptionId,
    accessory: button('details', reader.words.card.buttons.details, { value: buttonValue(item) }),
  }));
  const total = `${work.exceptions(shown.all.count)}, ${work.atStake(moneyWords(shown.all.money, reader))}`;
  return {
    ...frame(reader, {
      callbackId: 'bulk_list',
      title: flood.list.title,
      state: { ...state, page: shown.page },
    }),
    // Slack wants a submit button where something can be entered; here it applies the filter.
    submit: plainText(flood.buttons.filter),
    blocks: [
      ...filterInputs({ state, reader }),
      divider,
      section(items.length === 0 ? flood.list.none : total),
      ...rows,
      ...paging(shown, reader),
    ],
  };
}

type Choosing = Shown & { readonly state: ListState & { readonly action: ChosenAction } };

/** The form that chooses which exceptions of a group something is done to: all that match, or those that are ticked. */
export function chooseView(items: readonly GroupItem[], { state, reader }: Choosing): View {
  const { flood } = reader.words;
  const { action } = state;
  const shown = pageOf(items, state.page, CHOICES_PER_PAGE);
  const title = flood.choose.titles[action];
  if (items.length === 0) return nothingView({ state, reader }, title);
  const elsewhere = keptElsewhere(shown, state);
  const all = flood.choose.all({ count: shown.all.count, money: moneyWords(shown.all.money, reader) });
  return {
    ...frame(reader, { callbackId: 'bulk_choose', title, state: { ...state, page: shown.page } }),
    submit: plainText(flood.buttons.continue),
    blocks: [
      ...filterInputs({ state, reader }),
      { type: 'actions', elements: [button('bulk_filter', flood.buttons.filter, { value: 'filter' })] },
      divider,
      input('which', flood.choose.which, {
        element: {
          type: 'radio_buttons',
          // Who ticks means those; all of them must be said.
          initial_option: option({ label: flood.choose.ticked, value: 'ticked' }),
          options: [
            option({ label: plain(all, LIMITS.optionText), value: 'all' }),
            option({ label: flood.choose.ticked, value: 'ticked' }),
          ],
        },
      }),
      ...boxes(shown, { state, reader }),
      ...paging(shown, reader),
      context([...(elsewhere === 0 ? [] : [flood.choose.kept(elsewhere)]), flood.choose.hint].join(' ')),
    ],
  };
}

/** Nothing to choose from: another filter may find something, unless there was none. */
function nothingView({ state, reader }: Choosing, title: string): View {
  const { flood } = reader.words;
  if (state.text === '' && state.min === '') {
    const blocks = [section(flood.choose.nothing[state.action])];
    return { ...frame(reader, { callbackId: 'bulk_choose', title, state }), blocks };
  }
  return {
    ...frame(reader, { callbackId: 'bulk_list', title, state }),
    submit: plainText(flood.buttons.filter),
    blocks: [...filterInputs({ state, reader }), section(flood.list.none)],
  };
}

const keptElsewhere = ({ rows }: Choice, { ticked }: ListState): number => {
  const here = new Set(rows.map(({ number }) => number));
  return ticked.filter((number) => !here.has(number)).length;
};

const frame = (
  { words }: Reader,
  { callbackId, title, state }: { callbackId: string; title: string; state: ListState },
): Omit<View, 'blocks'> & { type: 'modal'; callback_id: string } => ({
  type: 'modal',
  callback_id: callbackId,
  title: plainText(plain(title, LIMITS.viewTitle)),
  close: plainText(words.modal.close),
  private_metadata: writeListState(state),
});

function filterInputs({ state, reader }: Shown): Block[] {
  const { flood } = reader.words;
  const text = (before: string, max: number): Block => {
    const initial = typed(before, max);
    return {
      type: 'plain_text_input',
      max_length: max,
      ...(initial === '' ? {} : { initial_value: initial }),
    };
  };
  return [
    input('text', flood.list.text, { optional: true, element: text(state.text, 100) }),
    input('min', flood.list.min, { optional: true, element: text(state.min, 20) }),
  ];
}

/** Boxes to tick, ten in a block. The page is in the block's name, or Slack would keep another page's ticks. */
function boxes(shown: Choice, { state, reader }: Choosing): Block[] {
  const ticked = new Set(state.ticked);
  const starts = Array.from({ length: Math.ceil(shown.rows.length / BOXES) }, (_, index) => index * BOXES);
  return starts.map((start) => {
    const rows = shown.rows.slice(start, start + BOXES);
    const options = rows.map((item) => ({ number: item.number, option: box(item, reader) }));
    const initial = options.filter(({ number }) => ticked.has(number)).map((each) => each.option);
    const from = shown.page * CHOICES_PER_PAGE + start;
    return input(
      `tick_${shown.page}_${start}`,
      `${reader.words.flood.choose.tick} ${from + 1}–${from + rows.length}`,
      {
        optional: true,
        element: {
          type: 'checkboxes',
          options: options.map((each) => each.option),
          ...(initial.length === 0 ? {} : { initial_options: initial }),
        },
      },
    );
  });
}

function box(item: GroupItem, reader: Reader): Record<string, unknown> {
  const { words } = reader;
  const label = [
    exceptionLabel(item.number),
    stakeFor(item.atStake, reader, item.amountTag),
    ...(item.client === undefined ? [] : [item.client]),
  ];
  const more = [
    ...(item.orderRef === undefined ? [] : [item.orderRef]),
    words.status[item.status],
    ...(item.owner === undefined ? [] : [item.owner.name]),
  ];
  return {
    ...option({ label: plain(label.join(' · '), LIMITS.optionText), value: String(item.number) }),
    description: plainText(plain(more.join(' · '), LIMITS.optionText)),
  };
}

/** The number is in the action id, so that both buttons of a block differ. */
export const BULK_PAGE = 'bulk_page_';

function paging({ page, pages }: Choice, { words: { flood } }: Reader): Block[] {
  if (pages === 1) return [];
  const to = (target: number, label: string): Block =>
    button(`${BULK_PAGE}${target}`, label, { value: String(target) });
  return [
    context(flood.list.page({ page: page + 1, pages })),
    {
      type: 'actions',
      elements: [
        ...(page > 0 ? [to(page - 1, flood.buttons.previous)] : []),
        ...(page < pages - 1 ? [to(page + 1, flood.buttons.next)] : []),
      ],
    },
  ];
}
