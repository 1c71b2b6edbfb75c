import type { Catalogue } from '../catalogue.ts';

const times = (n: number): string => (n === 1 ? 'una vez' : `${n} veces`);

export const triage: Catalogue['triage'] = {
  title: ({ page, pages }) => (pages === 1 ? 'Agenda de triaje' : `Agenda de triaje, ${page} de ${pages}`),
  meets: ({ at }) => `La reunión es ${at}.`,
  about: ({ count, money }) =>
    `${count} ${count === 1 ? 'incidencia' : 'incidencias'}, ${money}: todos los pasos previstos están dados y siguen abiertas.`,
  left: ({ undecided, count }) =>
    undecided === 0 ? 'Todo está decidido.' : `Faltan ${undecided} de ${count} por decidir.`,
  leftOver: (count) => `${count} más esperan a la próxima reunión; primero van los importes mayores.`,
  owner: 'Responsable',
  openFor: 'Abierta desde',
  tried: 'Intentado hasta ahora',
  lastSaid: 'Lo último dicho',
  proposed: 'Propuesta',
  nothingTried: 'nada',
  had: ({ count, who, ended }) =>
    `${count === 1 ? 'en manos de' : `${count} veces en manos de alguien, la última de`} ${who} (${ended ?? 'aún la tiene'})`,
  besides: {
    wait: (n) => `en espera ${times(n)}`,
    escalate: (n) => `escalada ${times(n)}`,
  },
  decisions: {
    assign: 'darla a alguien',
    write_off: 'darla de baja',
    accept: 'aceptarla como está',
    rule_change: 'cambiar la regla: varias son iguales',
  },
  buttons: {
    assign: 'Asignar',
    write_off: 'Dar de baja',
    accept: 'Aceptar',
    rule_change: 'Cambiar la regla',
  },
  outcomes: {
    assign: ({ to, by, at }) => `Asignada a ${to} por ${by}, ${at}`,
    rule_change: ({ by, at }) => `Cambio de regla pedido por ${by}, ${at}`,
    resolved: ({ code, by, at }) => `Resuelta como ${code} por ${by}, ${at}`,
    cleared: ({ at }) => `Cerrada por una ejecución, ${at}`,
    carried: ({ at }) => `Sin decidir; en la próxima agenda, ${at}`,
  },
  nobody: 'nadie',
  assignTitle: (label) => `Asignar ${label}`,
  person: 'Quién la asume',
  choosePerson: 'Elija una persona',
  note: 'Qué se espera',
  assignSubmit: 'Asignar',
  ruleTitle: (label) => `Regla para ${label}`,
  ruleNote: '¿Qué debe decir la regla?',
  ruleHint: 'Queda registrado y en el acta; quien lleva las reglas propone el cambio desde ahí.',
  ruleSubmit: 'Pedirlo',
  nobodyToTake: 'Nadie de un equipo podría asumirla. Añada personas a un equipo en la configuración.',
};
