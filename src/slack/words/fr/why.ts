import type { Catalogue } from '../catalogue.ts';

export const why: Catalogue['why'] = {
  title: 'Pourquoi, et pourquoi pas',
  paired: 'Pourquoi ceux-ci vont ensemble',
  alone: (document) => `Pourquoi ${document} n’a pas de vis-à-vis`,
  byHand: ({ name, at }) => `${name} les a rapprochés à la main, ${at}.`,
  byKeys: ({ pass, fields }) =>
    fields === undefined ? `Leurs clés sont égales (${pass}).` : `Ils ont en commun : ${fields} (${pass}).`,
  bySet: (pass) => `Ensemble ils font la somme au centime près, et rien d’autre ne la fait (${pass}).`,
  weighed: ({ pass, likely, ahead }) =>
    `Ils s’accordent sur ce qui distingue les documents (${pass}) : probables à ${likely}, ${ahead} devant le candidat suivant.`,
  repeats: 'Ces documents se répètent. Le premier participe au rapprochement, les autres restent en dehors.',
  noCandidates: 'Rien de l’autre côté ne s’en approche.',
  unweighed: 'Aucune règle de ce rapprochement ne pèse les documents sans clé commune.',
  nearby: 'Les plus proches parmi ceux sans vis-à-vis, à une personne d’en juger :',
  nobodyNear: 'Rien de proche n’est sans vis-à-vis de l’autre côté.',
  bits: 'Un bit de plus double les chances que deux documents aillent ensemble ; un moins parle contre.',
  bit: (text, value) => `${text} ${value === 1 ? 'bit' : 'bits'}`,
  prior: 'avant toute comparaison',
  together: 'ensemble',
  over: (share) => `plus de ${share}`,
  under: (share) => `moins de ${share}`,
  likely: (share) => `probable à ${share}`,
  levels: {
    'no value': 'aucune valeur',
    'same value': 'même valeur',
    'another value': 'autre valeur',
    'no day': 'aucune date',
    'same day': 'même jour',
    'one day later': 'un jour plus tard',
    'up to 2 days later': 'jusqu’à 2 jours plus tard',
    'up to 3 days later': 'jusqu’à 3 jours plus tard',
    'up to 4 days later': 'jusqu’à 4 jours plus tard',
    'up to 7 days later': 'jusqu’à 7 jours plus tard',
    'up to 10 days later': 'jusqu’à 10 jours plus tard',
    'up to 30 days later': 'jusqu’à 30 jours plus tard',
    'earlier, or more than 30 days later': 'plus tôt, ou plus de 30 jours plus tard',
    'no amount': 'aucun montant',
    'same amount': 'même montant',
    'amounts within 0.01 %': 'montants à 0,01 % près',
    'amounts within 1 %': 'montants à 1 % près',
    'amounts within 2 %': 'montants à 2 % près',
    'amounts within 3 %': 'montants à 3 % près',
    'amounts within 5 %': 'montants à 5 % près',
    'amounts within 10 %': 'montants à 10 % près',
    'amounts within 30 %': 'montants à 30 % près',
    'amounts far apart': 'montants très éloignés',
    'no reference': 'aucune référence',
    'same reference': 'même référence',
    'one reference stands in the other text': 'une référence figure dans l’autre texte',
    'same digits': 'mêmes chiffres',
    'same last digits': 'mêmes derniers chiffres',
    'reference one slip apart': 'référence à une faute de frappe près',
    'different reference': 'référence différente',
    'no text': 'aucun texte',
    'same text': 'même texte',
    'same short text': 'même texte court',
    'one is the other cut off': 'l’un est l’autre, tronqué',
    'one is the other cut off short': 'l’un est l’autre, tronqué court',
    'same words in another order': 'mêmes mots dans un autre ordre',
    'same words, some by their first letter': 'mêmes mots, certains par leur initiale',
    'all words of one stand in the other': 'tous les mots de l’un figurent dans l’autre',
    'same first 9 letters': 'mêmes 9 premières lettres',
    'same first 6 letters': 'mêmes 6 premières lettres',
    'one or two letters apart': 'à une ou deux lettres près',
    'half of the words are the same': 'la moitié des mots sont les mêmes',
    'same first 3 letters': 'mêmes 3 premières lettres',
    'different text': 'texte différent',
  },
  not: {
    suggested: ({ short }) =>
      `Probable, mais pas assez certain pour une machine : ${short}. Une personne peut le confirmer.`,
    unlikely: ({ is, needed }) => `probable à ${is} là où il faut ${needed}`,
    close: ({ is, needed }) => `${is} devant le candidat suivant là où il en faut ${needed}`,
    nameless: 'ni nom ni référence ne s’accordent',
    and: ', et ',
    ambiguous: ({ likely }) =>
      `Un autre candidat est aussi bon (celui-ci est probable à ${likely}), donc rien n’a été deviné. Une référence sur l’un des documents trancherait.`,
    competition: 'Il va mieux avec un autre document. Il faudrait que ce rapprochement-là soit faux.',
    below: ({ likely, weight, against }) =>
      `Pas assez probable : ${likely} (${weight}).${against === undefined ? '' : ` Ce qui parle le plus contre : ${against}.`}`,
    wouldPair: (limits) => `Il serait rapproché si ${limits}.`,
    wouldBeProposed: (limits) => `Il serait proposé à une personne si ${limits}.`,
    amountLimit: ({ allowed, is }) => `les montants étaient à ${allowed} près ; l’écart est de ${is}`,
    currencyLimit: ({ expected, actual }) =>
      `les deux étaient dans une même devise ; ils sont en ${expected} et en ${actual}`,
    daysLimit: ({ from, to, is }) =>
      `sa date était de ${from} à ${to} jours après le document attendu ; elle est ${is} jours après`,
    withinLimit: ({ field, expected, actual }) =>
      `${field} était identique ; c’est « ${expected} » et « ${actual} »`,
    limits: 'il était dans les limites des règles',
  },
  keys: {
    empty_key: ({ fields }) => `Il n’a pas de ${fields}. Avec, on pourrait le trouver.`,
    nobody: ({ fields }) =>
      `Rien de l’autre côté n’a le même ${fields}. Il faudrait un document qui l’ait, ou corriger celui-ci.`,
    other_currency: ({ ref, own, other }) =>
      `${ref} s’accorde en tout sauf la devise : ${own} ici, ${other} là-bas.`,
    other_amount: ({ ref, amount }) => `${ref} s’accorde en tout sauf le montant, qui y est de ${amount}.`,
    removed: ({ ref }) => `${ref} a sa clé, mais sa source l’a retiré.`,
    left_out: ({ ref }) => `${ref} a sa clé, mais les règles l’excluent.`,
    kept_apart: ({ ref }) => `${ref} a sa clé, mais une personne tient les deux séparés.`,
    later: ({ ref, on }) => `${ref} a sa clé, mais date du ${on} : après ce que la dernière exécution a vu.`,
    taken: ({ ref, with: others }) =>
      `${ref} a sa clé, mais est rapproché de ${others}. Il faudrait que ce rapprochement soit faux.`,
    too_far: ({ ref, days, from, to }) =>
      `${ref} a sa clé, mais se situe ${days} jours après le document attendu ; ${from} à ${to} jours sont permis.`,
    ambiguous_key: ({ expected, actual, of }) =>
      `La clé n’est pas unique : ${expected} du côté attendu et ${actual} du côté réel l’ont (dont ${of}), et la règle ne prend pas un tel groupe. Une référence qui les distingue trancherait.`,
    too_many: ({ records, most }) =>
      `${records} documents ont sa clé ; au-delà de ${most}, rien n’est regroupé.`,
    beyond_tolerance: ({ ref, tolerance }) =>
      `${ref} a sa clé, mais les montants dépassent ce que cette règle prend (${tolerance}).`,
    no_set: ({ from, most }) =>
      `Parmi ${from} au choix, aucun ensemble de ${most} ou moins ne fait la somme au centime près.`,
    several_sets: ({ sets }) => `Plus d’un ensemble fait la somme : ${sets}. Choisir revient à une personne.`,
    set_wanted: ({ set }) => `${set} font la somme, mais un autre document en a besoin aussi.`,
    bound_exceeded: ({ from, most }) =>
      `${from} au choix ; la recherche se limite à ${most}, donc rien n’a été cherché ici.`,
    next_run: ({ ref }) => `${ref} a sa clé désormais. La prochaine exécution le regardera.`,
  },
  setOr: ', ou ',
  keptApart: 'Tenus séparés',
  never: ({ own, other, name, at }) => `${own} et ${other} ne vont jamais ensemble, dit ${name}, ${at}`,
  unmatched: ({ own, other, name, at }) =>
    `${name} a séparé ${own} et ${other}, ${at} ; aucune machine ne les rapproche tant que ni l’un ni l’autre ne change`,
};
