import type { Catalogue } from '../catalogue.ts';

export const link: Catalogue['link'] = {
  asked: (until) =>
    `Je ne vous connais pas encore ici, rien n’a donc été modifié. Je demande aux administrateurs qui vous êtes. Dès que l’un d’eux se porte garant, vous recevez un message direct à confirmer, et votre clic est exécuté. Valable jusqu’au ${until}.`,
  waiting: (until) =>
    `J’ai déjà demandé aux administrateurs qui vous êtes ; rien n’a été modifié. Votre dernier clic sera exécuté dès que l’un d’eux se sera porté garant. Valable jusqu’au ${until} ; adressez-vous à un administrateur si c’est urgent.`,
  sentAgain: (until) =>
    `Un administrateur s’est porté garant. Je vous ai envoyé un message direct : confirmez-le avant le ${until}, et votre clic sera exécuté.`,
  notSent:
    'Un administrateur s’est porté garant, mais mon message direct ne vous est pas parvenu ; rien n’a été modifié. Cliquez à nouveau dans un instant.',
  declinedLately:
    'Je ne vous connais pas ici, et un administrateur a refusé de se porter garant ; rien n’a été modifié. Adressez-vous à un administrateur.',

  whoIs: (name) => `Qui est ${name} ?`,
  pressed: (name, action, label) =>
    `${name} a cliqué sur ${action} pour ${label}. Personne dans tieout.yaml n’a son adresse e-mail.`,
  vouchFor:
    'Si vous savez de qui il s’agit, choisissez la personne et cliquez sur Se porter garant. Elle le confirme elle-même avant toute action.',
  choose: 'Choisir une personne',
  vouch: 'Se porter garant',
  decline: 'Refuser',
  standsUntil: (until) => `Valable jusqu’au ${until}.`,

  chooseFirst: 'Choisissez d’abord la personne, puis cliquez sur Se porter garant.',
  onlyAdmins:
    'Seul un administrateur peut se porter garant. Rien n’a été modifié ; adressez-vous à l’un d’eux.',
  over: 'Un autre administrateur a déjà répondu. Rien n’a été modifié.',
  expired:
    'Le délai de réponse est écoulé, rien n’a donc été modifié. La personne peut cliquer à nouveau pour redemander.',
  taken: (person) =>
    `${person} a déjà un utilisateur Slack ou est désactivé ; rien n’a été modifié. Choisissez quelqu’un d’autre, ou corrigez tieout.yaml.`,
  vouched: (name, person) =>
    `Vous vous êtes porté garant que ${name} est ${person}. La personne doit le confirmer.`,
  vouchedNotTold: (name, person) =>
    `Vous vous êtes porté garant que ${name} est ${person}, mais mon message ne lui est pas parvenu. Demandez-lui de cliquer à nouveau.`,
  declined: (name) => `Vous avez refusé de vous porter garant pour ${name}. La personne en est informée.`,
  declinedTold:
    'Un administrateur a refusé de se porter garant ; votre clic n’a pas été exécuté. Adressez-vous à un administrateur.',

  confirmTitle: 'Est-ce vous ?',
  confirmAsk: (admin, person) =>
    `${admin} indique que vous êtes ${person} ici. Si c’est exact, cliquez sur le bouton : vous serez relié, et votre clic sera exécuté. Sinon, ne faites rien et prévenez ${admin}.`,
  confirmYes: (person) => `Oui, je suis ${person}`,
  confirmUntil: (until) => `Le bouton ne sert qu’une fois, et jusqu’au ${until}.`,
  linked: (person) => `Vous êtes désormais ${person} ici.`,
  carriedOut: (action, label, status) =>
    `Votre clic sur ${action} pour ${label} a été pris en compte. État actuel : ${status}`,
  nothingKept: 'Cliquez à nouveau sur ce que vous vouliez.',
  notYours:
    'Ceci est destiné à quelqu’un d’autre, rien n’a été modifié. Cliquez sur une carte pour en faire la demande vous-même.',
  used: 'Ceci a déjà servi et ne sert qu’une fois. Si l’on ne vous connaît pas encore, cliquez à nouveau sur une carte.',
  linkExpired: 'Le délai de confirmation est écoulé, rien n’a été modifié. Cliquez à nouveau sur une carte.',
  alreadyLinked: (person) =>
    `Vous êtes déjà ${person} ici, rien n’a été modifié. Adressez-vous à un administrateur si c’est une erreur.`,
};
