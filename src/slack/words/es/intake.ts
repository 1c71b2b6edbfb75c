import type { Catalogue } from '../catalogue.ts';

export const intake: Catalogue['intake'] = {
  titles: {
    held: (feed) => `${feed}: una entrega espera su decisión`,
    released: (feed) => `${feed}: se está leyendo una entrega`,
    accepted: (feed) => `${feed}: una entrega no es como siempre`,
    partly: (feed) => `${feed}: filas de una entrega se quedaron fuera`,
    taken: (feed) => `${feed}: la entrega se leyó`,
    quarantined: (feed) => `${feed}: una entrega se quedó fuera`,
    rejected: (feed) => `${feed}: la entrega se rechazó`,
  },
  bodies: {
    held: 'Nada de ella se compara con nada hasta que alguien decida.',
    released: 'Sus filas serán registros en un minuto. La próxima ejecución las compara.',
    accepted: 'Sus filas se leyeron.',
    partly:
      'Las demás filas se leyeron. Haga que estas se entreguen de nuevo cuando la fuente esté corregida, o corrija el contrato y léalas de ' +
      'nuevo con «tieout quarantine replay». «tieout quarantine» las enumera.',
    taken: 'Sus filas ya son registros, en la medida en que cumplen el contrato.',
    quarantined:
      'No se leyó nada de ella. Lo que se conserva puede leerse de nuevo cuando el contrato o la fuente estén corregidos.',
    rejected: 'No se leyó nada de ella.',
  },
  keptOut: (to) => `${to.rows} de ${to.of} filas se quedaron fuera (${to.why}).`,
  firstOut: (to) => `La primera es la línea ${to.line}: ${to.detail}`,
  labels: { delivery: 'Entrega', rows: 'Filas', received: 'Recibida', sums: 'Sumas', decided: 'Decisión' },
  findings: {
    column_added: (to) => `La columna «${to.column}» es nueva. No se leyó.`,
    column_removed: (to) => `La columna «${to.column}» ya no está, y ${to.fields} la necesita.`,
    column_unread: (to) => `La columna «${to.column}» ya no está. Nada la necesita.`,
    column_retyped: (to) =>
      `La columna «${to.column}» tiene valores de otra clase, y ${to.fields} la necesita.`,
    field_unreadable: (to) => `${to.field} no se puede leer en ${to.rows} de ${to.of} filas.`,
    key_removed: (to) =>
      `La columna «${to.column}» de la clave ya no está, así que los registros no se distinguen.`,
    key_retyped: (to) =>
      `La columna «${to.column}» de la clave tiene valores de otra clase, así que los registros no se distinguen.`,
    key_not_unique: (to) => `${to.rows} de ${to.of} filas comparten su clave (${to.key}) con otra.`,
    contract_key_changed: (to) =>
      `La clave del contrato era ${to.from} y ahora es ${to.to}. Los registros de la antigua quedarían junto a los nuevos.`,
    blanks: (to) =>
      `La columna «${to.column}» está vacía en el ${to.now} % de las filas, normalmente en el ${to.usual} %.`,
    new_words: (to) => `La columna «${to.column}» tiene palabras que nunca hubo: ${to.words}.`,
    volume: (to) => `${to.now} filas, cuando lo normal son ${to.usual}.`,
    value: (to) => `${to.now} en total, cuando lo normal es ${to.usual}.`,
    empty: (to) => `Ninguna fila, cuando lo normal son ${to.usual}. Pregunte a la fuente si es correcto.`,
  },
  buttons: { accept: 'Aceptar', release: 'Liberar', hold: 'Retener', reject: 'Rechazar' },
  forms: {
    release: {
      title: 'Leer la entrega',
      submit: 'Leer',
      text: 'Sus filas serán registros, en la medida en que cumplen el contrato.',
    },
    reject: {
      title: 'Rechazar la entrega',
      submit: 'Rechazar',
      text: 'Sus filas se quedan fuera. Pida a la fuente una entrega correcta.',
    },
    hold: {
      title: 'Dejarla en espera',
      submit: 'Dejar en espera',
      text: 'Se queda fuera, y otras entregas con un cambio así esperan también, hasta que alguien acepte una.',
    },
  },
  code: 'Motivo',
  chooseCode: 'Elegir un motivo',
  note: 'Nota',
  noteHint: 'Necesaria con «otra cosa».',
  codes: {
    expected_change: 'Esperábamos este cambio',
    source_confirmed: 'La fuente lo confirmó',
    seasonal: 'Normal en esta temporada',
    catching_up: 'Recupera días que faltaban',
    source_error: 'La fuente se equivocó',
    wrong_file: 'Es el archivo equivocado',
    incomplete: 'No está completa',
    delivered_twice: 'Ya se había entregado',
    asking_source: 'Pregunto a la fuente',
    mending_contract: 'Corregimos el contrato',
    read_again: 'Leída de nuevo con un contrato corregido',
    other: 'Otra cosa',
  },
  decided: {
    release: (to) => `Leída por ${to.who}, ${to.at}: ${to.why}`,
    reject: (to) => `Rechazada por ${to.who}, ${to.at}: ${to.why}`,
    hold: (to) => `Retenida por ${to.who}, ${to.at}: ${to.why}`,
  },
  operator: 'quien opera el servicio',
  refusals: {
    delivery_unknown: 'No existe esa entrega.',
    not_waiting: {
      accepted: 'Ya se leyó.',
      quarantined: 'Se quedó fuera y no espera.',
      held: 'Ya está en espera.',
      released: (to) => `${to.who} la liberó, ${to.at}.`,
      rejected: (to) => `${to.who} la rechazó, ${to.at}.`,
    },
    may_not_decide:
      'Solo puede decidir el responsable de estos datos, un responsable de operaciones o un administrador.',
    reason_unknown: 'Elija uno de los motivos.',
    note_missing: 'Diga el porqué en la nota.',
    note_long: (limit) => `Una nota tiene como máximo ${limit} caracteres.`,
    bytes_gone: 'Sus bytes no se conservaron. Pida a la fuente que la entregue de nuevo.',
    others_came: 'Después llegaron otras entregas. Pida a la fuente que la entregue de nuevo.',
  },
};
