import type { EndedOffer } from '../../core/hand-over.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { DEFAULT_TAGS } from '../../core/locale.ts';
import {
  type ChecksNotice,
  type Happening,
  type HoldNotice,
  type HoldsNotice,
  moneyOf,
  type NoticeFact,
  type NoticePayload,
  type SettledLine,
  type SettledNotice,
  type StepNotice,
  type StoredMoney,
  type ToldException,
  type WordedNotice,
} from '../../core/message.ts';
import { unescaped } from './escape.ts';
import { kindWords } from './hold-words.ts';
import { type Reader, stakeFor } from './reader.ts';
import { typeTitle } from './type-words.ts';

type For = {
  readonly reader: Reader;
  readonly amountTag?: string | undefined;
  /** An offer that is over says how. */
  readonly ended?: EndedOffer | undefined;
};
type Unworded = Exclude<NoticePayload, WordedNotice>;

/** The notice in the reader's words; plain text, not yet escaped. */
export function worded(payload: Unworded, to: For): WordedNotice {
  if (payload.notice === 'settled') return settled(payload, to);
  if (payload.notice === 'hold_expired') return expired(payload, to);
  if (payload.notice === 'holds_expired') return manyExpired(payload, to);
  if (payload.notice === 'checks') return checked(payload, to);
  return payload.notice === 'step' ? stepped(payload, to) : happened(payload, to);
}

/** A hold that nobody ended: which payment may go now. */
function expired({ label, kind, client, orderRef, payee, amount }: HoldNotice, to: For): WordedNotice {
  const { card, hold } = to.reader.words;
  const facts = [
    { label: card.labels.client, value: client },
    { label: card.labels.order, value: orderRef },
    { label: hold.payeeLabel, value: payee },
  ];
  const held = amount === null ? hold.everything : amountIn(amount, to);
  return {
    title: hold.expired(`${label}, ${unescaped(kindWords(kind, to.reader))}, ${held}`),
    body: hold.expiredBody,
    facts: facts.flatMap((fact) => (fact.value === null ? [] : [{ label: fact.label, value: fact.value }])),
  };
}

/** Many holds that nobody ended: which payments may go now, the largest first. */
function manyExpired({ count, total, lines }: HoldsNotice, to: For): WordedNotice {
  const { hold, notice } = to.reader.words;
  const hidden = count - lines.length;
  const title = hold.manyExpired(count);
  return {
    title: total === null ? title : notice.sum(title, amountIn(total, { reader: to.reader })),
    body: hold.manyExpiredBody,
    facts: [
      ...lines.map(({ label, kind, client, orderRef, payee, amount }) => ({
        label,
        value: [
          unescaped(kindWords(kind, to.reader)),
          amount === null ? hold.everything : amountIn(amount, { reader: to.reader }),
          client ?? '',
          orderRef ?? '',
          payee ?? '',
        ]
          .filter((part) => part !== '')
          .join(' · '),
      })),
      ...(hidden > 0 ? [{ label: notice.and, value: notice.more(hidden) }] : []),
    ],
  };
}

type Words = Reader['words']['notice'];
type About = {
  readonly what: string;
  readonly words: Words;
  readonly owner: Reader['words']['owner'];
  readonly to: For;
};
type Said = { readonly title: string; readonly body: string; readonly facts?: readonly NoticeFact[] };

const HAPPENED = {
  escalated: ({ target, standIn, by, note }, { what, words, owner }) => ({
    title: words.escalated(what, standIn ? owner.standsIn({ name: standIn, for: target }) : target),
    body: note,
    facts: [{ label: words.escalatedBy, value: by ?? words.somebody }],
  }),
  offered: ({ note, answerBy, standsInFor }, { what, words, owner }) => ({
    title: words.offered(what),
    body: note,
    facts: [
      ...(standsInFor ? [{ label: owner.youStandIn, value: standsInFor }] : []),
      { label: words.answerUntil, value: { instant: answerBy } },
    ],
  }),
  taken_over: ({ by }, { what, words }) => ({ title: words.taken_over(what, by), body: '' }),
  assigned: ({ note }, { what, words }) => ({ title: words.assigned(what), body: note }),
  declined: ({ by, note }, { what, words }) => ({ title: words.declined(what, by), body: note }),
  offer_lapsed: ({ from, to }, { what, words }) => ({
    title: words.offer_lapsed(what),
    body: words.lapsedBody(from, to),
  }),
  offer_withdrawn: ({ because }, { what, words }) => ({
    title: words.offer_withdrawn(what),
    body: words.withdrawnBecause[because],
  }),
  wait_over: ({ note }, { what, words }) => ({
    title: words.wait_over(what),
    body: note === null ? '' : words.waitedFor(note),
  }),
  approved: ({ by }, { what, words }) => ({ title: words.approved(what, by), body: words.approvedBody }),
  rejected: ({ by, note }, { what, words }) => ({ title: words.rejected(what, by), body: note }),
  proposal_lapsed: (_, { what, words }) => ({
    title: words.proposal_lapsed(what),
    body: words.proposalLapsedBody,
  }),
} satisfies {
  [Kind in Happening['notice']]: (happening: Extract<Happening, { notice: Kind }>, about: About) => Said;
};

function happened(payload: Happening & { readonly exception: ToldException }, to: For): WordedNotice {
  const { exception } = payload;
  const what = titleOf(exception, to.reader);
  if (payload.notice === 'offered' && to.ended) return endedOffer(payload, what, { ...to, ended: to.ended });
  const say = HAPPENED[payload.notice] as (happening: Happening, about: About) => Said;
  const { notice: words, owner } = to.reader.words;
  const { title, body, facts = [] } = say(payload, { what, words, owner, to });
  const { id, version } = exception;
  return {
    title,
    body,
    facts: [...facts, ...factsOf(exception, to)],
    ...(HANDS_ON.includes(payload.notice) ? recordOf(exception) : {}),
    exception: { id, version, ...(payload.notice === 'offered' ? { isOffer: true } : {}) },
  };
}

