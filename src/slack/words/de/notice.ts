import type { Catalogue } from '../catalogue.ts';

export const notice: Catalogue['notice'] = {
  escalated: (what, target) => `${what} wurde an ${target} eskaliert`,
  escalatedBy: 'Eskaliert von',
  somebody: 'jemandem',
  offered: (what) => `${what} wird Ihnen angeboten`,
  answerUntil: 'Antwort bis',
  taken_over: (what, by) => `${what} wurde von ${by} übernommen`,
  declined: (what, by) => `${what} wurde von ${by} abgelehnt`,
  offer_lapsed: (what) => `${what} wurde nicht rechtzeitig übernommen`,
  lapsedBody: (from, to) =>
    `${from} hat ihn ${to} angeboten, und die Frist für die Antwort ist vorbei. Er bleibt bei der zuständigen Person.`,
  offer_withdrawn: (what) => `${what} wird Ihnen nicht mehr angeboten`,
  withdrawnBecause: {
    given_back: 'Er wurde an sein Team zurückgegeben, bevor Sie geantwortet haben.',
    resolved: 'Er wurde gelöst, bevor Sie geantwortet haben.',
  },
  wait_over: (what) => `${what} wartet nicht mehr`,
  waitedFor: (note) => `Er wartete auf: ${note}`,
  nobodyOf: (team) => `niemand (Team ${team})`,
  settled: (count) => `${count} durch eine Regel erledigt`,
  settledSum: (count, total) => `${count} durch eine Regel erledigt, zusammen ${total}`,
  settledBody: (reconciliation) => `${reconciliation}: nichts zu tun, außer etwas davon sieht falsch aus.`,
  noOrder: 'Kein Auftrag',
  bookedTo: (months) => `gebucht auf ${months}`,
  and: 'Und',
  more: (count) => `${count} weitere`,
};
