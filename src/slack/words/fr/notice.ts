import type { Catalogue } from '../catalogue.ts';

export const notice: Catalogue['notice'] = {
  escalated: (what, target) => `${what} a été escaladé vers ${target}`,
  escalatedBy: 'Escaladé par',
  somebody: 'quelqu’un',
  offered: (what) => `${what} vous est proposé`,
  answerUntil: 'Réponse avant',
  taken_over: (what, by) => `${what} a été repris par ${by}`,
  declined: (what, by) => `${what} a été décliné par ${by}`,
  offer_lapsed: (what) => `${what} n’a pas été repris à temps`,
  lapsedBody: (from, to) =>
    `${from} l’a proposé à ${to}, et le délai de réponse est passé. Son responsable le garde.`,
  offer_withdrawn: (what) => `${what} ne vous est plus proposé`,
  withdrawnBecause: {
    given_back: 'Il a été rendu à son équipe avant votre réponse.',
    resolved: 'Il a été résolu avant votre réponse.',
  },
  wait_over: (what) => `${what} n’attend plus`,
  waitedFor: (note) => `Il attendait : ${note}`,
  nobodyOf: (team) => `personne (équipe ${team})`,
  settled: (count) => `${count} réglés par une règle`,
  settledSum: (count, total) => `${count} réglés par une règle, ${total} en tout`,
  settledBody: (reconciliation) => `${reconciliation} : rien à faire, sauf si l’un d’eux paraît faux.`,
  noOrder: 'Sans commande',
  bookedTo: (months) => `comptabilisé sur ${months}`,
  and: 'Et',
  more: (count) => `${count} de plus`,
};
