import type { Catalogue } from '../catalogue.ts';

export const rule: Catalogue['rule'] = {
  seats: {
    data_owner: 'responsable des données',
    ops_lead: 'responsable des opérations',
    governance: 'relecteur des règles',
  },
  titles: {
    pending: (name) => `Changement d’une règle : ${name}`,
    activated: (name) => `Règle changée : ${name}`,
    rejected: (name) => `Changement rejeté : ${name}`,
    withdrawn: (name) => `Changement retiré : ${name}`,
    expired: (name) => `Changement pas décidé à temps : ${name}`,
  },
  bodies: {
    pending:
      'Les exécutions gardent la règle telle quelle jusqu’à l’accord d’un responsable des données, d’un responsable des opérations et d’un relecteur des règles : trois personnes différentes, sans celle qui demande.',
    activated: 'Les trois ont approuvé. La prochaine exécution utilise la règle changée.',
    rejected: 'La règle reste ce qu’elle était.',
    withdrawn: 'La règle reste ce qu’elle était.',
    expired: 'La règle reste ce qu’elle était. Qui veut le changement le propose de nouveau.',
  },
  labels: {
    by: 'Demandé par',
    why: 'Pourquoi',
    version: 'Version',
    until: 'À décider avant le',
    decided: 'Décidé',
    note: 'Note',
  },
  version: ({ from, to }) => `${to}, à la place de ${from}`,
  clock: 'personne, le délai était dépassé',
  decided: ({ who, at }) => `${who}, ${at}`,
  approvals: 'Approbations',
  taken: ({ seat, name, at }) => `${seat} : ${name}, ${at}`,
  open: ({ seat, who }) => (who === '' ? `${seat} : encore attendu` : `${seat} : encore attendu, de ${who}`),
  unfilled: (seat) => `${seat} : jamais donné`,
  others: (count) => `${count} autres`,
  changes: 'Ce qui change',
  gone: 'supprimé',
  come: 'nouveau',
  places: 'Dans le fichier',
  place: ({ path, before, after }) => {
    if (before === null) return `${path} : nouveau, ${after ?? ''}`;
    return after === null ? `${path} : supprimé, était ${before}` : `${path} : ${before} → ${after}`;
  },
  more: (count) => `${count} de plus : appuyez sur Détails`,
  cut: (count) => `${count} de plus : tieout rules status montre tout`,
  forms: {
    approve: {
      title: 'Approuver la règle',
      submit: 'Approuver',
      seat: 'En quelle qualité ?',
      seatHint: 'Les trois sont des personnes différentes. Qui a plusieurs rôles n’occupe qu’une place.',
      note: 'Note',
    },
    reject: {
      title: 'Rejeter le changement',
      submit: 'Rejeter',
      reasonHint: 'Le changement s’arrête là. La personne qui l’a proposé est prévenue.',
    },
    details: 'Changement de règle',
  },
  approved: ({ seat }) => `Approuvé, en tant que ${seat}.`,
  approvedLast: 'Approuvé. Les trois sont d’accord, et la prochaine exécution utilise la règle changée.',
  rejected: 'Rejeté. La règle reste ce qu’elle était.',
  recon: ({ version, by, until, open }) =>
    `${by} propose un changement vers la version ${version}. Encore attendu avant le ${until} : ${open}`,
  governed:
    'Une règle change par proposition (tieout rules propose) et trois approbations. Une seule : /recon rules et son nom.',
  over: {
    activated: 'Les trois ont déjà approuvé ce changement, il est en vigueur.',
    rejected: 'Ce changement a déjà été rejeté.',
    withdrawn: 'Ce changement a été retiré par la personne qui l’avait proposé.',
    expired: 'Le délai pour décider de ce changement est dépassé.',
  },
  refusals: {
    rules_not_governed: () =>
      'Les règles ne changent pas par approbation ici : tieout.yaml n’a pas de section governance, ce sont les fichiers qui décident. Ajoutez governance avec un canal, ou changez simplement le fichier.',
    rule_unknown: ({ name }) =>
      `${name} n’est pas encore enregistré, il n’y a donc rien à changer. Mettez le fichier dans reconciliations et lancez-le : la première version est en vigueur d’emblée.`,
    rule_unchanged: ({ name, version }) =>
      `Ceci dit ce que dit la version ${version} de ${name}, qui est en vigueur. Il n’y a rien à proposer ; changez d’abord le fichier.`,
    rule_change_pending: ({ name, by, until }) =>
      `${by} a déjà proposé un changement de ${name}, à décider avant le ${until}. Faites-le d’abord approuver, rejeter ou retirer.`,
    too_few_approvers: () =>
      'Trois personnes différentes doivent approuver, sans vous, et la configuration n’en a pas assez avec ces rôles. Demandez à un administrateur de donner les rôles data_owner, ops_lead et governance à d’autres personnes.',
    rule_change_unknown: () =>
      'Ce changement n’existe plus ici. Rien n’a changé ; regardez le dernier message du canal, ou /recon rules.',
    rule_change_over: ({ how, by, at }) =>
      `${how} (${by === undefined ? '' : `${by}, `}${at}) Rien n’a changé maintenant ; regardez le message tel qu’il est.`,
    rule_change_outdated: ({ name }) =>
      `La règle de ${name} a changé depuis cette proposition : ce que vous lisez n’est pas ce qui changerait. Rejetez-la et faites-la proposer de nouveau.`,
    own_rule_change: () =>
      'Vous avez proposé ce changement, trois autres personnes doivent donc l’approuver. Rejeter le retire.',
    already_seated: ({ seat }) =>
      `Vous avez déjà approuvé, en tant que ${seat}. Il faut trois personnes différentes, pas trois rôles d’une seule : demandez à quelqu’un d’autre.`,
    seat_taken: ({ seat, name, at }) =>
      `${name} a déjà approuvé en tant que ${seat}, ${at}. Seules les places encore libres sont nécessaires.`,
    seat_not_yours: ({ seat }) =>
      `Vous ne pouvez pas approuver en tant que ${seat} : vous n’avez pas ce rôle, ou plus. Choisissez une place qui est la vôtre, ou demandez le rôle à un administrateur.`,
    seat_unknown: ({ given }) =>
      `« ${given} » n’est pas une place d’approbation. Choisissez responsable des données, responsable des opérations ou relecteur des règles.`,
  },
};
