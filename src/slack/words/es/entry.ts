import type { Catalogue } from '../catalogue.ts';

export const entry: Catalogue['entry'] = {
  title: 'Asientos de ajuste y bajas contables',
  none: 'Nada de lo que usted puede ver espera a una segunda persona ni está contabilizado.',
  noMatch: ({ typed, near }) =>
    `Nada de lo que usted puede ver coincide con «${typed}»${near === undefined ? '. /recon adjustments solo lo muestra todo.' : `; ¿quiso decir «${near}»?`}`,
  sums: {
    waiting: ({ count, money }) => `${count} a la espera de una segunda persona, ${money}`,
    booked: ({ count, money }) => `${count} ${count === 1 ? 'contabilizado' : 'contabilizados'}, ${money}`,
  },
  heads: { waiting: 'A la espera de una segunda persona', booked: 'Contabilizado, lo más reciente primero' },
  reversalOf: (label) => `anulación de ${label}`,
  askedBy: ({ by, at }) => `propuesto por ${by}, ${at}`,
  decideUntil: (at) => `decidir antes del ${at}`,
  madeBy: ({ by, at }) => `por ${by}, ${at}`,
  approvedBy: (by) => `aprobado por ${by}`,
  bookedTo: (month) => `contabilizado en ${month}`,
  belongsTo: (month) => `corresponde a ${month}`,
  reversedBy: (label) => `anulado por ${label}`,
  hint: 'Lo que espera lo aprueba o lo deniega otra persona: en el mensaje que lo pide, o con /recon show EX-n. Lo contabilizado nunca se cambia, solo se anula.',
};
