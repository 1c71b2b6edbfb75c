import type { Catalogue } from '../catalogue.ts';

export const history: Catalogue['history'] = {
  program: 'Tieout',
  opened: ({ who, target }) =>
    target === undefined
      ? `${who} l’a ouvert`
      : `${who} l’a ouvert, en défaisant un rapprochement dans ${target}`,
  updated: ({ who, target }) =>
    target === undefined
      ? `${who} a vu ses enregistrements changer`
      : `${who} l’a confié à ${target}, car la matrice de responsabilité a changé`,
  claim: ({ who }) => `${who} l’a pris en charge`,
  unclaim: ({ who, target }) =>
    target === undefined ? `${who} l’a rendu` : `${who} l’a rendu, car ${target} n’est plus là`,
  resolve: ({ who, code, amount }) =>
    `${who} l’a résolu${code === undefined ? '' : ` comme ${code}`}${amount === undefined ? '' : `, ${amount}`}`,
  propose: ({ who, code, amount }) =>
    `${who} a demandé une résolution${code === undefined ? '' : ` : ${code}`}${amount === undefined ? '' : `, ${amount}`}`,
  approve: ({ who, target, code, amount }) =>
    `${who} a approuvé la demande de ${target ?? 'quelqu’un'}${code === undefined ? '' : ` : ${code}`}${amount === undefined ? '' : `, ${amount}`}`,
  reject: ({ who, target }) => `${who} a rejeté la demande de ${target ?? 'quelqu’un'}`,
  withdraw: ({ who }) => `${who} a retiré sa demande`,
  lapse: ({ who, target }) =>
    `${who} a mis fin à la demande de ${target ?? 'quelqu’un'}, faute de décision à temps`,
  release: ({ who, target, code }) =>
    target === undefined
      ? `${who} a débloqué le paiement, car le délai du blocage était dépassé`
      : `${who} a débloqué le paiement, comme ${target} l’avait demandé${code === undefined ? '' : ` (${code})`}`,
  escalate: ({ who, target }) => `${who} l’a escaladé${target === undefined ? '' : ` vers ${target}`}`,
  clear: ({ who, target }) =>
    target === undefined
      ? `${who} l’a levé, car la différence a disparu`
      : `${who} l’a levé, par la décision prise dans ${target}`,
  reopen: ({ who }) => `${who} l’a rouvert`,
  hand_over_offer: ({ who, target }) => `${who} l’a proposé${target === undefined ? '' : ` à ${target}`}`,
  hand_over: ({ who }) => `${who} a accepté de le reprendre`,
  hand_over_decline: ({ who }) => `${who} a décliné de le reprendre`,
  hand_over_lapse: ({ who, target }) =>
    target === undefined
      ? `${who} a mis fin à la proposition, faute de réponse à temps`
      : `${who} a mis fin à la proposition, car ${target} n’est plus là`,
  wait: ({ who, until }) => `${who} l’a mis en attente${until === undefined ? '' : ` jusqu’au ${until}`}`,
  resume: ({ who }) => `${who} l’a repris`,
  note: ({ who }) => `${who} a noté`,
  remind: ({ who, target }) => `${who} l’a rappelé à ${target ?? 'l’équipe'}`,
  breach: ({ who, target }) =>
    `${who} a relevé son niveau, faute de résolution à temps${target === undefined ? '' : `, et a prévenu ${target}`}`,
  ping_pong: ({ who, target }) =>
    `${who} a relevé son niveau, car il a été transmis trois fois${target === undefined ? '' : `, et a prévenu ${target}`}`,
  match: ({ who, target }) => `${who} l’a rapproché à la main avec ${target ?? '–'}`,
  unmatch: ({ who, target }) => `${who} a défait ${target ?? '–'}`,
  never: ({ who, target }) => `${who} a dit que ${target ?? '–'} ne va jamais ici`,
  lift: ({ who, target }) => `${who} permet de nouveau ${target ?? '–'} ici`,
  assign: ({ who, target }) => `${who} l’a confié à ${target ?? '–'}, en réunion de triage`,
  rule_change: ({ who }) => `${who} demande de changer la règle, en réunion de triage`,
  other: (who, action) => `${who} : ${action}`,
  because: {
    INPUTS_CHANGED: 'car ses documents ne sont plus ce qu’ils étaient',
    DIFFERENCE_IS_BACK: 'car la différence est de retour',
  },
  change: {
    expected: ({ from, to }) => `attendu ${from} avant, ${to} maintenant`,
    actual: ({ from, to }) => `réel ${from} avant, ${to} maintenant`,
  },
  quoted: (note) => `(« ${note} »)`,
  quotedBy: (note, author) => `(« ${note} », de ${author})`,
};
