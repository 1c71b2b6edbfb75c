import type { BulkAction } from '../../../core/bulk.ts';

type Sum = { readonly count: number; readonly money: string };

const exceptions = (count: number): string => `${count} ${count === 1 ? 'exception' : 'exceptions'}`;

/**
 * A group's card, its list, and what is done to many at once. Titles have 24 characters, buttons and options 75. Names,
 * amounts and instants that are passed in are written for the reader already.
 */
export const flood = {
  title: (to: { count: number; type: string }) => `${to.count} × ${to.type}`,
  summary: (to: { team: string; opened: string }) =>
    `These came together, ${to.opened}, so one message shows them all. Team ${to.team}. Each is an exception of its own, with its own owner, due time and history.`,
  live: ({ count, money }: Sum) => `${exceptions(count)} to settle, ${money} at stake`,
  done: 'All of them are settled.',
  labels: { tally: 'How they stand', owners: 'Who has them', top: 'Most at stake', firstDue: 'First due' },
  tally: (to: Sum & { status: string }) => `${to.status}: ${to.count}, ${to.money}`,
  owner: (to: { name: string; count: number }) => `${to.name}: ${to.count}`,
  moreOwners: (count: number) => `and ${count} more`,
  nobody: 'nobody yet',
  item: (to: { label: string; money: string; client: string | undefined; order: string | undefined }) =>
    [to.label, to.money, to.client, to.order === undefined ? undefined : `order ${to.order}`]
      .filter((part) => part !== undefined && part !== '')
      .join(' · '),
  standing: (to: { status: string; owner: string | undefined; due: string }) =>
    `${to.status}${to.owner === undefined ? '' : `, ${to.owner}`} · due ${to.due}`,
  buttons: {
    claim: 'Claim…',
    resolve: 'Resolve…',
    hand_over: 'Hand over…',
    list: 'Show all',
    accept: 'Accept all',
    decline: 'Decline all',
    filter: 'Filter',
    previous: 'Previous',
    next: 'Next',
    continue: 'Continue',
  },
  list: {
    title: 'All of the group',
    none: 'Nothing here matches. Change the filter, or leave it empty.',
    page: (to: { page: number; pages: number }) => `Page ${to.page} of ${to.pages}`,
    text: 'Client or order contains',
    min: 'At stake, at least',
    minWrong: 'Enter an amount like 1000 or 99.50, or leave it empty.',
  },
  choose: {
    titles: { claim: 'Claim many', resolve: 'Resolve many', hand_over: 'Hand over many' },
    which: 'Which ones?',
    all: (to: { count: number; money: string }) => `All ${to.count} (${to.money})`,
    ticked: 'Only those ticked below',
    tick: 'Exceptions',
    nothing: {
      claim:
        'Nothing here is open for you to claim: all of it has an owner, is settled, or is another team’s.',
      resolve: 'Nothing here is yours to resolve. Claim first what you want to settle.',
      hand_over: 'Nothing here is yours to hand over. Claim first what you want to hand over.',
    },
    noneTicked: 'Tick at least one, or choose all.',
    tooMany: (most: number) => `At most ${most} can be ticked one by one. Narrow the filter and choose all.`,
    kept: (count: number) => `${count} ticked on other pages stay ticked.`,
    hint: 'What somebody else changed meanwhile is left as it is, and listed at the end.',
  },
  confirm: {
    titles: {
      claim: 'Claim?',
      resolve: 'Resolve?',
      hand_over: 'Hand over?',
      accept: 'Accept?',
      decline: 'Decline?',
    } satisfies Record<BulkAction, string>,
    submit: {
      claim: 'Claim',
      resolve: 'Resolve',
      hand_over: 'Offer',
      accept: 'Accept',
      decline: 'Decline',
    } satisfies Record<BulkAction, string>,
    question: {
      claim: ({ count, money }: Sum) => `You become the owner of ${exceptions(count)}, ${money} at stake.`,
      resolve: ({ count, money }: Sum) =>
        `${exceptions(count)} will be closed, ${money} at stake. Each is settled at its own difference.`,
      hand_over: ({ count, money }: Sum) =>
        `${exceptions(count)}, ${money} at stake, will be offered in one message. You stay the owner until the offer is accepted.`,
      accept: ({ count, money }: Sum) => `You become the owner of ${exceptions(count)}, ${money} at stake.`,
      decline: ({ count, money }: Sum) =>
        `You decline ${exceptions(count)}, ${money} at stake. Their owners keep them.`,
    } satisfies Record<BulkAction, (to: Sum) => string>,
    others: (count: number) => `${count} of them belong to somebody else.`,
    declineHint: 'Whoever offered them is told.',
  },
  working: {
    title: 'Working…',
    words: (count: number) =>
      `${exceptions(count)} are being worked on. The result appears here. You can close this: it goes on, and the group’s message shows how far it is.`,
  },
  fault: (reference: string) =>
    `Something went wrong here, not with you. What you confirmed is kept: the rest is done within a few minutes, nothing twice, and you are told. If you hear nothing, tell an operator the reference ${reference}.`,
  result: {
    title: 'Done',
    done: {
      claim: ({ count, money }: Sum) => `You claimed ${exceptions(count)}, ${money} at stake.`,
      resolve: ({ count, money }: Sum) => `You resolved ${exceptions(count)}, ${money} at stake.`,
      hand_over: ({ count, money }: Sum) => `You offered ${exceptions(count)}, ${money} at stake.`,
      accept: ({ count, money }: Sum) => `You took over ${exceptions(count)}, ${money} at stake.`,
      decline: ({ count, money }: Sum) => `You declined ${exceptions(count)}, ${money} at stake.`,
    } satisfies Record<BulkAction, (to: Sum) => string>,
    refused: (count: number) => `${count} could not be changed and stay as they are:`,
    reason: (to: { count: number; words: string }) => `${to.count}: ${to.words}`,
    more: (count: number) => `and ${count} more; Show all lists every one of them.`,
  },
  notice: {
    offered: (to: { by: string; count: number; type: string }) =>
      `${to.by} offers you ${exceptions(to.count)}: ${to.type}`,
    offeredOnce: (to: { by: string; count: number; type: string }) =>
      `${to.by} offered you ${exceptions(to.count)}: ${to.type}`,
    withdrawn: (to: { by: string; count: number; type: string }) =>
      `${exceptions(to.count)} no longer offered to you: ${to.type}`,
    taken: (to: { by: string; count: number; type: string }) =>
      `${to.by} took over ${exceptions(to.count)}: ${to.type}`,
    declined: (to: { by: string; count: number; type: string }) =>
      `${to.by} declined ${exceptions(to.count)}: ${to.type}`,
    done: (to: { by: string; count: number; type: string }) =>
      `What you asked for is done: ${exceptions(to.count)}, ${to.type}`,
    withdrawnBody: (by: string) => `${by} resolved them before you answered.`,
    doneBody: 'It was interrupted and went on by itself.',
    refused: 'Not changed',
    atStake: 'At stake',
    answerUntil: 'Answer until',
  },
  offerOver: 'This offer stands no longer, or is not yours. Nothing changed; look at the group’s message.',
  groupGone:
    'This group does not exist here any more. Nothing changed; use the newest message of the channel.',
};
