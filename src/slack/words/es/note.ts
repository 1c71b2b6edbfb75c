import type { Catalogue } from '../catalogue.ts';

export const note: Catalogue['note'] = {
  kept: (label) => `Guardado como nota en ${label}. Se encuentra en Detalles.`,
  keptBefore: (label) => `Este mensaje ya es una nota en ${label}; no ha cambiado nada.`,
  empty:
    'No hay nada que guardar. Escriba la nota después de la mención, o elija «Keep as note» en el menú de un mensaje con texto.',
  tooLong: (limit) =>
    `Una nota admite como máximo ${limit} caracteres, así que no se guardó nada. Envíela en dos mensajes.`,
  elsewhere:
    'Aquí no sé a qué incidencia se refiere. Mencióneme en el hilo de su tarjeta, o elija «Keep as note» en el menú de su mensaje.',
  whichOfGroup:
    'Este hilo trata de muchas incidencias. Mencióneme de nuevo con el número de la que quiere decir, por ejemplo EX-1042.',
  notOfGroup: (label) =>
    `${label} no pertenece a este hilo, así que no se guardó nada. Busque su número en la lista del grupo y mencióneme de nuevo.`,
  ownMessage:
    'Este mensaje es mío y ya está registrado. Elija «Keep as note» en un mensaje que haya escrito alguien.',
  title: 'Guardar como nota',
  submit: 'Guardar',
  cancel: 'Cancelar',
  which: '¿En qué incidencia?',
  whichHint: 'Busque por número, cliente o pedido.',
  choose: 'Elegir una incidencia',
  text: 'Nota',
  writtenBy: (name) => `Escrito por ${name}`,
  unknownException: 'Elija una de las incidencias que ofrece la búsqueda.',
  expired: 'Slack tardó demasiado, así que el formulario no pudo abrirse. Elija «Keep as note» de nuevo.',
};
