import type { Catalogue } from '../catalogue.ts';

export const proposal: Catalogue['proposal'] = {
  kinds: {
    adjustment: 'écriture de correction',
    write_off: 'passage en perte',
    reversal: 'contre-passation d’une écriture',
    release: 'déblocage d’un paiement',
  },
  titles: {
    open: (what) => `Approbation requise : ${what}`,
    approved: (what) => `Approuvé : ${what}`,
    rejected: (what) => `Rejeté : ${what}`,
    withdrawn: (what) => `Retiré : ${what}`,
    lapsed: (what) => `Pas décidé à temps : ${what}`,
  },
  ask: (by) =>
    `${by} ne peut pas en décider seul. Une autre personne des finances, ou un responsable des opérations, approuve ou rejette.`,
  done: {
    adjustment: 'L’écart est résolu, et son écriture va au grand livre.',
    write_off: 'L’écart est résolu, et le passage en perte va au grand livre.',
    reversal: 'L’écriture est reprise par une nouvelle.',
    release: 'Le paiement peut partir. L’écart lui-même reste ouvert.',
  },
  nothing: 'Rien n’a été comptabilisé ni débloqué.',
  labels: {
    what: 'Quoi',
    by: 'Demandé par',
    reason: 'Motif',
    period: 'Relève du mois',
    client: 'Client',
    order: 'Commande',
    payee: 'Bénéficiaire',
    evidence: 'Justificatif',
    note: 'Note',
    until: 'À décider avant le',
    decided: 'Décidé',
    why: 'Pourquoi',
  },
  clock: 'personne, le délai était dépassé',
  decided: ({ who, at }) => `${who}, ${at}`,
  release: {
    button: 'Débloquer le paiement',
    title: (label) => `Débloquer ${label}`,
    askedTitle: 'Demande envoyée',
    asked: ({ label, until }) =>
      `Vous avez demandé le déblocage de ${label}. Une autre personne des finances, ou un responsable des opérations, peut décider jusqu’au ${until} ; vous l’apprendrez ici, dans Slack. Le paiement reste bloqué d’ici là.`,
    submit: 'Demander',
    text: 'Le paiement part alors que l’écart reste ouvert. Vous le demandez ; une autre personne des finances, ou un responsable des opérations, décide.',
    reason: 'Motif',
    chooseReason: 'Choisir un motif',
    note: 'Note',
    noteHint: 'Ce qui a été convenu, et avec qui.',
    evidence: 'Justificatif',
    evidenceHint: 'L’adresse du document qui le montre.',
  },
  reasons: {
    agreed_with_payee: 'Convenu avec le bénéficiaire',
    difference_explained: 'La différence est expliquée',
    paid_in_part: 'Payé en partie seulement',
    other: 'Autre chose',
  },
  approved: 'C’est approuvé et fait.',
};
