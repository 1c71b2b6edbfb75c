import type { Catalogue } from '../catalogue.ts';

export const pair: Catalogue['pair'] = {
  buttons: {
    match: 'Rapprocher à la main',
    unmatch: 'Séparer',
    never: 'Jamais ensemble',
    lift: 'Permettre de nouveau',
  },
  match: {
    title: (label) => `Rapprocher ${label}`,
    submit: 'Suivant',
    candidates: 'Quels documents vont avec lui ?',
    candidatesHint: 'Choisissez-en un, ou plusieurs qui vont ensemble. Rien n’est fait avant confirmation.',
    near: 'sans vis-à-vis lui aussi, et proche',
    search: 'Un autre document',
    onlySearch: 'Quel document va avec lui ?',
    searchHint: 'Saisissez sa référence, ou celle de sa commande.',
    chooseSearch: 'Saisir une référence',
    isMatched: 'rapproché d’un autre document en ce moment',
  },
  confirm: {
    title: (label) => `Confirmer ${label}`,
    submit: 'Rapprocher',
    together: 'Ceux-ci vont ensemble désormais',
    ends: (refs) => `Cela retire ${refs} d’un autre rapprochement.`,
    fits: 'Les règles n’ont rien à redire ; l’écart est donc résolu avec ce motif.',
    differs: (difference) => `Ils diffèrent de ${difference}.`,
    raises: ({ type, severity }) => `Les règles relèvent : ${type} (${severity}).`,
    code: 'Pourquoi vont-ils ensemble ?',
    residual: 'Que devient ce qui diffère encore ?',
    stays: 'Il reste ouvert, à son responsable',
    explained: 'Le motif le règle',
  },
  unmatch: {
    title: (label) => `Séparer ${label}`,
    submit: 'Séparer',
    matched: 'Rapprochés l’un de l’autre en ce moment',
    reasonHint: 'Aucune machine ne les rapproche tant qu’ils contiennent ce qu’ils contiennent.',
  },
  never: {
    title: 'Jamais ensemble',
    submit: 'Tenir séparés',
    which: 'Quels documents ne vont jamais avec lui ?',
    reasonHint: 'Cela vaut quoi qu’ils contiennent, jusqu’à ce que quelqu’un le permette de nouveau.',
  },
  lift: {
    title: 'Permettre de nouveau',
    submit: 'Permettre',
    which: 'Lesquels peuvent de nouveau être rapprochés ?',
    reasonHint: 'La prochaine exécution peut les rapprocher.',
    nothing: 'Rien n’est tenu séparé des documents de cet écart.',
  },
  done: {
    title: 'C’est fait',
    is: ({ label, status }) => `${label} est maintenant ${status}.`,
    also: {
      open: (label) => `${label} a été ouvert.`,
      update: (label) => `${label} a été mis à jour.`,
      reopen: (label) => `${label} a été rouvert.`,
      clear: (label) => `${label} a été levé.`,
    },
  },
};
