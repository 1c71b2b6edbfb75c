import type { Catalogue } from '../catalogue.ts';

export const notice: Catalogue['notice'] = {
  escalated: (what, target) => `${what} a été escaladé vers ${target}`,
  escalatedBy: 'Escaladé par',
  somebody: 'quelqu’un',
  offered: (what) => `${what} vous est proposé`,
  offeredOnce: (what) => `${what} vous a été proposé`,
  ended: {
    accepted: 'Accepté',
    declined: 'Décliné',
    lapsed: 'Sans réponse à temps',
    withdrawn: 'Retiré',
  },
  answerUntil: 'Réponse avant',
  taken_over: (what, by) => `${what} a été repris par ${by}`,
  assigned: (what) => `${what} vous a été confié par la réunion de triage`,
  declined: (what, by) => `${what} a été décliné par ${by}`,
  offer_lapsed: (what) => `${what} n’a pas été repris à temps`,
  lapsedBody: (from, to) =>
    `${from} l’a proposé à ${to}, et le délai de réponse est passé. Son responsable le garde.`,
  offer_withdrawn: (what) => `${what} ne vous est plus proposé`,
  withdrawnBecause: {
    assigned: 'La réunion de triage l’a confié à quelqu’un d’autre avant votre réponse.',
    given_back: 'Il a été rendu à son équipe avant votre réponse.',
    resolved: 'Il a été résolu avant votre réponse.',
  },
  approved: (what, by) => `${what} a été approuvé par ${by}`,
  approvedBody: 'Il est résolu, et son écriture va dans la comptabilité.',
  rejected: (what, by) => `${what} a été rejeté par ${by}`,
  proposal_lapsed: (what) => `${what} n’a pas été décidé à temps`,
  proposalLapsedBody:
    'La demande est caduque et rien n’a été comptabilisé. L’écart est de nouveau pris en charge : refaites la demande si elle tient toujours.',
  wait_over: (what) => `${what} n’attend plus`,
  waitedFor: (note) => `Il attendait : ${note}`,
  nobodyOf: (team) => `personne (équipe ${team})`,
  settled: (count) => `${count} réglés par une règle`,
  settledSum: (count, total) => `${count} réglés par une règle, ${total} en tout`,
  checks: {
    title: (reconciliation) => `${reconciliation} : moins d’enregistrements se retrouvent qu’attendu`,
    body: 'Rien n’a été annulé. Vérifiez d’abord s’il manque une livraison, si elle est tronquée, ou si une source écrit ses références autrement qu’avant.',
    names: {
      match_rate: 'Rapprochés de ce qui est dû',
      match_rate_drop: 'Rapprochés, par rapport à l’habitude',
    },
    found: (found, least) => `${found} ; au moins ${least} était attendu`,
  },
  settledBody: (reconciliation) => `${reconciliation} : rien à faire, sauf si l’un d’eux paraît faux.`,
  noOrder: 'Sans commande',
  bookedTo: (months) => `comptabilisé sur ${months}`,
  and: 'Et',
  more: (count) => `${count} de plus`,
  sum: (what, total) => `${what}, ${total} en tout`,
  step: {
    reminder: {
      one: (what) => `${what} arrive bientôt à échéance`,
      many: (count) => `${count} écarts arrivent bientôt à échéance`,
      body: 'Il est encore temps de résoudre, de mettre en attente ou de transmettre.',
    },
    unclaimed: {
      one: (what) => `${what} n’a pas été pris en charge à temps`,
      many: (count) => `${count} écarts n’ont pas été pris en charge à temps`,
      body: 'Quelqu’un de l’équipe devrait s’en charger, ou le responsable de l’équipe désigner quelqu’un.',
    },
    breach: {
      one: (what) => `${what} n’a pas été résolu à temps`,
      many: (count) => `${count} écarts n’ont pas été résolus à temps`,
      body: 'Le niveau a été relevé. Le responsable et le statut restent.',
    },
    escalation: {
      one: (what) => `${what} n’est toujours pas résolu`,
      many: (count) => `${count} écarts ne sont toujours pas résolus`,
      body: 'Le niveau a été relevé encore une fois. Le responsable et le statut restent.',
    },
    stale: {
      one: (what) => `${what} : rien ne s’est passé depuis la prise en charge`,
      many: (count) => `${count} écarts : rien ne s’est passé depuis la prise en charge`,
      body: 'À résoudre, à mettre en attente, à transmettre ou à rendre. Sinon, retour à l’équipe.',
    },
    released: {
      one: (what) => `${what} est retourné à son équipe`,
      many: (count) => `${count} écarts sont retournés à leur équipe`,
      body: 'Rien ne s’était passé depuis la prise en charge, malgré un rappel.',
    },
    ping_pong: {
      one: (what) => `${what} passe de main en main`,
      many: (count) => `${count} écarts passent de main en main`,
      body: 'Transmis trois fois, et toujours pas résolu. Le niveau a été relevé. Le responsable et le statut restent : décidez qui le résout, ou comment.',
    },
  },
};
