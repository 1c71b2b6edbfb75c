import type { BulkAction } from '../../core/bulk.ts';
import { type GroupItem, sumOf } from '../../core/group.ts';
import type { ResolutionCode } from '../../core/organisation.ts';
import { codesFor } from '../../core/resolve.ts';
import { type Block, input, LIMITS, option, plainText, section, type View } from './blocks.ts';
import { bulkPointer } from './bulk-pointer.ts';
import { codeLabel } from './code-words.ts';
import { inert, plain } from './escape.ts';
import { type Candidate, receiverMenu, tellModal } from './modals.ts';
import type { Reader } from './reader.ts';
import { typeTitle } from './type-words.ts';
import { moneyWords } from './work-words.ts';

export type Confirming = {
  readonly bulkId: string;
  readonly action: BulkAction;
  readonly type: string;
  readonly teamName: string;
  readonly items: readonly GroupItem[];
  readonly colleagues: readonly Candidate[];
  /** Who is asked: what belongs to others is counted. */
  readonly personId: string;
  readonly codes: readonly ResolutionCode[];
};

type Asked = { readonly confirming: Confirming; readonly reader: Reader };

/** The form that asks whether it shall be done to that many, worth that much, with what the action needs to know. */
export function confirmView(confirming: Confirming, reader: Reader): View {
  const { flood, modal } = reader.words;
  const { action, bulkId } = confirming;
  const title = flood.confirm.titles[action];
  const needs = INPUTS[action]({ confirming, reader });
  if (typeof needs === 'string') return tellModal(reader, { title, words: needs });
  return {
    type: 'modal',
    callback_id: 'bulk_confirm',
    title: plainText(plain(title, LIMITS.viewTitle)),
    close: plainText(modal.cancel),
    submit: plainText(flood.confirm.submit[action]),
    private_metadata: bulkPointer(bulkId),
    blocks: [section(question({ confirming, reader })), ...needs],
  };
}

function question({ confirming, reader }: Asked): string {
  const { flood } = reader.words;
  const { action, items, type, personId } = confirming;
  const { count, money } = sumOf(items);
  const foreign = items.filter(({ owner }) => owner !== undefined && owner.personId !== personId).length;
  return [
    `*${inert(typeTitle(type, reader), 200)}*`,
    flood.confirm.question[action]({ count, money: moneyWords(money, reader) }),
    ...(foreign === 0 || action === 'accept' || action === 'decline' ? [] : [flood.confirm.others(foreign)]),
  ].join('\n');
}

/** What each action asks for besides; or words, when it cannot be asked. */
const INPUTS = {
  claim: () => [],
  resolve: resolveInputs,
  hand_over: handOverInputs,
  accept: () => [],
  decline: ({ reader }) => [
    input('reason', reader.words.modal.why, {
      element: longText,
      hint: reader.words.flood.confirm.declineHint,
    }),
  ],
} as const satisfies Record<BulkAction, (asked: Asked) => Block[] | string>;

const longText: Block = { type: 'plain_text_input', multiline: true, max_length: LIMITS.note };

function resolveInputs({ confirming, reader }: Asked): Block[] | string {
  const { modal } = reader.words;
  const { resolve } = modal;
  // What books for the ledger has an amount of its own, and is refused for many at once.
  const usable = codesFor(confirming.codes, confirming.type)
    .filter(({ code, books }) => books === undefined && code.length <= LIMITS.optionValue)
    .slice(0, LIMITS.options);
  if (usable.length === 0) return resolve.noCode(inert(typeTitle(confirming.type, reader), 200));
  const needed = (what: 'note' | 'evidence', otherwise: string): string => {
    const labels = usable
      .filter((code) => code[what] === 'required')
      .map(({ label }) => codeLabel(label, reader));
    return plain(labels.length === 0 ? otherwise : modal.neededFor(labels.join(', '), otherwise), 500);
  };
  return [
    input('code', resolve.code, {
      element: {
        type: 'static_select',
        placeholder: plainText(resolve.chooseCode),
        options: usable.map(({ code, label }) =>
          option({ label: plain(codeLabel(label, reader), 75), value: code }),
        ),
      },
    }),
    input('note', modal.note, { optional: true, element: longText, hint: needed('note', resolve.noteHint) }),
    input('evidence', resolve.evidence, {
      optional: true,
      element: { type: 'url_text_input', placeholder: plainText('https://…') },
      hint: needed('evidence', resolve.evidenceHint),
    }),
  ];
}

function handOverInputs({ confirming, reader }: Asked): Block[] | string {
  const { handOver } = reader.words.modal;
  const group = (label: string, isOwnTeam: boolean) => ({
    label,
    options: confirming.colleagues
      .filter((colleague) => colleague.isOwnTeam === isOwnTeam && colleague.key.length <= LIMITS.optionValue)
      .map(({ key, name }) => ({ label: plain(name, LIMITS.optionText), value: key })),
  });
  const groups = [group(plain(confirming.teamName, 75), true), group(handOver.otherTeams, false)];
  if (groups.every(({ options }) => options.length === 0)) return handOver.nobody;
  return [
    input('person', handOver.person, { element: receiverMenu(handOver.choosePerson, groups) }),
    input('note', handOver.note, { element: longText }),
  ];
}
