import type { Catalogue } from '../catalogue.ts';

export const details: Catalogue['details'] = {
  title: (label) => `${label}: Details`,
  sides: { expected: 'Soll-Seite', actual: 'Ist-Seite' },
  noDocument: 'kein Dokument',
  documents: (count) => `${count} ${count === 1 ? 'Dokument' : 'Dokumente'}`,
  level: (level) => `Stufe ${level}`,
  expected: (value) => `Soll ${value}`,
  actual: (value) => `Ist ${value}`,
  cameFrom: ({ feed, delivery, line }) => `${feed}, ${delivery} Zeile ${line}`,
  history: 'Verlauf',
  page: (shown, pages) => `Seite ${shown} von ${pages}`,
  previousPage: 'Vorige Seite',
  nextPage: 'Nächste Seite',
};
