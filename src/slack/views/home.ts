import { allows } from '../../core/lifecycle.ts';
import type { Viewer, WorkPage, WorkRow } from '../../core/work.ts';
import { type Block, button, context, divider, header, LIMITS, section } from './blocks.ts';
import { buttonValue } from './card.ts';
import { cutEscaped, inert } from './escape.ts';
import { localInstant } from './instants.ts';
import { rowWords, totalWords } from './work-words.ts';

export type HomeView = Block & { readonly type: 'home'; readonly callback_id: string };

type Home = { readonly viewer: Viewer; readonly mine: WorkPage; readonly unclaimed: WorkPage };

const LISTS = [
  {
    key: 'mine',
    title: 'My work',
    nothing: 'You own nothing. Claim something below, or wait for the next run.',
  },
  {
    key: 'unclaimed',
    title: 'Unclaimed in my teams',
    nothing: 'Nothing waits for somebody of your teams.',
  },
] as const satisfies readonly { key: 'mine' | 'unclaimed'; title: string; nothing: string }[];

/** A person's Home: what they own and what nobody of their teams has claimed, by due time, each with its buttons. */
export function homeView(home: Home, updatedAt: Date): HomeView {
  const { teams } = home.viewer;
  const where =
    teams.length === 0 ? 'You are a member of no team here.' : `Teams: ${inert(teams.join(', '), 1_000)}`;
  return view([
    ...LISTS.flatMap((list, index) => [...(index === 0 ? [] : [divider]), ...listBlocks(home, list)]),
    divider,
    context(
      cutEscaped(`Updated at ${localInstant(updatedAt)}. ${where}. More with /recon help.`, LIMITS.section),
    ),
  ]);
}

/** A Home that says something instead of showing work. `words` are escaped. */
export const homeWords = (words: string): HomeView =>
  view([header('Tieout'), section(cutEscaped(words, LIMITS.section))]);

const view = (blocks: readonly Block[]): HomeView => ({ type: 'home', callback_id: 'home', blocks });

function listBlocks(home: Home, { key, title, nothing }: (typeof LISTS)[number]): Block[] {
  const shown = home[key];
  if (shown.total === 0) return [header(title), section(nothing)];
  const page = shown.pages === 1 ? '' : ` · page ${shown.page + 1} of ${shown.pages}`;
  return [
    header(title),
    section(`${totalWords(shown)}${page}`),
    ...shown.rows.flatMap(rowBlocks),
    ...paging(home, key),
  ];
}

const ROW_BUTTONS = [
  { action: 'claim', label: 'Claim' },
  { action: 'resolve', label: 'Resolve' },
] as const;

const rowBlocks = (row: WorkRow): Block[] => [
  section(rowWords(row, localInstant)),
  {
    type: 'actions',
    block_id: row.exceptionId,
    elements: [
      ...ROW_BUTTONS.filter(({ action }) => allows(row.status, action)).map(({ action, label }) =>
        button(action, label, { value: buttonValue(row), style: 'primary' }),
      ),
      button('details', 'Details', { value: buttonValue(row) }),
    ],
  },
];

function paging(home: Home, key: 'mine' | 'unclaimed'): Block[] {
  const { page, pages } = home[key];
  const here = { mine: home.mine.page, unclaimed: home.unclaimed.page };
  const to = (target: number, label: string): Block =>
    button(`home_${key}_${target}`, label, { value: JSON.stringify({ v: 1, ...here, [key]: target }) });
  const elements = [
    ...(page > 0 ? [to(page - 1, 'Previous')] : []),
    ...(page < pages - 1 ? [to(page + 1, 'Next')] : []),
  ];
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}
