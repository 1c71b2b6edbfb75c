import type { CardFacts } from '../../core/card.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { formatMoney, magnitude, toDecimal } from '../../core/money.ts';
import type { Organisation, ResolutionCode } from '../../core/organisation.ts';
import { codesFor } from '../../core/resolve.ts';
import { typeTitle } from '../../core/words.ts';
import { type Block, input, LIMITS, type Option, option, plainText, section, type View } from './blocks.ts';
import { buttonValue } from './card.ts';
import { inert, plain } from './escape.ts';
import { amountWords, differenceOf, differenceWords } from './words.ts';

/** What a modal must remember; read again from Postgres before anything is done with it. */
const privateMetadata = (facts: CardFacts): string => buttonValue(facts);

const modal = (
  callbackId: string,
  title: string,
  rest: { blocks: readonly Block[]; submit?: string; metadata?: string },
): View => ({
  type: 'modal',
  callback_id: callbackId,
  title: plainText(plain(title, LIMITS.viewTitle)),
  close: plainText(rest.submit === undefined ? 'Close' : 'Cancel'),
  ...(rest.submit === undefined ? {} : { submit: plainText(rest.submit) }),
  ...(rest.metadata === undefined ? {} : { private_metadata: rest.metadata }),
  blocks: rest.blocks,
});

/** What is spoken of, at the head of a modal. */
function summary(facts: CardFacts): Block {
  const who = [facts.client, facts.orderRef].flatMap((text) =>
    text === undefined ? [] : [inert(text, 300)],
  );
  const difference = differenceWords(facts);
  const lines = [
    `*${exceptionLabel(facts.number)} · ${inert(typeTitle(facts.type), 200)}*`,
    ...(who.length === 0 ? [] : [who.join(' · ')]),
    `Expected ${amountWords(facts.expected)}, actual ${amountWords(facts.actual)}${difference === undefined ? '' : `: ${difference}`}`,
    `At stake ${formatMoney(facts.atStake)}`,
  ];
  return section(lines.join('\n'));
}

/** The form that closes an exception: code, note, amount. */
export function resolveModal(facts: CardFacts, codes: readonly ResolutionCode[]): View {
  const usable = codesFor(codes, facts.type).filter(({ code }) => code.length <= LIMITS.optionValue);
  if (usable.length === 0) {
    return tellModal(
      'Resolve',
      `No resolution code is configured for ${inert(typeTitle(facts.type), 200)}. Ask an admin to add one under resolution_codes in tieout.yaml.`,
    );
  }
  const options = usable
    .slice(0, LIMITS.options)
    .map(({ code, label }) => ({ label: plain(label, 75), value: code }));
  const needNote = usable.filter(({ note }) => note === 'required').map(({ label }) => label);
  const needAmount = usable.filter(({ amount }) => amount === 'required').map(({ label }) => label);
  return modal('resolve', `Resolve ${exceptionLabel(facts.number)}`, {
    submit: 'Resolve',
    metadata: privateMetadata(facts),
    blocks: [
      summary(facts),
      input('code', 'How was it settled?', { element: select('Choose a code', options) }),
      input('note', 'Note', {
        optional: true,
        element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
        ...hint('Needed for', needNote, 'What was agreed, and with whom.'),
      }),
      input('amount', `Amount in ${facts.atStake.currency}`, {
        optional: true,
        element: { type: 'plain_text_input', initial_value: suggestedAmount(facts), max_length: 30 },
        ...hint('Needed for', needAmount, 'Like 1234.50. Prefilled with the difference.'),
      }),
    ],
  });
}

const hint = (lead: string, labels: readonly string[], otherwise: string): { hint: string } => ({
  hint: plain(labels.length === 0 ? otherwise : `${lead} ${labels.join(', ')}. ${otherwise}`, 500),
});

function suggestedAmount(facts: CardFacts): string {
  const difference = differenceOf(facts) ?? facts.atStake;
  return toDecimal({ minor: magnitude(difference.minor), currency: difference.currency });
}

const select = (placeholder: string, options: readonly Option[]): Block => ({
  type: 'static_select',
  placeholder: plainText(placeholder),
  options: options.map(option),
});

const LEADS: readonly string[] = ['ops_lead', 'finance', 'admin'];

