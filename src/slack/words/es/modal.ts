import type { Catalogue } from '../catalogue.ts';

export const modal: Catalogue['modal'] = {
  close: 'Cerrar',
  cancel: 'Cancelar',
  why: '¿Por qué?',
  note: 'Nota',
  neededFor: (codes, otherwise) =>
    `Hay que rellenarlo para ${codes}; si no, puede quedar vacío. ${otherwise}`,
  resolve: {
    title: (label) => `Resolver ${label}`,
    plainTitle: 'Resolver',
    submit: 'Resolver',
    noCode: (type) =>
      `No hay ningún código de resolución configurado para ${type}. Pida a un administrador que añada uno en resolution_codes de tieout.yaml.`,
    code: '¿Cómo se arregló?',
    chooseCode: 'Elija un código',
    noteHint: 'Qué se acordó y con quién.',
    amount: (currency) => `Importe en ${currency}`,
    amountHint: 'Con la forma 1234.50. Ya contiene la diferencia.',
    reason: 'Motivo',
    chooseReason: 'Elija un motivo',
    reasonHint: 'Por qué se contabiliza, tal como lo pide la contabilidad.',
    period: 'Pertenece al mes',
    periodHint:
      'El mes del que se trata. Si está cerrado, se contabiliza en el siguiente abierto y se nombra este.',
    limitHint: (most) => `Hasta ${most} lo contabiliza usted; por encima, lo aprueba otra persona.`,
    evidence: 'Justificante',
    evidenceHint: 'La dirección del documento que lo muestra.',
  },
  reject: {
    title: (label) => `Denegar ${label}`,
    submit: 'Denegar',
    reasonHint: 'Se avisa a quien lo propuso, y lo tiene de nuevo.',
  },
  escalate: {
    title: (label) => `Escalar ${label}`,
    submit: 'Escalar',
    teams: 'Equipos',
    people: 'Personas',
    target: '¿Quién debe saberlo?',
    chooseTarget: 'Elija un equipo o una persona',
    targetHint: 'Se avisa de inmediato. Quien la asumió sigue siendo responsable.',
    reasonHint: 'Qué está parado y qué necesita usted.',
  },
  handOver: {
    title: (label) => `Traspasar ${label}`,
    plainTitle: 'Traspasar',
    submit: 'Ofrecer',
    nobody:
      'No hay nadie más en ningún equipo. Pida a un administrador que añada personas a un equipo en tieout.yaml.',
    otherTeams: 'Otros equipos',
    person: '¿A quién?',
    choosePerson: 'Elija a una persona',
    personHint:
      'Se le pregunta de inmediato. Hasta que acepte, la conserva su responsable. Vence cuando vencía antes.',
    note: '¿Qué necesita saber?',
  },
  decline: {
    title: (label) => `Rechazar ${label}`,
    submit: 'Rechazar',
    reasonHint: 'Se avisa a quien la ofreció.',
  },
  wait: {
    title: (label) => `Aplazar ${label}`,
    submit: 'Aplazar',
    until: '¿Hasta qué día?',
    chooseDay: 'Elija un día',
    untilHint: 'Ese día vuelve a su responsable. Vence cuando vencía antes: el plazo sigue corriendo.',
    untilHintPaused: 'Ese día vuelve a su responsable. Hasta entonces el plazo prometido se detiene.',
    note: '¿Qué espera?',
  },
  reopen: {
    title: (label) => `Reabrir ${label}`,
    submit: 'Reabrir',
    reasonHint: 'Quedará abierta, en su equipo y sin responsable, y con un plazo nuevo.',
  },
};
