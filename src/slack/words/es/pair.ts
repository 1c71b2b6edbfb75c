import type { Catalogue } from '../catalogue.ts';

export const pair: Catalogue['pair'] = {
  buttons: {
    match: 'Emparejar a mano',
    unmatch: 'Separar',
    never: 'Nunca juntos',
    lift: 'Permitir de nuevo',
  },
  match: {
    title: (label) => `Emparejar ${label}`,
    submit: 'Siguiente',
    candidates: '¿Qué documentos van con ella?',
    candidatesHint: 'Elija uno, o varios que vayan juntos. No se hace nada antes de confirmar.',
    near: 'también sin pareja, y cercano',
    search: 'Otro documento',
    onlySearch: '¿Qué documento va con ella?',
    searchHint: 'Escriba su referencia, o la de su pedido.',
    chooseSearch: 'Escriba una referencia',
    isMatched: 'emparejado ahora con otro documento',
  },
  confirm: {
    title: (label) => `Confirmar ${label}`,
    submit: 'Emparejar',
    together: 'Estos van juntos desde ahora',
    ends: (refs) => `Esto saca ${refs} de otro emparejamiento.`,
    fits: 'Las reglas no objetan nada, así que la incidencia se resuelve con el motivo.',
    differs: (difference) => `Difieren en ${difference}.`,
    raises: ({ type, severity }) => `Las reglas señalan: ${type} (${severity}).`,
    code: '¿Por qué van juntos?',
    residual: '¿Qué pasa con lo que aún difiere?',
    stays: 'Sigue abierta, con su responsable',
    explained: 'El motivo lo resuelve',
  },
  unmatch: {
    title: (label) => `Separar ${label}`,
    submit: 'Separar',
    matched: 'Emparejados ahora entre sí',
    reasonHint: 'Ninguna máquina los empareja de nuevo mientras contengan lo que contienen ahora.',
  },
  never: {
    title: 'Nunca juntos',
    submit: 'Mantener separados',
    which: '¿Qué documentos no van nunca con ella?',
    reasonHint: 'Vale contengan lo que contengan, hasta que alguien lo permita de nuevo.',
  },
  lift: {
    title: 'Permitir de nuevo',
    submit: 'Permitir',
    which: '¿Cuáles pueden emparejarse de nuevo?',
    reasonHint: 'La próxima ejecución puede emparejarlos.',
    nothing: 'Nada se mantiene separado de los documentos de esta incidencia.',
  },
  done: {
    title: 'Hecho',
    is: ({ label, status }) => `${label} está ahora ${status}.`,
    also: {
      open: (label) => `${label} se abrió.`,
      update: (label) => `${label} se puso al día.`,
      reopen: (label) => `${label} se reabrió.`,
      clear: (label) => `${label} quedó despejada.`,
    },
  },
};
