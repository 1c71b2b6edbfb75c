import type { CardFacts } from '../../core/card.ts';
import { exceptionLabel } from '../../core/ids.ts';
import type { Organisation } from '../../core/organisation.ts';
import { type Block, input, LIMITS, type Option, option, plainText, section, type View } from './blocks.ts';
import { plain } from './escape.ts';
import { plainDay } from './instants.ts';
import { modalOf, note, privateMetadata, summary, why } from './modal-parts.ts';
import type { Reader } from './reader.ts';
import { escalationTargets } from './receivers.ts';

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

/** Whom an exception can be given to, those of its team first. */
export function colleagueGroups(facts: CardFacts, { candidates, reader }: HandingOver): Group[] {
  const group = (label: string, isOwnTeam: boolean): Group => ({
    label,
    options: candidates
      .filter((candidate) => candidate.isOwnTeam === isOwnTeam && candidate.key.length <= LIMITS.optionValue)
      .map(({ key, name, awayUntil }) => ({
        label: plain(awayWords({ name, awayUntil }, reader), LIMITS.optionText),
        value: key,
      })),
  });
  return [group(plain(facts.team.name, 75), true), group(reader.words.modal.handOver.otherTeams, false)];
}

/** The form that offers an exception to somebody: to whom, and what they need to know. */
export function handOverModal(facts: CardFacts, { candidates, reader }: HandingOver): View {
  const words = reader.words.modal.handOver;
  const groups = colleagueGroups(facts, { candidates, reader });
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

/** The form that does not let a proposal go: why. */
export function rejectModal(facts: CardFacts, reader: Reader): View {
  const words = reader.words.modal.reject;
  return modalOf(reader, {
    callbackId: 'reject',
    title: words.title(exceptionLabel(facts.number)),
    submit: words.submit,
    metadata: privateMetadata(facts),
    blocks: [summary(facts, reader), why(reader, words.reasonHint)],
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
