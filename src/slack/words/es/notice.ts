import type { Catalogue } from '../catalogue.ts';

export const notice: Catalogue['notice'] = {
  escalated: (what, target) => `${what} se escaló a ${target}`,
  escalatedBy: 'Escalada por',
  somebody: 'alguien',
  offered: (what) => `${what} se le ofrece a usted`,
  offeredOnce: (what) => `${what} se le ofreció a usted`,
  ended: {
    accepted: 'Aceptada',
    declined: 'Rechazada',
    lapsed: 'Sin respuesta a tiempo',
    withdrawn: 'Retirada',
  },
  answerUntil: 'Responder hasta',
  taken_over: (what, by) => `${what} pasó a ${by}`,
  assigned: (what) => `${what}: asignada a usted por la reunión de triaje`,
  declined: (what, by) => `${what}: traspaso rechazado por ${by}`,
  offer_lapsed: (what) => `${what} no se aceptó a tiempo`,
  lapsedBody: (from, to) =>
    `${from} la ofreció a ${to}, y el plazo para responder ha terminado. La conserva su responsable.`,
  offer_withdrawn: (what) => `${what} ya no se le ofrece a usted`,
  withdrawnBecause: {
    assigned: 'La reunión de triaje se la dio a otra persona antes de que usted respondiera.',
    given_back: 'Se devolvió a su equipo antes de que usted respondiera.',
    resolved: 'Se resolvió antes de que usted respondiera.',
  },
  approved: (what, by) => `${what} fue aprobada por ${by}`,
  approvedBody: 'Está resuelta, y su asiento va a la contabilidad.',
  rejected: (what, by) => `${what} fue denegada por ${by}`,
  proposal_lapsed: (what) => `${what} no se decidió a tiempo`,
  proposalLapsedBody:
    'La propuesta ha terminado y no se contabilizó nada. La incidencia vuelve a estar asumida: propóngalo de nuevo si sigue en pie.',
  wait_over: (what) => `${what} ya no espera`,
  waitedFor: (note) => `Esperaba: ${note}`,
  nobodyOf: (team) => `nadie (equipo ${team})`,
  settled: (count) => `${count} arregladas por una regla`,
  settledSum: (count, total) => `${count} arregladas por una regla, ${total} en total`,
  checks: {
    title: (reconciliation) => `${reconciliation}: se encuentran menos registros de lo debido`,
    body: 'No se deshizo nada. Mira primero si falta una entrega o está cortada, o si una fuente escribe sus referencias de otro modo que antes.',
    names: {
      match_rate: 'Conciliado de lo que corresponde',
      match_rate_drop: 'Conciliado, frente a lo habitual',
    },
    found: (found, least) => `${found}; se esperaba al menos ${least}`,
  },
  settledBody: (reconciliation) => `${reconciliation}: nada que hacer, salvo que alguna parezca errónea.`,
  noOrder: 'Sin pedido',
  bookedTo: (months) => `imputado a ${months}`,
  and: 'Y',
  more: (count) => `${count} más`,
  sum: (what, total) => `${what}, ${total} en total`,
  step: {
    reminder: {
      one: (what) => `${what} vence pronto`,
      many: (count) => `${count} incidencias vencen pronto`,
      body: 'Aún hay tiempo de resolver, dejar en espera o traspasar.',
    },
    unclaimed: {
      one: (what) => `Nadie se hizo cargo a tiempo de ${what}`,
      many: (count) => `Nadie se hizo cargo a tiempo de ${count} incidencias`,
      body: 'Alguien del equipo debería hacerse cargo, o la persona al frente del equipo encontrar a alguien.',
    },
    breach: {
      one: (what) => `${what} no se resolvió a tiempo`,
      many: (count) => `${count} incidencias no se resolvieron a tiempo`,
      body: 'Se subió el nivel. El responsable y el estado no cambian.',
    },
    escalation: {
      one: (what) => `${what} sigue sin resolverse`,
      many: (count) => `${count} incidencias siguen sin resolverse`,
      body: 'Se subió el nivel otra vez. El responsable y el estado no cambian.',
    },
    stale: {
      one: (what) => `${what}: no ha pasado nada desde que alguien se hizo cargo`,
      many: (count) => `${count} incidencias: no ha pasado nada desde que alguien se hizo cargo`,
      body: 'Por favor, resolver, dejar en espera, traspasar o devolver. Si no, vuelve al equipo.',
    },
    released: {
      one: (what) => `${what} volvió a su equipo`,
      many: (count) => `${count} incidencias volvieron a su equipo`,
      body: 'No había pasado nada desde que alguien se hizo cargo, y se le había recordado.',
    },
    ping_pong: {
      one: (what) => `${what} va de mano en mano`,
      many: (count) => `${count} incidencias van de mano en mano`,
      body: 'Se traspasó tres veces y sigue sin resolverse. Se subió su nivel. Su responsable y su estado no cambian: decida quién la resuelve, o cómo.',
    },
  },
};
