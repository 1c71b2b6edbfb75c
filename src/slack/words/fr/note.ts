import type { Catalogue } from '../catalogue.ts';

export const note: Catalogue['note'] = {
  kept: (label) => `Conservé comme note sur ${label}. Elle figure sous Détails.`,
  keptBefore: (label) => `Ce message est déjà une note sur ${label} ; rien n’a changé.`,
  empty:
    'Il n’y a rien à conserver. Écrivez la note après la mention, ou choisissez « Keep as note » dans le menu d’un message avec du texte.',
  tooLong: (limit) =>
    `Une note contient au plus ${limit} caractères, rien n’a donc été conservé. Envoyez-la en deux messages.`,
  elsewhere:
    'Ici, je ne sais pas de quel écart vous parlez. Mentionnez-moi dans le fil de sa carte, ou choisissez « Keep as note » dans le menu de votre message.',
  whichOfGroup:
    'Ce fil concerne plusieurs écarts. Mentionnez-moi à nouveau avec le numéro de celui dont il s’agit, par exemple EX-1042.',
  notOfGroup: (label) =>
    `${label} n’appartient pas à ce fil, rien n’a donc été conservé. Cherchez son numéro dans la liste du groupe et mentionnez-moi à nouveau.`,
  ownMessage:
    'Ce message est de moi et déjà enregistré. Choisissez « Keep as note » sur un message écrit par quelqu’un.',
  title: 'Conserver comme note',
  submit: 'Conserver',
  cancel: 'Annuler',
  which: 'Sur quel écart ?',
  whichHint: 'Cherchez par numéro, client ou commande.',
  choose: 'Choisir un écart',
  text: 'Note',
  writtenBy: (name) => `Écrit par ${name}`,
  unknownException: 'Choisissez un des écarts proposés par la recherche.',
  expired:
    'Slack a mis trop de temps, le formulaire n’a donc pas pu s’ouvrir. Choisissez « Keep as note » à nouveau.',
};
