import type { FilteredVerb } from '../../../core/recon-filter.ts';
import type { Catalogue } from '../catalogue.ts';

const end = (near: string | undefined, known = ''): string => {
  if (near !== undefined) return ` ; vouliez-vous dire « ${near} » ?`;
  return known === '' ? '.' : ` ; connus : ${known}.`;
};

const example = (verb: FilteredVerb): string =>
  verb === 'adjustments'
    ? 'Exemple : /recon adjustments waiting kind:write_off client:"Acme SARL".'
    : 'Exemple : /recon list team:finance status:open amount:500.. client:"Acme SARL".';

export const recon: Catalogue['recon'] = {
  refusals: {
    too_long: (to) => `C’est plus long que ${to.limit} caractères. Demandez moins à la fois.`,
    unknown_verb: (to) =>
      `/recon ${to.typed} n’existe pas${end(to.near)} /recon help montre toutes les commandes.`,
    nothing_after: (to) =>
      `Rien ne suit /recon ${to.verb}. Tapez /recon ${to.verb}, ou /recon list avec des filtres.`,
    which_order: (to) => `Quelle commande ? Tapez sa référence : /recon ${to.verb} PO-1042.`,
    which_exception: () => 'Quel écart ? Tapez son numéro : /recon show EX-1042.',
    one_feed: () => 'Tapez /recon quarantine, ou un flux à la suite : /recon quarantine invoice_lines.',
    only_verify: () =>
      'Tapez /recon audit pour la fin de la piste, ou /recon audit verify pour la faire prouver en entier.',
    crossed_amounts: () =>
      'Le plus petit montant dépasse le plus grand : rien ne peut correspondre. Inversez-les.',
    not_a_filter: (to) =>
      `« ${to.typed} » n’est aucun nom que je voie ici${end(to.near)} Les noms d’équipes, de types, de clients, de responsables et de commandes peuvent être seuls.`,
    unknown_filter: (to) => `Le filtre ${to.typed}: n’existe pas${end(to.near)} ${example(to.verb)}`,
    empty_filter: (to) => `Il manque une valeur après ${to.key}:. ${example(to.verb)}`,
    repeated_filter: (to) => `${to.key}: apparaît deux fois. Gardez-en un.`,
    unknown_status: (to) => `« ${to.typed} » n’est pas un statut${end(to.near)} Exemple : status:open.`,
    unknown_kind: (to) =>
      `« ${to.typed} » n’est pas un genre d’écriture${end(to.near)} Exemple : kind:write_off.`,
    bad_period: (to) => `« ${to.typed} » n’est pas un mois. Tapez-le ainsi : period:2026-10.`,
    bad_amount: (to) =>
      `${to.key}:${to.typed} n’est pas un montant. Tapez des chiffres avec un point avant les centimes, comme amount:1234.50 ou amount:1000..5000.`,
  },
  help: {
    status: 'ce qui est ouvert, en nombre et en argent, par équipe, type et statut',
    mine: 'ce que vous avez pris en charge, par échéance',
    list: 'une liste, dix à la fois ; chaque filtre est facultatif, les noms peuvent être seuls, owner: accepte aussi me et nobody',
    show: 'un écart avec ses boutons',
    order: 'les documents et écarts d’une commande',
    'who-owns': 'qui en est responsable maintenant',
    holds:
      'ce qui bloque un paiement, de tout ce que vous voyez ou pour un client, une commande ou un bénéficiaire',
    adjustments:
      'ce qui est comptabilisé, précédé de ce qui attend une deuxième personne ; chaque filtre est facultatif, de même que waiting et booked seuls',
    sla: 'ce qui est en retard ou dû avant la fin du prochain jour ouvré, par équipe et responsable',
    report: 'le bilan à cet instant, de tout ce que vous voyez ou d’une équipe',
    rules: 'comment chaque rapprochement compare, apparie, juge et attribue',
    run: 'la dernière exécution de chaque rapprochement',
    audit:
      'la fin de la piste d’audit et son dernier ancrage ; pour administrateurs et auditeurs, audit verify la prouve en entier',
    quarantine: 'les lignes qui n’ont pas pu être lues',
    doctor: 'pour les administrateurs : ce qui ne va pas dans le service et comment y remédier',
  },
  helpTitle: 'Ce à quoi /recon répond',
  helpNotes: {
    amounts:
      'Les montants sont dans la devise de chaque écart : amount:1000..5000, amount:..50, ou min: et max:. Les guillemets gardent les mots ensemble : client:"Acme SARL".',
    sight:
      'Vous seul voyez les réponses. Vous voyez les écarts de vos équipes et les vôtres ; responsables des opérations, administrateurs, finance et auditeurs voient tout.',
  },
  loading: 'Recherche en cours…',
  tooOften:
    'C’est plus d’une question par seconde. Rien n’a été recherché : attendez une minute, puis redemandez.',
  strangeButton: 'Ce bouton ne m’appartient plus. Tapez à nouveau /recon list.',
  oldList: 'Cette liste est trop ancienne pour être feuilletée. Tapez à nouveau la commande.',
  titles: {
    mine: 'Mon travail',
    list: 'Écarts',
    status: 'État',
    order: (to) => `Commande ${to.ref}`,
    owners: (to) => `Responsable de ${to.ref}`,
  },
  listHint: '/recon show EX-n en montre un avec tous ses boutons.',
  scopes: {
    all: 'toutes les équipes',
    own: 'ce que vous avez pris en charge (vous n’êtes membre d’aucune équipe)',
    teams: (to) => `${to.teams} et ce que vous avez pris en charge`,
  },
  nothing: {
    mine: 'Vous n’avez rien pris en charge. /recon list status:open montre ce qui attend quelqu’un.',
    team: (to) => `Vous ne voyez rien d’une équipe « ${to.typed} »${end(to.near, to.known)}`,
    type: (to) => `Vous ne voyez rien du type « ${to.typed} »${end(to.near, to.known)}`,
    client: (to) => `Vous ne voyez rien d’un client « ${to.typed} »${end(to.near)}`,
    order: (to) => `Vous ne voyez rien d’une commande « ${to.typed} »${end(to.near)}`,
    owner: (to) => `Vous ne voyez rien que « ${to.typed} » ait pris en charge${end(to.near)}`,
    match: (to) => `Rien ne correspond dans ${to.scope}. Retirez un filtre, ou demandez status:all.`,
    open: (to) => `Rien n’est ouvert dans ${to.scope}. /recon run montre la dernière vérification.`,
    show: (to) =>
      `Vous ne voyez aucun écart ${to.label}. /recon list status:all montre ce qui existe ; une autre équipe l’a peut-être.`,
    needed: 'Personne n’a à le faire : rien n’est ouvert à ce sujet.',
    order_known: (to) =>
      `Rien de ce que vous voyez ne porte ${to.ref}.${to.meant === '' ? '' : ` Vouliez-vous dire ${to.meant} ?`} Les références sont comparées lettre par lettre.`,
  },
  status: {
    total: (to) => `${to.total}, dans ${to.scope}`,
    more: (to) => `${to.count} lignes de plus : précisez avec /recon list team:… type:…`,
  },
  order: {
    exceptions: 'Écarts',
    noException: 'Aucun écart : rien n’y requiert une personne.',
    documents: 'Documents',
    noDocument: 'Aucun document ne porte cette référence.',
    on: (to) => `${to.amount} le ${to.day}`,
    unmatched: 'apparié à rien',
    takenBack: 'retiré par sa source',
    matched: (to) => `apparié, ${to.how}`,
    outcomes: { equal: 'égal', excepted: 'avec un écart' },
    unclaimed: (to) => `encore personne ; c’est pour ${to.team}, où chaque membre peut le prendre en charge`,
    elsewhere: (to) => `Dans une autre équipe : ${to.teams}. Demandez dans son canal.`,
    settled: (to) => `Ce qu’il y avait est réglé : /recon order ${to.ref}.`,
    more: (to) => `et ${to.count} de plus`,
    details: (to) => `Détails ${to.label}`,
  },
};
