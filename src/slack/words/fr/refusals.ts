import type { Catalogue } from '../catalogue.ts';

type Refusals = Catalogue['refusals'];

const actions: Refusals['actions'] = {
  claim: 'prendre cet écart en charge',
  unclaim: 'rendre cet écart',
  hand_over: 'transmettre cet écart',
  wait: 'mettre cet écart en attente',
  resume: 'reprendre cet écart',
  resolve: 'résoudre cet écart',
  escalate: 'escalader cet écart',
  approve: 'approuver cet écart',
  reject: 'rejeter cet écart',
  reopen: 'rouvrir cet écart',
  release: 'débloquer ce paiement',
  hold: 'bloquer un paiement',
  reverse: 'reprendre une écriture',
  edit: 'modifier un enregistrement',
  match: 'rapprocher cet écart à la main',
  unmatch: 'défaire ce rapprochement',
  never: 'tenir ces documents séparés',
  lift: 'permettre de nouveau ce rapprochement',
  assign: 'l’attribuer',
  rule_change: 'demander un changement de règle',
  rule_propose: 'proposer un changement de règle',
  rule_approve: 'approuver un changement de règle',
  rule_reject: 'rejeter un changement de règle',
  details: 'voir cet écart',
};

const steps: Refusals['steps'] = {
  resolve: 'Prenez-le d’abord en charge, puis résolvez-le.',
  resolveWaiting: 'Reprenez-le d’abord, puis résolvez-le.',
  unclaim: 'Seul un écart pris en charge peut être rendu.',
  hand_over: 'Prenez-le d’abord en charge, puis transmettez-le.',
  wait: 'Prenez-le d’abord en charge, puis mettez-le en attente.',
  resume: 'Seul un écart en attente peut être repris.',
  reopen: 'Seul un écart résolu ou levé peut être rouvert.',
  match: 'Prenez-le d’abord en charge, puis rapprochez-le à la main.',
  unmatch: 'Prenez-le d’abord en charge, puis défaites le rapprochement.',
  never: 'Prenez-le d’abord en charge, puis dites ce qui ne va jamais ensemble.',
  lift: 'Prenez-le d’abord en charge, puis permettez de nouveau le rapprochement.',
  otherwise: 'Regardez la carte telle qu’elle est maintenant et choisissez de nouveau.',
};

const offerOver: Refusals['offerOver'] = {
  accepted: 'Cette proposition a déjà été acceptée.',
  declined: 'Cette proposition a déjà été déclinée.',
  lapsed: 'Le délai pour répondre à cette proposition est passé.',
  withdrawn: 'Cette proposition n’est plus valable : l’écart a été rendu, clos ou repris entre-temps.',
};

const proposalOver: Refusals['proposalOver'] = {
  approved: 'C’est déjà approuvé.',
  rejected: 'C’est déjà rejeté.',
  withdrawn: 'La demande a été retirée par la personne qui l’a faite.',
  lapsed: 'Le délai pour en décider est passé.',
};

const amounts: Refusals['amounts'] = {
  amount_empty: 'il est vide',
  amount_malformed: 'ce n’est pas un nombre avec un point avant les centimes',
  amount_too_precise: 'il a plus de décimales que la devise',
  amount_out_of_range: 'il dépasse ce qu’un montant peut être',
};

const unpairable: Refusals['unpairable'] = {
  several: (given) =>
    `« ${given} » désigne plusieurs documents. Nommez-en un comme sa source l’écrit, ou choisissez-le dans la liste.`,
  same_side: (given) =>
    `« ${given} » est du même côté que le document de cet écart. Choisissez un document de l’autre côté.`,
  both_sides: () => 'Vous avez choisi des documents des deux côtés. Choisissez-les d’un seul côté.',
  repeats: () =>
    'Cet écart concerne des documents qui se répètent. Rapprochez chacun depuis l’écart du document qui n’a pas de pendant.',
  together: (given) =>
    `« ${given} » est déjà rapproché avec lui. Choisissez un autre document, ou appuyez sur « Défaire ».`,
  later: (given) =>
    `« ${given} » porte une date postérieure à ce que la dernière exécution a examiné. Attendez la prochaine, puis rapprochez-le.`,
  left_out: (given) =>
    `Les règles de ce rapprochement écartent « ${given} ». Choisissez un autre document, ou faites changer les règles.`,
};

