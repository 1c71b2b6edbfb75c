import type { Catalogue } from '../catalogue.ts';

export const notice: Catalogue['notice'] = {
  escalated: (what, target) => `${what} se escaló a ${target}`,
  escalatedBy: 'Escalada por',
  somebody: 'alguien',
  offered: (what) => `${what} se le ofrece a usted`,
  answerUntil: 'Responder hasta',
  taken_over: (what, by) => `${what} pasó a ${by}`,
  declined: (what, by) => `${what}: traspaso rechazado por ${by}`,
  offer_lapsed: (what) => `${what} no se aceptó a tiempo`,
  lapsedBody: (from, to) =>
    `${from} la ofreció a ${to}, y el plazo para responder ha terminado. La conserva su responsable.`,
  offer_withdrawn: (what) => `${what} ya no se le ofrece a usted`,
  withdrawnBecause: {
    given_back: 'Se devolvió a su equipo antes de que usted respondiera.',
    resolved: 'Se resolvió antes de que usted respondiera.',
  },
  wait_over: (what) => `${what} ya no espera`,
  waitedFor: (note) => `Esperaba: ${note}`,
  nobodyOf: (team) => `nadie (equipo ${team})`,
  settled: (count) => `${count} arregladas por una regla`,
  settledSum: (count, total) => `${count} arregladas por una regla, ${total} en total`,
  settledBody: (reconciliation) => `${reconciliation}: nada que hacer, salvo que alguna parezca errónea.`,
  noOrder: 'Sin pedido',
  bookedTo: (months) => `imputado a ${months}`,
  and: 'Y',
  more: (count) => `${count} más`,
};
