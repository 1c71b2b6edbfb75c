import type { Catalogue } from '../catalogue.ts';

export const entry: Catalogue['entry'] = {
  title: 'Korrekturbuchungen und Ausbuchungen',
  none: 'Nichts, was Sie sehen können, wartet auf eine zweite Person oder ist gebucht.',
  noMatch: ({ typed, near }) =>
    `Nichts, was Sie sehen können, passt zu „${typed}“${near === undefined ? '. /recon adjustments allein zeigt alles.' : `; meinten Sie „${near}“?`}`,
  sums: {
    waiting: ({ count, money }) =>
      `${count} ${count === 1 ? 'wartet' : 'warten'} auf eine zweite Person, ${money}`,
    booked: ({ count, money }) => `${count} gebucht, ${money}`,
  },
  heads: { waiting: 'Wartet auf eine zweite Person', booked: 'Gebucht, das Neueste zuerst' },
  reversalOf: (label) => `Storno von ${label}`,
  askedBy: ({ by, at }) => `vorgeschlagen von ${by}, ${at}`,
  decideUntil: (at) => `zu entscheiden bis ${at}`,
  madeBy: ({ by, at }) => `von ${by}, ${at}`,
  approvedBy: (by) => `freigegeben von ${by}`,
  bookedTo: (month) => `gebucht auf ${month}`,
  belongsTo: (month) => `gehört zu ${month}`,
  reversedBy: (label) => `storniert durch ${label}`,
  hint: 'Was wartet, gibt eine andere Person frei oder weist es zurück: auf der Nachricht, die danach fragt, oder mit /recon show EX-n. Gebuchtes wird nie geändert, nur storniert.',
};