const holders: Refusals['holders'] = {
  owner: 'son responsable',
  team: 'un membre de son équipe',
  account_manager: 'un chargé de compte',
  ops_lead: 'un responsable des opérations',
  finance: 'la finance',
  admin: 'un administrateur',
  approver: 'un approbateur',
  auditor: 'un auditeur',
  data_owner: 'un responsable des données',
  governance: 'un relecteur des règles',
};

const sentences: Refusals['sentences'] = {
  not_found: () =>
    'Cet écart n’existe plus ici. Rien n’a changé ; utilisez la carte la plus récente du canal.',
  already_claimed: ({ isYou, owner, since }) =>
    isYou
      ? `Vous l’avez déjà pris en charge, ${since}. Cliquez sur « Résoudre » quand il est réglé, ou sur « Rendre ».`
      : `${owner} l’a déjà pris en charge, ${since}. Parlez à ${owner}, ou cliquez sur « Escalader » si rien n’avance.`,
  already_closed: ({ status, by, at }) =>
    `L’état est déjà : ${status}${by === undefined ? '' : `, par ${by}`}, ${at}. Si c’est une erreur, cliquez sur « Rouvrir ».`,
  wrong_status: ({ action, status, step }) =>
    `Vous ne pouvez pas ${action} maintenant ; état : ${status}. ${step}`,
  stale_card: ({ status, owner }) =>
    `Cette carte n’était plus à jour, rien n’a donc changé. État actuel : ${status}${owner === undefined ? '' : `, chez ${owner}`}. Regardez la carte actualisée et cliquez de nouveau si vous le souhaitez toujours.`,
  not_permitted: ({ action, who }) =>
    `Vous n’avez pas le droit de ${action} ; ce droit revient à : ${who}. Adressez-vous à l’une de ces personnes, ou demandez à un administrateur de vous ajouter à l’équipe.`,
  unknown_code: ({ given, known }) =>
    `« ${given} » n’est pas un code de résolution ici. Choisissez parmi : ${known}.`,
  note_required: ({ code }) => `${code} demande une note. Écrivez ce qui a été convenu, et avec qui.`,
  note_too_long: ({ limit }) => `La note est trop longue. ${limit} caractères au plus.`,
  amount_required: ({ code }) => `${code} demande un montant. Saisissez-le ainsi : 1234.50.`,
  amount_unreadable: ({ why }) => `Le montant est illisible : ${why}. Saisissez-le ainsi : 1234.50.`,
  evidence_required: ({ code }) =>
    `${code} demande un justificatif. Collez l’adresse web du document qui le montre.`,
  evidence_unreadable: ({ given }) =>
    `« ${given} » n’est pas une adresse web qui puisse être conservée. Collez-en une qui commence par https:// et ne contient pas de mot de passe.`,
  not_on_agenda: () =>
    'Ce n’est plus à l’ordre du jour d’un triage, rien n’a donc changé. Regardez la carte.',
  reason_required: () => 'Dites pourquoi, afin que chacun puisse agir.',
  already_theirs: ({ owner }) => `${owner} en est déjà responsable. Choisissez quelqu’un d’autre.`,
  already_offered: ({ name, until }) =>
    `Il est déjà proposé à ${name}, réponse possible avant ${until}. Attendez la réponse ; « Rendre » met fin à la proposition.`,
  offer_not_yours: ({ name }) =>
    `Il est proposé à ${name}, qui seul peut répondre. Demandez à son responsable de vous le proposer.`,
  offer_over: ({ how }) =>
    `${how} Rien n’a changé ; regardez la carte, ou parlez à la personne qui l’a proposé.`,
  until_required: () => 'Choisissez le jour jusqu’auquel il attend.',
  until_not_ahead: ({ today }) =>
    `Le jour doit être à venir : nous sommes le ${today}. Choisissez demain ou plus tard, ou cliquez sur « Résoudre ».`,
  until_too_far: ({ latest }) =>
    `Rien n’attend aussi longtemps. Choisissez un jour jusqu’au ${latest}, et remettez-le alors en attente.`,
  unknown_target: ({ given }) =>
    `« ${given} » n’est ni une équipe ni une personne d’ici. Choisissez dans la liste.`,
  other_currency: ({ given, currency }) =>
    `Il s’agit de ${currency}, et le montant indique ${given}. Les montants ne sont jamais convertis : saisissez-le en ${currency}.`,
  amount_not_positive: () => 'Saisissez combien est comptabilisé, un montant supérieur à zéro.',
  amount_above: ({ most, adjusted, hasAdjusted }) =>
    `C’est plus que ce qui est en jeu. Saisissez ${most} au plus${hasAdjusted ? ` : ${adjusted} sont déjà comptabilisés` : ''}.`,
  reason_code_required: ({ code }) =>
    `${code} demande un motif. Choisissez-en un ; il va dans la comptabilité.`,
  unknown_reason_code: ({ given, known }) =>
    `« ${given} » n’est pas un motif pour cela. ${known === '' ? 'Écrivez-en un comme billing_error, en minuscules.' : `Choisissez parmi : ${known}.`}`,
  period_unreadable: ({ given }) => `« ${given} » n’est pas un mois. Choisissez-en un, écrit comme 2026-10.`,
  period_ahead: ({ period, latest }) => `${period} est à venir. Choisissez ${latest} ou un mois antérieur.`,
  no_open_period: ({ period }) =>
    `Aucun mois de ${period} à aujourd’hui n’est ouvert aux écritures. Demandez à la finance d’en ouvrir un, puis recommencez.`,
  own_proposal: () =>
    'Vous l’avez demandé vous-même, quelqu’un d’autre doit donc l’approuver. « Rejeter » retire la demande.',
  proposal_over: ({ how }) => `${how} Rien n’a changé ; regardez la carte telle qu’elle est maintenant.`,
  nobody_to_approve: () =>
    'Quelqu’un d’autre doit l’approuver, et personne d’autre ici n’en a le droit. Demandez à un administrateur de donner à quelqu’un le rôle finance ou ops_lead.',
  hold_unknown: ({ given }) =>
    `Il n’y a pas de blocage « ${given} » ici. Rien n’a changé ; regardez la liste des blocages.`,
  hold_over: ({ label }) =>
    `${label} ne bloque plus rien, il n’y a donc rien à débloquer. Regardez la liste des blocages.`,
  already_asked: ({ name, until }) =>
    `${name} l’a déjà demandé, et on peut en décider jusqu’au ${until}. Attendez, ou demandez-lui de retirer sa demande.`,
  entry_unknown: ({ given }) =>
    `Il n’y a pas d’écriture « ${given} » ici. Rien n’a changé ; regardez la liste des écritures.`,
  entry_reversed: ({ label, isReversal }) =>
    isReversal
      ? `${label} est elle-même une contre-passation. Passez plutôt une nouvelle écriture.`
      : `${label} est déjà contre-passée. Une écriture se reprend une fois.`,
  not_in_bulk: ({ code }) => `${code} comptabilise un montant propre à chacun. Résolvez-les un par un.`,
  not_by_matching: ({ code }) =>
    `${code} comptabilise une écriture, et un rapprochement n’en comptabilise aucune. Choisissez un autre code, ou rapprochez d’abord et résolvez le reste avec celui-ci.`,
  inactive_person: () =>
    'Votre compte est désactivé ici, rien n’a donc changé. Demandez à un administrateur de l’activer dans la configuration.',
  record_unknown: ({ given }) =>
    given === ''
      ? 'Choisissez au moins un document.'
      : `Aucun côté de ce rapprochement n’a de document « ${given} ». Vérifiez la référence ; elle est comparée lettre par lettre.`,
  unpairable: ({ why }) => why,
  matched_by_hand: ({ given, name, label }) =>
    `${name} a rapproché « ${given} » à la main, dans ${label}. Faites-le défaire là d’abord, ou choisissez un autre document.`,
  kept_apart: ({ given, name, at }) =>
    `${name} a dit (${at}) que « ${given} » ne va jamais ici. Levez cela d’abord, ou choisissez un autre document.`,
  not_kept_apart: ({ given }) => `Personne ne tient « ${given} » séparé de ceci. Rien n’a changé.`,
  not_matched: () => 'Les documents de cet écart ne sont rapprochés de rien ; il n’y a donc rien à défaire.',
  too_many_apart: ({ pairs, most }) =>
    `Cela tiendrait séparées ${pairs} paires de documents, et ${most} à la fois est le maximum ; rien n’a changé. Rapprochez à la main ce qui va ensemble, ou choisissez avec « Jamais ensemble » quelques-uns de ceux qui n’en sont pas.`,
  run_under_way: () =>
    'Ce rapprochement est en cours d’exécution, donc rien n’a changé. Appuyez de nouveau dans une minute.',
  rules_gone: ({ reconciliation }) =>
    `Les règles de ${reconciliation} ne sont plus dans la configuration ; rien ne peut être rapproché. Demandez à un admin.`,
};

export const refusals: Refusals = {
  or: 'ou',
  actions,
  steps,
  offerOver,
  proposalOver,
  amounts,
  unpairable,
  holders,
  sentences,
};
