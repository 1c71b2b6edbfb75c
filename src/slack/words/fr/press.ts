import type { Catalogue } from '../catalogue.ts';

export const press: Catalogue['press'] = {
  notMine: 'Ce bouton n’est plus des miens. Utilisez la carte la plus récente du canal.',
  buttonUnknown: 'Ce bouton ne fait rien (ou plus rien). Utilisez la carte la plus récente du canal.',
  formNotMine: 'Ce formulaire n’est plus des miens. Fermez-le et rouvrez-le depuis la carte.',
  homeButtonNotMine: 'Ce bouton n’est plus des miens. Ouvrez de nouveau l’accueil.',
  notDone: 'Non effectué',
  mayBeOpen: 'Slack répond lentement. Si aucun formulaire ne s’est ouvert, appuyez de nouveau.',
  expired:
    'Slack a mis trop de temps à transmettre votre clic, le formulaire n’a donc pas pu s’ouvrir. Cliquez de nouveau sur le bouton.',
  commandUnknown: (command) =>
    `La commande ${command} n’existe pas encore ici. Utilisez les boutons des cartes.`,
  approved: 'C’est approuvé : l’écart est résolu et son écriture passée.',
  isYours: 'Il est à vous maintenant. Sa carte dans le canal porte les boutons pour continuer.',
  fault: ({ state, reference }) =>
    `Quelque chose s’est mal passé ici, pas chez vous. ${state} : regardez la carte et cliquez de nouveau dans un instant. Si cela persiste, donnez à un opérateur la référence ${reference}.`,
  askedFault: (reference) =>
    `Quelque chose s’est mal passé ici, pas chez vous. Redemandez dans un instant. Si cela persiste, donnez à un opérateur la référence ${reference}.`,
  faultMaybeDone: 'L’action a peut-être abouti, peut-être pas',
  faultNothingDone: 'Rien n’a changé',
  unknownToSlack: 'Slack ne vous connaît pas dans cet espace. Demandez à un administrateur.',
  notAPerson:
    'Seules des personnes actives peuvent faire cela. Demandez à un administrateur de cet espace Slack.',
  guest: 'Seuls les membres de cet espace Slack peuvent faire cela, pas les invités d’un autre.',
  noEmail:
    'Je ne vois pas d’adresse électronique confirmée pour vous, je ne sais donc pas qui vous êtes ici. Demandez à un administrateur d’accorder users:read.email à l’application, ou d’inscrire votre identifiant Slack dans tieout.yaml.',
  unknownPerson: (email) =>
    `Je ne vous connais pas ici : aucune personne active de tieout.yaml n’a l’adresse électronique ${email}. Demandez à un administrateur de vous ajouter sous people ; rien n’a changé.`,
};
