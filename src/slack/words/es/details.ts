import type { Catalogue } from '../catalogue.ts';

export const details: Catalogue['details'] = {
  title: (label) => `${label}: detalles`,
  sides: { expected: 'Lado esperado', actual: 'Lado real' },
  noDocument: 'ningún documento',
  documents: (count) => `${count} ${count === 1 ? 'documento' : 'documentos'}`,
  level: (level) => `nivel ${level}`,
  expected: (value) => `esperado ${value}`,
  actual: (value) => `real ${value}`,
  cameFrom: ({ feed, delivery, line }) => `${feed}, ${delivery} línea ${line}`,
  history: 'Historial',
  page: (shown, pages) => `Página ${shown} de ${pages}`,
  previousPage: 'Página anterior',
  nextPage: 'Página siguiente',
};
