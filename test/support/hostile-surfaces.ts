import type { Reader } from '../../src/slack/views/reader.ts';
import type { Fill } from './hostile-fill.ts';
import type { Payload } from './hostile-judge.ts';
import { CARDS } from './hostile-surfaces-cards.ts';
import { FORMS } from './hostile-surfaces-forms.ts';
import { INTAKE } from './hostile-surfaces-intake.ts';
import { MESSAGES } from './hostile-surfaces-messages.ts';
import { PAIRS } from './hostile-surfaces-pairs.ts';
import { RECON } from './hostile-surfaces-recon.ts';
import { RULES } from './hostile-surfaces-rules.ts';
import { TRIAGE } from './hostile-surfaces-triage.ts';

/** Renders a surface with its blanks filled. */
export type Render = (fill: Fill, reader: Reader) => Payload;

/**
 * Every surface by `file#exported function`, and after a space which of its forms. A new exported function of a view
 * needs a line here, or one in `PARTS`.
 */
export const SURFACES: Readonly<Record<string, Render>> = {
  ...CARDS,
  ...FORMS,
  ...INTAKE,
  ...MESSAGES,
  ...PAIRS,
  ...RECON,
  ...RULES,
  ...TRIAGE,
};

/** Exported functions of the views that are no surface: pieces of those above, what says nothing, what escapes. */
export const PARTS: readonly string[] = [
  'blocks#plainText',
  'blocks#header',
  'blocks#section',
  'blocks#context',
  'blocks#fields',
  'blocks#button',
  'blocks#option',
  'blocks#input',
  'bulk-pointer#bulkPointer',
  'bulk-pointer#writeListState',
  'card#buttonValue',
  'code-words#codeWords',
  'code-words#codeLabel',
  'card#cardButtons',
  'digest-charts#ownersChart',
  'digest-charts#moneyChart',
  'digest-charts#itemsTable',
  'digest-words#sumWords',
  'digest-words#titleOf',
  'digest-words#aboutWords',
  'digest-words#tallyPairs',
  'digest-words#rowName',
  'digest-words#rowLine',
  'digest-words#typeName',
  'digest-words#itemLine',
  'entry-words#entrySumWords',
  'entry-words#waitingWords',
  'entry-words#bookedWords',
  'escape#clean',
  'escape#plain',
  'escape#inert',
  'escape#inertAcross',
  'escape#raw',
  'escape#typed',
  'escape#cutEscaped',
  'escape#unescaped',
  'group#itemLine',
  'group#standingLine',
  'hold-words#kindWords',
  'hold-words#cardHoldWords',
  'hold-words#holdTotalWords',
  'hold-words#holdRowWords',
  'hold-words#heldRow',
  'hold-words#proposalWords',
  'instants#plainInstant',
  'instants#plainDay',
  'instants#richly',
  'instants#plainly',
  'link#actionLabel',
  'markdown#markdownBlocks',
  'modal-parts#privateMetadata',
  'modal-parts#modalOf',
  'modal-parts#summary',
  'modal-parts#select',
  'modal-parts#why',
  'modal-parts#note',
  'modals#colleagueGroups',
  'modals#receiverMenu',
  'triage#minimalAgenda',
  'pair#pairButtons',
  'pair#choicesOf',
  'pair#documentLabel',
  'pair#listed',
  'notice-words#worded',
  'owner-words#leadWords',
  'owner-words#routedWords',
  'playbook#playbookAddress',
  'playbook#playbookLink',
  'playbook#playbookBlocks',
  'reader#readerOf',
  'reader#teamReader',
  'reader#personReader',
  'reader#moneyFor',
  'reader#moneyOrNone',
  'reader#stakeFor',
  'reader#listOf',
  'receivers#escalationTargets',
  'recon-answer#both',
  'recon-answer#bold',
  'recon-answer#cut',
  'recon-answer#answer',
  'refusals#plainRefusal',
  'recon-answer#words',
  'recon-list#pageOf',
  'recon-list#paging',
  'recon-sla#ageWords',
  'type-words#typeTitle',
  'type-words#suggestedAction',
  'attempts#attemptLines',
  'attempts#lastAttempt',
  'words#differenceOf',
  'words#differenceWords',
  'words#amountsOf',
  'words#findingValues',
  'words#statusLine',
  'words#waitWords',
  'words#offerWords',
  'words#dueWords',
  'words#historyWords',
  'work-words#moneyWords',
  'work-words#totalWords',
  'work-words#rowWords',
  'why#documentWords',
  'why#pairedWords',
  'why#whyNotWords',
  'why#waterfallWords',
  'why#unkeyedLines',
  'why#nearbyLines',
  'why#keptApartWords',
  'why#likelyWords',
  'why-blocks#whyBlocks',
];

/** Surfaces on which an address that somebody gave is a link, to https and showing its host. */
const WITH_LINKS = /^(?:card#|details#|playbook#|messages#renderReply)/;

export const hasLinks = (name: string): boolean => WITH_LINKS.test(name);
