import type { Catalogue } from '../catalogue.ts';

export const answers: Catalogue['answers'] = {
  loadingTitle: 'Un instant',
  loading: 'Chargement… Ce formulaire se remplit tout seul.',
  reference: (reference) => `Référence ${reference}.`,
  shortcutUnknown:
    'Ce raccourci n’existe plus ici. Pour conserver un message, choisissez « Keep as note » dans son menu.',
  formUnknown:
    'Ce formulaire n’est plus le mien, rien n’a donc été modifié. Fermez-le et cliquez à nouveau sur la carte la plus récente.',
};
