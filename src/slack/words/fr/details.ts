import type { Catalogue } from '../catalogue.ts';

export const details: Catalogue['details'] = {
  title: (label) => `${label} : détails`,
  sides: { expected: 'Côté attendu', actual: 'Côté réel' },
  noDocument: 'aucun document',
  documents: (count) => `${count} ${count === 1 ? 'document' : 'documents'}`,
  level: (level) => `niveau ${level}`,
  expected: (value) => `attendu ${value}`,
  actual: (value) => `réel ${value}`,
  cameFrom: ({ feed, delivery, line }) => `${feed}, ${delivery} ligne ${line}`,
  history: 'Historique',
  page: (shown, pages) => `Page ${shown} sur ${pages}`,
  previousPage: 'Page précédente',
  nextPage: 'Page suivante',
};