/** Who something can be escalated to: every team, and people who lead one or hold a leading role. */
function escalationTargets({ teams, people }: Pick<Organisation, 'teams' | 'people'>): {
  teams: Option[];
  people: Option[];
} {
  const leads = new Set(teams.map((team) => team.lead));
  const leading = people.filter(
    (person) => leads.has(person.key) || person.roles.some((role) => LEADS.includes(role)),
  );
  const usable = ({ value }: Option) => value.length <= LIMITS.optionValue;
  return {
    teams: teams
      .map(({ key, name }) => ({ label: plain(name, 75), value: `team:${key}` }))
      .filter(usable)
      .slice(0, 100),
    people: leading
      .map(({ key, name }) => ({ label: plain(name, 75), value: `person:${key}` }))
      .filter(usable)
      .slice(0, 100),
  };
}

/** The form that raises the level: why, and who is told. */
export function escalateModal(facts: CardFacts, organisation: Pick<Organisation, 'teams' | 'people'>): View {
  const targets = escalationTargets(organisation);
  const groups = [
    { label: plainText('Teams'), options: targets.teams.map(option) },
    { label: plainText('People'), options: targets.people.map(option) },
  ].filter(({ options }) => options.length > 0);
  return modal('escalate', `Escalate ${exceptionLabel(facts.number)}`, {
    submit: 'Escalate',
    metadata: privateMetadata(facts),
    blocks: [
      summary(facts),
      input('target', 'Who should know?', {
        element: {
          type: 'static_select',
          placeholder: plainText('Choose a team or a person'),
          option_groups: groups,
        },
        hint: 'They are told at once. Whoever claimed it stays its owner.',
      }),
      input('reason', 'Why?', {
        element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
        hint: 'What is stuck, and what you need.',
      }),
    ],
  });
}

export type Candidate = { readonly key: string; readonly name: string; readonly isOwnTeam: boolean };

/** The form that offers an exception to somebody: to whom, and what they need to know. */
export function handOverModal(facts: CardFacts, candidates: readonly Candidate[]): View {
  const group = (label: string, isOwnTeam: boolean) => ({
    label: plainText(label),
    options: candidates
      .filter((candidate) => candidate.isOwnTeam === isOwnTeam && candidate.key.length <= LIMITS.optionValue)
      .slice(0, LIMITS.options)
      .map(({ key, name }) => option({ label: plain(name, 75), value: key })),
  });
  const groups = [group(plain(facts.team.name, 75), true), group('Other teams', false)].filter(
    ({ options }) => options.length > 0,
  );
  if (groups.length === 0) {
    return tellModal(
      'Hand over',
      'There is nobody else in any team. Ask an admin to add people to a team in tieout.yaml.',
    );
  }
  return modal('hand_over', `Hand over ${exceptionLabel(facts.number)}`, {
    submit: 'Offer',
    metadata: privateMetadata(facts),
    blocks: [
      summary(facts),
      input('person', 'To whom?', {
        element: {
          type: 'static_select',
          placeholder: plainText('Choose a person'),
          option_groups: groups,
        },
        hint: 'They are asked at once. Until they accept, its owner keeps it. It is due when it was due before.',
      }),
      input('note', 'What do they need to know?', {
        element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
      }),
    ],
  });
}

/** The form that declines an offer: why. `version` is the one the offer made. */
export const declineModal = (facts: CardFacts, version: number): View =>
  modal('hand_over_decline', `Decline ${exceptionLabel(facts.number)}`, {
    submit: 'Decline',
    metadata: privateMetadata({ ...facts, version }),
    blocks: [
      summary(facts),
      input('reason', 'Why?', {
        element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
        hint: 'Whoever offered it is told.',
      }),
    ],
  });

/** The form that puts an exception on hold: until when, and for what. */
export const waitModal = (facts: CardFacts, { waitPausesSla }: Organisation['acting']): View =>
  modal('wait', `Wait with ${exceptionLabel(facts.number)}`, {
    submit: 'Wait',
    metadata: privateMetadata(facts),
    blocks: [
      summary(facts),
      input('until', 'Until which day?', {
        element: { type: 'datepicker', placeholder: plainText('Choose a day') },
        hint: waitPausesSla
          ? 'It comes back to its owner on that day. The promised time stands still until then.'
          : 'It comes back to its owner on that day. It is due when it was due before: the time goes on.',
      }),
      input('note', 'What is it waiting for?', {
        element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
      }),
    ],
  });

/** The form that opens a closed exception again: why. */
export const reopenModal = (facts: CardFacts): View =>
  modal('reopen', `Reopen ${exceptionLabel(facts.number)}`, {
    submit: 'Reopen',
    metadata: privateMetadata(facts),
    blocks: [
      summary(facts),
      input('reason', 'Why?', {
        element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
        hint: 'It will be open and nobody’s, with its team, and due anew.',
      }),
    ],
  });

/** A modal that only says something; `words` are escaped already. */
export const tellModal = (title: string, words: string): View =>
  modal('tell', title, { blocks: [section(words)] });
