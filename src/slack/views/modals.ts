import type { CardFacts } from '../../core/card.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { magnitude, toDecimal } from '../../core/money.ts';
import type { Organisation, ResolutionCode } from '../../core/organisation.ts';
import { codesFor } from '../../core/resolve.ts';
import { type Block, input, LIMITS, type Option, option, plainText, section, type View } from './blocks.ts';
import { buttonValue } from './card.ts';
import { codeLabel } from './code-words.ts';
import { inert, plain } from './escape.ts';
import { plainDay } from './instants.ts';
import type { Reader } from './reader.ts';
import { escalationTargets } from './receivers.ts';
import { typeTitle } from './type-words.ts';
import { amountsOf, differenceOf, differenceWords } from './words.ts';

/** What a modal must remember; read again from Postgres before anything is done with it. */
const privateMetadata = (facts: CardFacts): string => buttonValue(facts);

type Form = {
  readonly callbackId: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly submit?: string;
  readonly metadata?: string;
};

const modalOf = ({ words }: Reader, { callbackId, title, blocks, submit, metadata }: Form): View => ({
  type: 'modal',
  callback_id: callbackId,
  title: plainText(plain(title, LIMITS.viewTitle)),
  close: plainText(submit === undefined ? words.modal.close : words.modal.cancel),
  ...(submit === undefined ? {} : { submit: plainText(submit) }),
  ...(metadata === undefined ? {} : { private_metadata: metadata }),
  blocks,
});

/** What is spoken of, at the head of a modal. */
function summary(facts: CardFacts, reader: Reader): Block {
  const { card } = reader.words;
  const who = [facts.client, facts.orderRef].flatMap((text) =>
    text === undefined ? [] : [inert(text, 300)],
  );
  const lines = [
    `*${exceptionLabel(facts.number)} · ${inert(typeTitle(facts.type, reader), 200)}*`,
    ...(who.length === 0 ? [] : [who.join(' · ')]),
    card.amounts(amountsOf(facts, reader)),
  ];
  const difference = differenceWords(facts, reader);
  if (difference !== undefined) lines.push(card.line(card.labels.difference, difference));
  return section(lines.join('\n'));
}

type Resolving = { readonly codes: readonly ResolutionCode[]; readonly reader: Reader };

/** The form that closes an exception: code, note, amount, evidence. */
export function resolveModal(facts: CardFacts, { codes, reader }: Resolving): View {
  const { modal } = reader.words;
  const words = modal.resolve;
  const usable = codesFor(codes, facts.type).filter(({ code }) => code.length <= LIMITS.optionValue);
  if (usable.length === 0) {
    const type = inert(typeTitle(facts.type, reader), 200);
    return tellModal(reader, { title: words.plainTitle, words: words.noCode(type) });
  }
  const options = usable
    .slice(0, LIMITS.options)
    .map(({ code, label }) => ({ label: plain(codeLabel(label, reader), 75), value: code }));
  const needs = (what: 'note' | 'amount' | 'evidence', otherwise: string): { hint: string } => {
    const labels = usable
      .filter((code) => code[what] === 'required')
      .map(({ label }) => codeLabel(label, reader));
    const hint = labels.length === 0 ? otherwise : modal.neededFor(labels.join(', '), otherwise);
    return { hint: plain(hint, 500) };
  };
  return modalOf(reader, {
    callbackId: 'resolve',
    title: words.title(exceptionLabel(facts.number)),
    submit: words.submit,
    metadata: privateMetadata(facts),
    blocks: [
      summary(facts, reader),
      input('code', words.code, { element: select(words.chooseCode, options) }),
      input('note', modal.note, {
        optional: true,
        element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
        ...needs('note', words.noteHint),
      }),
      input('amount', words.amount(facts.atStake.currency), {
        optional: true,
        element: { type: 'plain_text_input', initial_value: suggestedAmount(facts), max_length: 30 },
        ...needs('amount', words.amountHint),
      }),
      input('evidence', words.evidence, {
        optional: true,
        element: { type: 'url_text_input', placeholder: plainText('https://…') },
        ...needs('evidence', words.evidenceHint),
      }),
    ],
  });
}

function suggestedAmount(facts: CardFacts): string {
  const difference = differenceOf(facts) ?? facts.atStake;
  return toDecimal({ minor: magnitude(difference.minor), currency: difference.currency });
}

const select = (placeholder: string, options: readonly Option[]): Block => ({
  type: 'static_select',
  placeholder: plainText(placeholder),
  options: options.map(option),
});

type Group = { readonly label: string; readonly options: readonly Option[] };

/** A menu of whom to choose; one that searches as soon as Slack would not show them all. */
export function receiverMenu(placeholder: string, groups: readonly Group[]): Block {
  if (groups.some(({ options }) => options.length > LIMITS.options)) {
    return { type: 'external_select', placeholder: plainText(placeholder), min_query_length: 0 };
  }
  return {
    type: 'static_select',
    placeholder: plainText(placeholder),
    option_groups: groups
      .filter(({ options }) => options.length > 0)
      .map(({ label, options }) => ({ label: plainText(label), options: options.map(option) })),
  };
}

