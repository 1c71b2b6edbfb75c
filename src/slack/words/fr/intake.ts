import type { Catalogue } from '../catalogue.ts';

export const intake: Catalogue['intake'] = {
  titles: {
    held: (feed) => `${feed} : une livraison attend votre décision`,
    released: (feed) => `${feed} : une livraison est en cours de lecture`,
    accepted: (feed) => `${feed} : une livraison sort de l’ordinaire`,
    partly: (feed) => `${feed} : des lignes d’une livraison sont restées dehors`,
    taken: (feed) => `${feed} : la livraison a été lue`,
    quarantined: (feed) => `${feed} : une livraison est restée dehors`,
    rejected: (feed) => `${feed} : la livraison a été refusée`,
  },
  bodies: {
    held: 'Rien n’en est comparé à quoi que ce soit avant que quelqu’un décide.',
    released: 'Ses lignes deviennent des enregistrements en une minute. La prochaine exécution les compare.',
    accepted: 'Ses lignes ont été lues.',
    partly:
      'Les autres lignes ont été lues. Faites livrer celles-ci de nouveau une fois la source corrigée, ou corrigez le contrat et relisez-les ' +
      'avec « tieout quarantine replay ». « tieout quarantine » les énumère.',
    taken: 'Ses lignes sont maintenant des enregistrements, dans la mesure où elles respectent le contrat.',
    quarantined:
      'Rien n’en a été lu. Ce qui est conservé peut être relu une fois le contrat ou la source corrigés.',
    rejected: 'Rien n’en a été lu.',
  },
  keptOut: (to) => `${to.rows} lignes sur ${to.of} sont restées dehors (${to.why}).`,
  firstOut: (to) => `La première est la ligne ${to.line} : ${to.detail}`,
  labels: { delivery: 'Livraison', rows: 'Lignes', received: 'Reçue', sums: 'Sommes', decided: 'Décision' },
  findings: {
    column_added: (to) => `La colonne « ${to.column} » est nouvelle. Elle n’a pas été lue.`,
    column_removed: (to) => `La colonne « ${to.column} » a disparu, et ${to.fields} en a besoin.`,
    column_unread: (to) => `La colonne « ${to.column} » a disparu. Rien n’en a besoin.`,
    column_retyped: (to) =>
      `La colonne « ${to.column} » a des valeurs d’une autre nature, et ${to.fields} en a besoin.`,
    field_unreadable: (to) => `${to.field} est illisible dans ${to.rows} lignes sur ${to.of}.`,
    key_removed: (to) =>
      `La colonne « ${to.column} » de la clé a disparu, les enregistrements ne se distinguent donc plus.`,
    key_retyped: (to) =>
      `La colonne « ${to.column} » de la clé a des valeurs d’une autre nature, les enregistrements ne se distinguent donc plus.`,
    key_not_unique: (to) => `${to.rows} lignes sur ${to.of} partagent leur clé (${to.key}) avec une autre.`,
    contract_key_changed: (to) =>
      `La clé du contrat était ${to.from} et est maintenant ${to.to}. Les enregistrements de l’ancienne resteraient à côté des nouveaux.`,
    blanks: (to) =>
      `La colonne « ${to.column} » est vide dans ${to.now} % des lignes, d’habitude dans ${to.usual} %.`,
    new_words: (to) => `La colonne « ${to.column} » a des mots jamais vus : ${to.words}.`,
    volume: (to) => `${to.now} lignes, au lieu de ${to.usual} d’habitude.`,
    value: (to) => `${to.now} au total, au lieu de ${to.usual} d’habitude.`,
    empty: (to) => `Aucune ligne, au lieu de ${to.usual} d’habitude. Demandez à la source si c’est exact.`,
  },
  buttons: { accept: 'Accepter', release: 'Libérer', hold: 'Retenir', reject: 'Refuser' },
  forms: {
    release: {
      title: 'Lire la livraison',
      submit: 'Lire',
      text: 'Ses lignes deviennent des enregistrements, dans la mesure où elles respectent le contrat.',
    },
    reject: {
      title: 'Refuser la livraison',
      submit: 'Refuser',
      text: 'Ses lignes restent dehors. Demandez à la source une livraison correcte.',
    },
    hold: {
      title: 'Laisser attendre',
      submit: 'Laisser attendre',
      text: 'Elle reste dehors, et d’autres livraisons avec un tel changement attendent aussi, jusqu’à ce que quelqu’un en accepte une.',
    },
  },
  code: 'Motif',
  chooseCode: 'Choisir un motif',
  note: 'Remarque',
  noteHint: 'Nécessaire pour « autre chose ».',
  codes: {
    expected_change: 'Nous attendions ce changement',
    source_confirmed: 'La source l’a confirmé',
    seasonal: 'Habituel pour la saison',
    catching_up: 'Elle rattrape des jours manquants',
    source_error: 'La source s’est trompée',
    wrong_file: 'Ce n’est pas le bon fichier',
    incomplete: 'Elle n’est pas complète',
    delivered_twice: 'Elle avait déjà été livrée',
    asking_source: 'Je demande à la source',
    mending_contract: 'Nous corrigeons le contrat',
    read_again: 'Relue selon un contrat corrigé',
    other: 'Autre chose',
  },
  decided: {
    release: (to) => `Lue par ${to.who}, ${to.at} : ${to.why}`,
    reject: (to) => `Refusée par ${to.who}, ${to.at} : ${to.why}`,
    hold: (to) => `Retenue par ${to.who}, ${to.at} : ${to.why}`,
  },
  operator: 'l’exploitant du service',
  refusals: {
    delivery_unknown: 'Cette livraison n’existe pas.',
    not_waiting: {
      accepted: 'Elle a déjà été lue.',
      quarantined: 'Elle est restée dehors et n’attend pas.',
      held: 'Elle attend déjà.',
      released: (to) => `${to.who} l’a libérée, ${to.at}.`,
      rejected: (to) => `${to.who} l’a refusée, ${to.at}.`,
    },
    may_not_decide: 'Seuls le responsable de ces données, un responsable ops ou un admin peuvent décider.',
    reason_unknown: 'Choisissez un des motifs.',
    note_missing: 'Dites pourquoi dans la remarque.',
    note_long: (limit) => `Une remarque contient au plus ${limit} caractères.`,
    bytes_gone: 'Ses octets n’ont pas été conservés. Demandez à la source de la livrer à nouveau.',
    others_came: 'D’autres livraisons sont arrivées après. Demandez à la source de la livrer à nouveau.',
  },
};
