import type { PlaceTrouble } from '../../../core/place.ts';

export const delivery = {
  troubles: {
    archived: 'it is archived',
    not_member: 'the app is not in it',
    not_found: 'it does not exist, or is private and the app is not in it',
    not_allowed: 'the app may not post there',
    no_account: 'there is no such account in Slack',
  } satisfies Record<PlaceTrouble, string>,
  advice: {
    archived: 'Unarchive it, or name another channel for the team in tieout.yaml.',
    not_member: 'Invite the app there: /invite @Tieout.',
    not_found: 'Create it or invite the app, or name another channel for the team in tieout.yaml.',
    not_allowed: 'Let the app post there, or name another channel for the team in tieout.yaml.',
    no_account: 'Correct the person in tieout.yaml.',
  } satisfies Record<PlaceTrouble, string>,
  standsHere: (channel: string, trouble: string): string =>
    `${channel} takes no messages: ${trouble}. So this is posted here until it does.`,
  movedTo: (label: string, place: string): string => `${label} has moved to ${place}.`,
  movedToPerson: (label: string): string => `${label} has moved to a direct message.`,
  thisCard: 'This card',
  deletedLine: 'The card was deleted in Slack, so here it is again.',
  replacedLine:
    'Slack did not let the app change the card where it stood, so here it is anew. If the old one is still there, it is out of date.',
  movedLine: (from: string): string => `The card was in ${from} before.`,
  movedLineBecause: (from: string, trouble: string): string =>
    `The card was in ${from} before; there, ${trouble}.`,
  lostTitle: (team: string): string => `The channel of ${team} takes no messages`,
  lostBody: (channel: string, trouble: string): string => `${channel}: ${trouble}.`,
  lostStandIn: 'Until then its cards are posted in the next place that works. They go back by themselves.',
  lostNowhere:
    'Until then its cards are kept back. The exceptions are on the record: see "tieout exceptions".',
  backTitle: (team: string): string => `The channel of ${team} takes messages again`,
  backBody: (channel: string): string =>
    `${channel}: the cards that were posted elsewhere go back there now.`,
  leftTitle: (name: string): string => `${name} has left`,
  leftBody: (given: number): string =>
    `${given === 1 ? '1 exception was given back to its team' : `${given} exceptions were given back to their teams`}. Claim what cannot wait.`,
  rehomedTitle: (count: number, team: string): string =>
    `${count === 1 ? '1 exception now belongs' : `${count} exceptions now belong`} to ${team}`,
  rehomedBody: 'The ownership matrix has changed. Due times stay as they were, and so do owners.',
  rehomedYours:
    'The ownership matrix has changed. You had claimed them and stay their owner: hand over what is no longer for you.',
};