type Escalating = {
  readonly organisation: Pick<Organisation, 'teams' | 'people'>;
  readonly reader: Reader;
};

/** The form that raises the level: why, and who is told. */
export function escalateModal(facts: CardFacts, { organisation, reader }: Escalating): View {
  const { modal } = reader.words;
  const words = modal.escalate;
  const targets = escalationTargets(organisation);
  const groups = [
    { label: words.teams, options: targets.teams },
    { label: words.people, options: targets.people },
  ];
  return modalOf(reader, {
    callbackId: 'escalate',
    title: words.title(exceptionLabel(facts.number)),
    submit: words.submit,
    metadata: privateMetadata(facts),
    blocks: [
      summary(facts, reader),
      input('target', words.target, {
        element: receiverMenu(words.chooseTarget, groups),
        hint: words.targetHint,
      }),
      why(reader, words.reasonHint),
    ],
  });
}

const why = ({ words }: Reader, hint: string): Block =>
  input('reason', words.modal.why, {
    element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
    hint,
  });

const note = (label: string): Block =>
  input('note', label, {
    element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
  });

export type Candidate = {
  readonly key: string;
  readonly name: string;
  readonly isOwnTeam: boolean;
  readonly awayUntil?: string | undefined;
};

/** A name, and until when they are away. Not yet escaped. */
const awayWords = (
  { name, awayUntil }: { name: string; awayUntil: string | undefined },
  reader: Reader,
): string =>
  awayUntil === undefined ? name : reader.words.owner.away({ name, until: plainDay(awayUntil, reader) });

type HandingOver = { readonly candidates: readonly Candidate[]; readonly reader: Reader };

/** The form that offers an exception to somebody: to whom, and what they need to know. */
export function handOverModal(facts: CardFacts, { candidates, reader }: HandingOver): View {
  const words = reader.words.modal.handOver;
  const group = (label: string, isOwnTeam: boolean): Group => ({
    label,
    options: candidates
      .filter((candidate) => candidate.isOwnTeam === isOwnTeam && candidate.key.length <= LIMITS.optionValue)
      .map(({ key, name, awayUntil }) => ({
        label: plain(awayWords({ name, awayUntil }, reader), LIMITS.optionText),
        value: key,
      })),
  });
  const groups = [group(plain(facts.team.name, 75), true), group(words.otherTeams, false)];
  if (groups.every(({ options }) => options.length === 0))
    return tellModal(reader, { title: words.plainTitle, words: words.nobody });
  return modalOf(reader, {
    callbackId: 'hand_over',
    title: words.title(exceptionLabel(facts.number)),
    submit: words.submit,
    metadata: privateMetadata(facts),
    blocks: [
      summary(facts, reader),
      input('person', words.person, {
        element: receiverMenu(words.choosePerson, groups),
        hint: words.personHint,
      }),
      note(words.note),
    ],
  });
}

/** The form that declines an offer: why. `version` is the one the offer made. */
export function declineModal(
  facts: CardFacts,
  { version, reader }: { version: number; reader: Reader },
): View {
  const words = reader.words.modal.decline;
  return modalOf(reader, {
    callbackId: 'hand_over_decline',
    title: words.title(exceptionLabel(facts.number)),
    submit: words.submit,
    metadata: privateMetadata({ ...facts, version }),
    blocks: [summary(facts, reader), why(reader, words.reasonHint)],
  });
}

type Waiting = { readonly acting: Pick<Organisation['acting'], 'waitPausesSla'>; readonly reader: Reader };

/** The form that lets an exception wait: until when, and for what. */
export function waitModal(facts: CardFacts, { acting, reader }: Waiting): View {
  const words = reader.words.modal.wait;
  return modalOf(reader, {
    callbackId: 'wait',
    title: words.title(exceptionLabel(facts.number)),
    submit: words.submit,
    metadata: privateMetadata(facts),
    blocks: [
      summary(facts, reader),
      input('until', words.until, {
        element: { type: 'datepicker', placeholder: plainText(words.chooseDay) },
        hint: acting.waitPausesSla ? words.untilHintPaused : words.untilHint,
      }),
      note(words.note),
    ],
  });
}

/** The form that opens a closed exception again: why. */
export function reopenModal(facts: CardFacts, reader: Reader): View {
  const words = reader.words.modal.reopen;
  return modalOf(reader, {
    callbackId: 'reopen',
    title: words.title(exceptionLabel(facts.number)),
    submit: words.submit,
    metadata: privateMetadata(facts),
    blocks: [summary(facts, reader), why(reader, words.reasonHint)],
  });
}

/** A modal that only says something; `words` are escaped already. */
export const tellModal = (reader: Reader, { title, words }: { title: string; words: string }): View =>
  modalOf(reader, { callbackId: 'tell', title, blocks: [section(words)] });
