import type { Catalogue } from '../catalogue.ts';

const exceptions = (count: number): string => `${count} ${count === 1 ? 'écart' : 'écarts'}`;

export const flood: Catalogue['flood'] = {
  title: (to) => `${to.count} × ${to.type}`,
  summary: (to) =>
    `Ils sont arrivés ensemble, ${to.opened} ; un seul message les montre donc tous. Équipe ${to.team}. Chacun est un écart à part entière, avec son responsable, son échéance et son historique.`,
  live: ({ count, money }) => `${exceptions(count)} à régler, ${money} en jeu`,
  done: 'Tous sont réglés.',
  labels: {
    tally: 'Où en sont-ils',
    owners: 'Responsables',
    top: 'Plus gros montants',
    firstDue: 'Première échéance',
  },
  tally: (to) => `${to.status} : ${to.count}, ${to.money}`,
  owner: (to) => `${to.name} : ${to.count}`,
  moreOwners: (count) => `et ${count} autres`,
  nobody: 'personne pour l’instant',
  item: (to) =>
    [to.label, to.money, to.client, to.order === undefined ? undefined : `commande ${to.order}`]
      .filter((part) => part !== undefined && part !== '')
      .join(' · '),
  standing: (to) => `${to.status}${to.owner === undefined ? '' : `, ${to.owner}`} · échéance ${to.due}`,
  buttons: {
    claim: 'Prendre en charge…',
    resolve: 'Résoudre…',
    hand_over: 'Transmettre…',
    list: 'Tout afficher',
    accept: 'Tout accepter',
    decline: 'Tout décliner',
    filter: 'Filtrer',
    previous: 'Précédent',
    next: 'Suivant',
    continue: 'Continuer',
  },
  list: {
    title: 'Tout le groupe',
    none: 'Rien ne correspond ici. Modifiez le filtre ou laissez-le vide.',
    page: (to) => `Page ${to.page} sur ${to.pages}`,
    text: 'Client ou commande contient',
    min: 'Montant en jeu, au moins',
    minWrong: 'Saisissez un montant comme 1000 ou 99,50, ou laissez le champ vide.',
  },
  choose: {
    titles: { claim: 'Prendre en charge', resolve: 'Résoudre plusieurs', hand_over: 'Transmettre plusieurs' },
    which: 'Lesquels ?',
    all: (to) => `Les ${to.count} (${to.money})`,
    ticked: 'Seulement ceux cochés ci-dessous',
    tick: 'Écarts',
    nothing: {
      claim:
        'Rien ici n’est ouvert pour vous : tout a un responsable, est réglé ou relève d’une autre équipe.',
      resolve: 'Rien ici ne vous appartient. Prenez d’abord en charge ce que vous voulez régler.',
      hand_over: 'Rien ici ne vous appartient. Prenez d’abord en charge ce que vous voulez transmettre.',
    },
    noneTicked: 'Cochez-en au moins un, ou choisissez tout.',
    tooMany: (most) => `On ne peut en cocher que ${most} un par un. Affinez le filtre et choisissez tout.`,
    kept: (count) => `${count} cochés sur d’autres pages le restent.`,
    hint: 'Ce que quelqu’un a modifié entre-temps reste tel quel et figure dans la liste à la fin.',
  },
  confirm: {
    titles: {
      claim: 'Prendre en charge ?',
      resolve: 'Résoudre ?',
      hand_over: 'Transmettre ?',
      accept: 'Accepter ?',
      decline: 'Décliner ?',
    },
    submit: {
      claim: 'Prendre en charge',
      resolve: 'Résoudre',
      hand_over: 'Proposer',
      accept: 'Accepter',
      decline: 'Décliner',
    },
    question: {
      claim: ({ count, money }) => `Vous devenez responsable de ${exceptions(count)}, ${money} en jeu.`,
      resolve: ({ count, money }) =>
        `${exceptions(count)} seront clos, ${money} en jeu. Chacun est réglé pour sa propre différence.`,
      hand_over: ({ count, money }) =>
        `${exceptions(count)}, ${money} en jeu, seront proposés en un seul message. Vous restez responsable jusqu’à l’acceptation.`,
      accept: ({ count, money }) => `Vous devenez responsable de ${exceptions(count)}, ${money} en jeu.`,
      decline: ({ count, money }) =>
        `Vous déclinez ${exceptions(count)}, ${money} en jeu. Leurs responsables les gardent.`,
    },
    others: (count) => `${count} d’entre eux appartiennent à quelqu’un d’autre.`,
    declineHint: 'La personne qui les a proposés est prévenue.',
  },
  working: {
    title: 'En cours…',
    words: (count) =>
      `${exceptions(count)} en cours de traitement. Le résultat apparaîtra ici. Vous pouvez fermer cette fenêtre : le travail continue, et le message du groupe montre l’avancement.`,
  },
  fault: (reference) =>
    `Un problème est survenu ici, pas chez vous. Votre confirmation est conservée : le reste sera fait dans quelques minutes, rien deux fois, et vous serez prévenu. Sans nouvelles, donnez à un opérateur la référence ${reference}.`,
  result: {
    title: 'Terminé',
    done: {
      claim: ({ count, money }) => `Vous avez pris en charge ${exceptions(count)}, ${money} en jeu.`,
      resolve: ({ count, money }) => `Vous avez résolu ${exceptions(count)}, ${money} en jeu.`,
      hand_over: ({ count, money }) => `Vous avez proposé ${exceptions(count)}, ${money} en jeu.`,
      accept: ({ count, money }) => `Vous avez accepté ${exceptions(count)}, ${money} en jeu.`,
      decline: ({ count, money }) => `Vous avez décliné ${exceptions(count)}, ${money} en jeu.`,
    },
    refused: (count) => `${count} n’ont pas pu être modifiés et restent tels quels :`,
    reason: (to) => `${to.count} : ${to.words}`,
    more: (count) => `et ${count} autres ; « Tout afficher » les montre tous.`,
  },
  notice: {
    offered: (to) => `${to.by} vous propose ${exceptions(to.count)} : ${to.type}`,
    offeredOnce: (to) => `${to.by} vous a proposé ${exceptions(to.count)} : ${to.type}`,
    withdrawn: (to) => `${exceptions(to.count)} ne vous sont plus proposés : ${to.type}`,
    taken: (to) => `${to.by} a pris en charge ${exceptions(to.count)} : ${to.type}`,
    declined: (to) => `${to.by} a décliné ${exceptions(to.count)} : ${to.type}`,
    done: (to) => `Votre demande est exécutée : ${exceptions(to.count)}, ${to.type}`,
    withdrawnBody: (by) => `${by} les a résolus avant votre réponse.`,
    doneBody: 'Elle a été interrompue et a repris d’elle-même.',
    refused: 'Non modifiés',
    atStake: 'En jeu',
    answerUntil: 'Réponse avant',
  },
  offerOver:
    'Cette proposition n’est plus valable ou n’est pas la vôtre. Rien n’a changé ; consultez le message du groupe.',
  groupGone: 'Ce groupe n’existe plus ici. Rien n’a changé ; utilisez le message le plus récent du canal.',
};
