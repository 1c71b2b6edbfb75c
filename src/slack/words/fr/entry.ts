import type { Catalogue } from '../catalogue.ts';

export const entry: Catalogue['entry'] = {
  title: 'Écritures de correction et passages en perte',
  none: 'Rien de ce que vous pouvez voir n’attend une deuxième personne ni n’est comptabilisé.',
  noMatch: ({ typed, near }) =>
    `Rien de ce que vous pouvez voir ne correspond à « ${typed} »${near === undefined ? '. /recon adjustments seul montre tout.' : ` ; vouliez-vous dire « ${near} » ?`}`,
  sums: {
    waiting: ({ count, money }) => `${count} en attente d’une deuxième personne, ${money}`,
    booked: ({ count, money }) => `${count} ${count === 1 ? 'comptabilisée' : 'comptabilisées'}, ${money}`,
  },
  heads: { waiting: 'En attente d’une deuxième personne', booked: 'Comptabilisé, le plus récent d’abord' },
  reversalOf: (label) => `contre-passation de ${label}`,
  askedBy: ({ by, at }) => `demandé par ${by}, ${at}`,
  decideUntil: (at) => `à décider avant le ${at}`,
  madeBy: ({ by, at }) => `par ${by}, ${at}`,
  approvedBy: (by) => `approuvé par ${by}`,
  bookedTo: (month) => `comptabilisé sur ${month}`,
  belongsTo: (month) => `relève de ${month}`,
  reversedBy: (label) => `contre-passé par ${label}`,
  hint: 'Ce qui attend est approuvé ou rejeté par une autre personne : sur le message qui le demande, ou avec /recon show EX-n. Ce qui est comptabilisé n’est jamais modifié, seulement contre-passé.',
};
