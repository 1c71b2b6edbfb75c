import type { HoldPage } from '../../core/hold.ts';
import { allows } from '../../core/lifecycle.ts';
import type { Viewer, WorkPage, WorkRow } from '../../core/work.ts';
import { type Block, button, context, divider, header, LIMITS, section } from './blocks.ts';
import { buttonValue } from './card.ts';
import { cutEscaped, inert } from './escape.ts';
import { heldRow, holdTotalWords } from './hold-words.ts';
import { richly, type Writer } from './instants.ts';
import type { Reader } from './reader.ts';
import { rowWords, totalWords } from './work-words.ts';

export type HomeView = Block & { readonly type: 'home'; readonly callback_id: string };

type Home = {
  readonly viewer: Viewer;
  readonly mine: WorkPage;
  readonly unclaimed: WorkPage;
  readonly holds: HoldPage;
};

const LISTS = [
  { key: 'mine', nothing: 'mineNothing' },
  { key: 'unclaimed', nothing: 'unclaimedNothing' },
] as const;
type List = (typeof LISTS)[number];

/** A person's Home: what they own and what nobody of their teams has claimed, by due time, each with its buttons. */
export function homeView(home: Home, { reader, updatedAt }: { reader: Reader; updatedAt: Date }): HomeView {
  const writer = richly(reader);
  const { words } = reader;
  const { teams } = home.viewer;
  const where = teams.length === 0 ? words.home.noTeam : words.home.teams(inert(teams.join(', '), 1_000));
  const foot = [words.home.updated(writer.instant(updatedAt)), where, words.home.more].join(' ');
  return view([
    ...LISTS.flatMap((list, index) => [...(index === 0 ? [] : [divider]), ...listBlocks(home, list, writer)]),
    ...heldBlocks(home.holds, writer),
    divider,
    context(cutEscaped(foot, LIMITS.section)),
  ]);
}

/** A Home that says something instead of showing work. `words` are escaped. */
export const homeWords = (words: string): HomeView =>
  view([header('Tieout'), section(cutEscaped(words, LIMITS.section))]);

const view = (blocks: readonly Block[]): HomeView => ({ type: 'home', callback_id: 'home', blocks });

function listBlocks(home: Home, { key, nothing }: List, writer: Writer): Block[] {
  const { words } = writer;
  const shown = home[key];
  if (shown.total === 0) return [header(words.home[key]), section(words.home[nothing])];
  const page = shown.pages === 1 ? '' : ` · ${words.work.page(shown.page + 1, shown.pages)}`;
  return [
    header(words.home[key]),
    section(`${totalWords(shown, writer)}${page}`),
    ...shown.rows.flatMap((row) => rowBlocks(row, writer)),
    ...paging(home, { key, reader: writer }),
  ];
}

/** Nothing on hold is no news. */
function heldBlocks(holds: HoldPage, writer: Writer): Block[] {
  if (holds.total === 0) return [];
  const { hold } = writer.words;
  const hidden = holds.total - holds.rows.length;
  return [
    divider,
    header(hold.title),
    section(holdTotalWords(holds, writer)),
    ...holds.rows.map((row) => heldRow(row, writer)),
    ...(hidden > 0 ? [context(hold.more(hidden))] : []),
  ];
}

const ROW_BUTTONS = ['claim', 'resolve'] as const;

const rowBlocks = (row: WorkRow, writer: Writer): Block[] => [
  section(rowWords(row, writer)),
  {
    type: 'actions',
    block_id: row.exceptionId,
    elements: [
      ...ROW_BUTTONS.filter((action) => allows(row.status, action)).map((action) =>
        button(action, writer.words.card.buttons[action], { value: buttonValue(row), style: 'primary' }),
      ),
      button('details', writer.words.card.buttons.details, { value: buttonValue(row) }),
    ],
  },
];

function paging(home: Home, { key, reader }: { key: List['key']; reader: Reader }): Block[] {
  const { page, pages } = home[key];
  const { buttons } = reader.words.card;
  const here = { mine: home.mine.page, unclaimed: home.unclaimed.page };
  const to = (target: number, label: string): Block =>
    button(`home_${key}_${target}`, label, { value: JSON.stringify({ v: 1, ...here, [key]: target }) });
  const elements = [
    ...(page > 0 ? [to(page - 1, buttons.previous)] : []),
    ...(page < pages - 1 ? [to(page + 1, buttons.next)] : []),
  ];
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}