/** Of what somebody else shall see to now; the rest only tells how it went on. */
const HANDS_ON: readonly (Happening['notice'] | StepNotice['step'])[] = [
  'escalated',
  'offered',
  'breach',
  'escalation',
  'released',
  'ping_pong',
];

const recordOf = ({ type, attempts = [] }: ToldException): Pick<WordedNotice, 'record'> => ({
  record: { type, attempts },
});

const titleOf = ({ number, type }: ToldException, reader: Reader): string =>
  `${exceptionLabel(number)} ${typeTitle(type, reader)}`;

function stepped({ step, count, total, exceptions }: StepNotice, to: For): WordedNotice {
  const { notice } = to.reader.words;
  const words = notice.step[step];
  const [only] = exceptions;
  if (only !== undefined && count === 1) {
    const { id, version } = only;
    return {
      title: words.one(titleOf(only, to.reader)),
      body: words.body,
      facts: factsOf(only, to),
      ...(HANDS_ON.includes(step) ? recordOf(only) : {}),
      exception: { id, version },
    };
  }
  const hidden = count - exceptions.length;
  const sum = total === null ? undefined : amountIn(total, { reader: to.reader });
  return {
    title: sum === undefined ? words.many(count) : notice.sum(words.many(count), sum),
    body: words.body,
    facts: [
      ...exceptions.map((exception) => ({
        label: titleOf(exception, to.reader),
        value: [
          amountIn(exception.atStake, { reader: to.reader }),
          exception.client ?? '',
          exception.orderRef ?? '',
          exception.owner ?? notice.nobodyOf(exception.team),
        ]
          .filter((part) => part !== '')
          .join(' · '),
      })),
      ...(hidden > 0 ? [{ label: notice.and, value: notice.more(hidden) }] : []),
    ],
  };
}

const ENDS = ['accepted', 'declined', 'lapsed', 'withdrawn'] as const;

/** What was offered, without its buttons: how that ended. Who has it by now is in the details. */
function endedOffer(
  { note, exception }: Extract<Unworded, { notice: 'offered' }>,
  what: string,
  to: For & { ended: EndedOffer },
): WordedNotice {
  const { notice } = to.reader.words;
  const { counts, endedAt } = to.ended;
  const how = ENDS.filter((end) => counts[end] > 0).map((end) => notice.ended[end]);
  return {
    title: notice.offeredOnce(what),
    body: note,
    facts: [{ label: how.join(', '), value: { instant: endedAt.toISOString() } }, ...thingsOf(exception, to)],
    exception: { id: exception.id, version: exception.version },
  };
}

/** What it is, whoever has it. */
const thingsOf = (exception: ToldException, { reader, amountTag }: For): NoticeFact[] => {
  const { labels } = reader.words.card;
  const side = (label: string, amount: StoredMoney | null | undefined): NoticeFact[] =>
    amount ? [{ label, value: amountIn(amount, { reader, amountTag }) }] : [];
  return [
    ...side(labels.expected, exception.expected),
    ...side(labels.actual, exception.actual),
    { label: labels.atStake, value: amountIn(exception.atStake, { reader, amountTag }) },
    ...(exception.client ? [{ label: labels.client, value: exception.client }] : []),
    ...(exception.orderRef ? [{ label: labels.order, value: exception.orderRef }] : []),
  ];
};

function factsOf(exception: ToldException, { reader, amountTag }: For): NoticeFact[] {
  const { card, notice } = reader.words;
  const { labels } = card;
  return [
    ...thingsOf(exception, { reader, amountTag }),
    { label: labels.owner, value: exception.owner ?? notice.nobodyOf(exception.team) },
    { label: labels.due, value: { instant: exception.dueAt } },
  ];
}

function settled(payload: SettledNotice, to: For): WordedNotice {
  const { notice } = to.reader.words;
  const { count, total, lines } = payload;
  const hidden = count - lines.length;
  return {
    title:
      total === null
        ? notice.settled(count)
        : notice.settledSum(count, amountIn(total, { reader: to.reader })),
    body: notice.settledBody(payload.reconciliation),
    facts: [
      ...lines.map((line) => settledFact(line, to.reader)),
      ...(hidden > 0 ? [{ label: notice.and, value: notice.more(hidden) }] : []),
    ],
  };
}

function checked({ reconciliation, failed }: ChecksNotice, { reader }: For): WordedNotice {
  const { checks } = reader.words.notice;
  const share = new Intl.NumberFormat(DEFAULT_TAGS[reader.locale], {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  const text = (ppm: number): string => share.format(ppm / 1_000_000);
  return {
    title: checks.title(reconciliation),
    body: checks.body,
    facts: failed.map(({ name, foundPpm, leastPpm }) => ({
      label: checks.names[name],
      value: checks.found(text(foundPpm), text(leastPpm)),
    })),
  };
}

function settledFact(line: SettledLine, reader: Reader): NoticeFact {
  const { notice } = reader.words;
  const parts = [
    amountIn(line.difference, { reader }),
    line.reason,
    line.client ?? '',
    line.periods.length === 0 ? '' : notice.bookedTo(line.periods.join(', ')),
  ];
  return { label: line.orderRef ?? notice.noOrder, value: parts.filter((part) => part !== '').join(' · ') };
}

const amountIn = (amount: StoredMoney, { reader, amountTag }: For): string =>
  stakeFor(moneyOf(amount), reader, amountTag);
