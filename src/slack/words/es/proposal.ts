import type { Catalogue } from '../catalogue.ts';

export const proposal: Catalogue['proposal'] = {
  kinds: {
    adjustment: 'asiento de ajuste',
    write_off: 'baja contable',
    reversal: 'anulación de un asiento',
    release: 'liberación de un pago',
  },
  titles: {
    open: (what) => `Hace falta aprobación: ${what}`,
    approved: (what) => `Aprobado: ${what}`,
    rejected: (what) => `Denegado: ${what}`,
    withdrawn: (what) => `Retirado: ${what}`,
    lapsed: (what) => `No se decidió a tiempo: ${what}`,
  },
  ask: (by) =>
    `${by} no puede decidirlo a solas. Otra persona de finanzas, o un responsable de operaciones, lo aprueba o lo deniega.`,
  done: {
    adjustment: 'La incidencia está resuelta, y su asiento va al libro mayor.',
    write_off: 'La incidencia está resuelta, y su baja va al libro mayor.',
    reversal: 'El asiento queda anulado por uno nuevo.',
    release: 'El pago puede salir. La incidencia sigue abierta.',
  },
  nothing: 'No se contabilizó ni se liberó nada.',
  labels: {
    what: 'Qué',
    by: 'Propuesto por',
    reason: 'Motivo',
    period: 'Corresponde al mes',
    client: 'Cliente',
    order: 'Pedido',
    payee: 'Beneficiario',
    evidence: 'Justificante',
    note: 'Nota',
    until: 'Decidir antes del',
    decided: 'Decidido',
    why: 'Por qué',
  },
  clock: 'nadie, el plazo había pasado',
  decided: ({ who, at }) => `${who}, ${at}`,
  release: {
    button: 'Liberar el pago',
    title: (label) => `Liberar ${label}`,
    askedTitle: 'Solicitado',
    asked: ({ label, until }) =>
      `Ha solicitado liberar ${label}. Otra persona de finanzas, o un responsable de operaciones, puede decidir hasta el ${until}; lo sabrá aquí, en Slack. El pago sigue retenido hasta entonces.`,
    submit: 'Solicitar',
    text: 'El pago sale aunque la incidencia siga abierta. Usted lo solicita; otra persona de finanzas, o un responsable de operaciones, decide.',
    reason: 'Motivo',
    chooseReason: 'Elija un motivo',
    note: 'Nota',
    noteHint: 'Qué se acordó y con quién.',
    evidence: 'Justificante',
    evidenceHint: 'La dirección del documento que lo muestra.',
  },
  reasons: {
    agreed_with_payee: 'Acordado con el beneficiario',
    difference_explained: 'La diferencia está explicada',
    paid_in_part: 'Pagado solo en parte',
    other: 'Otra cosa',
  },
  approved: 'Está aprobado y hecho.',
};
