import type { Catalogue } from '../catalogue.ts';

export const modal: Catalogue['modal'] = {
  close: 'Fermer',
  cancel: 'Annuler',
  why: 'Pourquoi ?',
  note: 'Note',
  neededFor: (codes, otherwise) => `Nécessaire pour ${codes}. ${otherwise}`,
  resolve: {
    title: (label) => `Résoudre ${label}`,
    plainTitle: 'Résoudre',
    submit: 'Résoudre',
    noCode: (type) =>
      `Aucun code de résolution n’est configuré pour ${type}. Demandez à un administrateur d’en ajouter un sous resolution_codes dans tieout.yaml.`,
    code: 'Comment a-t-il été réglé ?',
    chooseCode: 'Choisissez un code',
    noteHint: 'Ce qui a été convenu, et avec qui.',
    amount: (currency) => `Montant en ${currency}`,
    amountHint: 'Sous la forme 1234.50. Prérempli avec la différence.',
    evidence: 'Justificatif',
    evidenceHint: 'L’adresse du document qui le montre.',
  },
  escalate: {
    title: (label) => `Escalader ${label}`,
    submit: 'Escalader',
    teams: 'Équipes',
    people: 'Personnes',
    target: 'Qui doit le savoir ?',
    chooseTarget: 'Une équipe ou une personne',
    targetHint: 'L’information part aussitôt. Qui l’a pris en charge en reste responsable.',
    reasonHint: 'Ce qui bloque, et ce dont vous avez besoin.',
  },
  handOver: {
    title: (label) => `Transmettre ${label}`,
    plainTitle: 'Transmettre',
    submit: 'Proposer',
    nobody:
      'Il n’y a personne d’autre dans aucune équipe. Demandez à un administrateur d’ajouter des personnes à une équipe dans tieout.yaml.',
    otherTeams: 'Autres équipes',
    person: 'À qui ?',
    choosePerson: 'Choisissez une personne',
    personHint:
      'La demande part aussitôt. Jusqu’à l’acceptation, le responsable le garde. L’échéance reste la même.',
    note: 'Que doit savoir cette personne ?',
  },
  decline: {
    title: (label) => `Décliner ${label}`,
    submit: 'Décliner',
    reasonHint: 'La personne qui l’a proposé en est informée.',
  },
  wait: {
    title: (label) => `Suspendre ${label}`,
    submit: 'Mettre en attente',
    until: 'Jusqu’à quel jour ?',
    chooseDay: 'Choisissez un jour',
    untilHint: 'Il revient à son responsable ce jour-là. L’échéance reste la même : le temps court.',
    untilHintPaused: 'Il revient à son responsable ce jour-là. D’ici là, le délai promis est suspendu.',
    note: 'Qu’attend-il ?',
  },
  reopen: {
    title: (label) => `Rouvrir ${label}`,
    submit: 'Rouvrir',
    reasonHint: 'Il sera ouvert, à son équipe, sans responsable, avec une nouvelle échéance.',
  },
};
