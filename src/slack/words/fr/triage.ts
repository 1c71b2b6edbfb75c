import type { Catalogue } from '../catalogue.ts';

const times = (n: number): string => (n === 1 ? 'une fois' : `${n} fois`);

export const triage: Catalogue['triage'] = {
  title: ({ page, pages }) =>
    pages === 1 ? 'Ordre du jour du triage' : `Ordre du jour du triage, ${page} sur ${pages}`,
  meets: ({ at }) => `La réunion a lieu ${at}.`,
  about: ({ count, money }) =>
    `${count} ${count === 1 ? 'écart' : 'écarts'}, ${money} : toutes les étapes prévues sont passées et rien n’est réglé.`,
  left: ({ undecided, count }) =>
    undecided === 0 ? 'Tout est décidé.' : `${undecided} sur ${count} restent à décider.`,
  leftOver: (count) =>
    `${count} de plus attendent la prochaine réunion ; les montants les plus élevés viennent d’abord.`,
  owner: 'Responsable',
  openFor: 'Ouvert depuis',
  tried: 'Déjà tenté',
  lastSaid: 'Dernier mot',
  proposed: 'Proposition',
  nothingTried: 'rien',
  had: ({ count, who, ended }) =>
    `${count === 1 ? '1 prise en charge :' : `${count} prises en charge, la dernière :`} ${who} (${ended ?? 'l’a toujours'})`,
  besides: {
    wait: (n) => `mis en attente ${times(n)}`,
    escalate: (n) => `escaladé ${times(n)}`,
  },
  decisions: {
    assign: 'le confier à quelqu’un',
    write_off: 'le passer en perte',
    accept: 'l’accepter tel quel',
    rule_change: 'changer la règle : plusieurs se ressemblent',
  },
  buttons: {
    assign: 'Attribuer',
    write_off: 'Passer en perte',
    accept: 'Accepter',
    rule_change: 'Changer la règle',
  },
  outcomes: {
    assign: ({ to, by, at }) => `Confié à ${to} par ${by}, ${at}`,
    rule_change: ({ by, at }) => `Changement de règle demandé par ${by}, ${at}`,
    resolved: ({ code, by, at }) => `Résolu comme ${code} par ${by}, ${at}`,
    cleared: ({ at }) => `Réglé par une exécution, ${at}`,
    carried: ({ at }) => `Non décidé ; au prochain ordre du jour, ${at}`,
  },
  nobody: 'personne',
  assignTitle: (label) => `Attribuer ${label}`,
  person: 'Qui le prend',
  choosePerson: 'Choisir une personne',
  note: 'Ce qui est attendu',
  assignSubmit: 'Attribuer',
  ruleTitle: (label) => `Règle pour ${label}`,
  ruleNote: 'Que doit dire la règle ?',
  ruleHint:
    'C’est consigné et figure au procès-verbal ; qui tient les règles propose le changement à partir de là.',
  ruleSubmit: 'Demander',
  nobodyToTake: 'Personne ne pourrait le prendre. Ajoutez des membres à une équipe dans la configuration.',
};
