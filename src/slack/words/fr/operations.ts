import type { Catalogue } from '../catalogue.ts';

export const operations: Catalogue['operations'] = {
  more: (to) => `et ${to.count} de plus`,
  ages: {
    moment: 'moins d’une minute',
    minutes: (to) => `${to.count} min`,
    hours: (to) => `${to.count} h`,
    days: (to) => `${to.count} j`,
  },
  sla: {
    title: 'Échéances',
    none: (to) => `Rien n’est en retard ni dû avant ${to.until}, dans ${to.scope}.`,
    total: (to) => `${to.overdue} en retard, ${to.soon} à échéance avant ${to.until}, dans ${to.scope}`,
    nobody: 'encore personne',
    row: (to) => `${to.who} : ${to.overdue} en retard, ${to.soon} bientôt dus, ${to.money}`,
    since: (to) => `le plus ancien depuis ${to.age}, depuis ${to.at}`,
    first: (to) => `le premier ${to.at}`,
  },
  rules: {
    title: 'Règles',
    none: 'Aucun rapprochement n’est configuré. Les règles sont dans le dossier reconciliations de la configuration.',
    unknown: (to) =>
      `Il n’y a pas de rapprochement « ${to.typed} »${to.near === undefined ? ` ; connus : ${to.known}.` : ` ; vouliez-vous dire « ${to.near} » ?`}`,
    version: (to) => `version ${to.version} du ${to.at}`,
    unrecorded: 'pas encore enregistrée',
    sides: (to) =>
      `Compare ${to.expected} (attendu) à ${to.actual} (réel) en ${to.currency}, jours en ${to.zone}`,
    duplicate: (to) => `${to.feed} répétés (mêmes ${to.fields}) : ${to.type}, ${to.severity}`,
    pass: (to) => `Passe ${to.position}, ${to.name} : ${to.on} (${to.how})`,
    similar: (to) => `Passe ${to.position}, ${to.name} : semblables en ${to.on}, à ${to.within} égal`,
    combine: (to) =>
      `Passe ${to.position}, ${to.name} : le seul ensemble de ${to.items} au plus, parmi ${to.pool} au plus, dont la somme tombe juste, à ${to.within} égal`,
    decides: (to) =>
      `Le semblable est accepté dès ${to.auto} et ${to.margin} bits d’avance, suggéré dès ${to.suggest}`,
    credits: (to) => `Les avoirs sont les lignes où ${to.field} vaut ${to.value}`,
    settles: (to) => `${to.id} : réglé quand ${to.expect}, comme ${to.reason}`,
    tells: (to) => `avertit ${to.team}`,
    raises: (to) => `${to.id} : sauf si ${to.expect}, ${to.severity}, comme ${to.reason}`,
    missingActual: (to) => `Rien du côté réel après ${to.days} jours : ${to.type}, ${to.severity}`,
    missingExpected: (to) => `Rien du côté attendu après ${to.days} jours : ${to.type}, ${to.severity}`,
    routes: (to) => `${to.type} va à ${to.team}, sous ${to.sla} (${to.source})`,
    more: 'Les règles se changent dans les fichiers de la configuration. Un seul rapprochement : /recon rules et son nom.',
    severities: {
      auto_resolve: 'se règle seul',
      manual_review: 'à examiner',
      block_payout: 'bloque le paiement',
    },
  },
  run: {
    title: 'Dernières exécutions',
    none: 'Rien n’a encore été exécuté. Un opérateur lance : tieout run.',
    head: (to) =>
      `${to.status}${to.mode === '' ? '' : ` en mode ${to.mode}`}, commencée ${to.started}, état au ${to.cutoff}`,
    statuses: {
      running: 'en cours',
      applied: 'appliquée',
      unchanged: 'sans changement',
      failed: 'échouée',
    },
    unfinished: 'pas terminée',
    problem: 'Prévenez un opérateur ; la prochaine exécution réessaie.',
    counts: {
      expected: 'enregistrements attendus',
      actual: 'enregistrements réels',
      matches: 'nouveaux appariements',
      autoResolved: 'réglés par une règle',
      open: 'écarts ouverts',
      update: 'modifiés',
      reopen: 'rouverts',
      clear: 'levés',
    },
  },
  audit: {
    title: 'Piste d’audit',
    events: (to) => `${to.count} événements, le dernier ${to.hash}…`,
    noAnchor: 'Aucune copie de sa fin n’a encore quitté la base : tieout audit anchor en fait une.',
    anchor: (to) =>
      `Dernier ancrage : événement ${to.seq}, il y a ${to.age} (${to.at}), ${to.place} ; ${to.since} événements depuis`,
    verify:
      'Ceci ne regarde que la fin. Toute la chaîne est parcourue par /recon audit verify, et par tieout audit verify.',
    proversOnly:
      'Seuls les administrateurs et les auditeurs peuvent faire prouver toute la piste : cela prend du temps. Demandez à l’un d’eux, ou regardez /recon audit.',
    intact: (to) =>
      `Intacte : ${to.count} événements parcourus. Chaque empreinte et chaque maillon concordent, et chaque écart en découle.`,
    complete: (to) => `Complète jusqu’à l’événement ${to.seq}, l’ancrage le plus récent hors de la base.`,
    notComplete:
      'Que sa fin n’ait pas été coupée n’est PAS prouvé : aucun ancrage n’est gardé hors de la base. tieout audit anchor en fait un.',
    changed: (to) =>
      `MODIFIÉE : ${to.events} événements parcourus, problèmes trouvés : ${to.count}. N’écrivez plus rien et laissez la base telle quelle ; docs/operations.md dit la suite.`,
  },
  quarantine: {
    title: 'Quarantaine',
    none: 'Rien n’est écarté : chaque ligne reçue est un enregistrement.',
    noFeed: (to) => {
      const meant =
        to.near === undefined ? ` ; connus : ${to.known}.` : ` ; vouliez-vous dire « ${to.near} » ?`;
      return `Il n’y a pas de flux « ${to.typed} »${meant}`;
    },
    hidden:
      'Les lignes elles-mêmes sont montrées aux responsables des opérations, administrateurs, finance et auditeurs.',
    newest: 'Les plus récentes',
    line: (to) => `${to.delivery} ligne ${to.line}`,
    wayOut:
      'Avec leurs octets : tieout quarantine. Corrigez-les à la source et livrez à nouveau ; ou corrigez le contrat, puis : tieout quarantine replay',
  },
  doctor: {
    title: 'Diagnostic',
    adminsOnly:
      'Seuls les administrateurs peuvent demander le diagnostic : il parle de jetons et de canaux. Demandez à l’un d’eux, ou voyez /recon status.',
    states: { ok: 'en ordre', skipped: 'pas examiné', failed: 'EN DÉFAUT' },
    healthy: 'Rien n’est en défaut.',
    wrong: (to) => `À corriger : ${to.count}.`,
    fix: (to) => `Remède : ${to.fix}`,
    dead: (to) => `Messages abandonnés : ${to.count}`,
    letter: (to) =>
      `${to.what} pour ${to.address} : ${to.reason}, après ${to.attempts} essais, écrit le ${to.at}`,
    kinds: {
      card: 'carte',
      group: 'carte groupée',
      reply: 'ligne de fil',
      notice: 'avis',
      digest: 'bilan',
    },
    wayOut:
      'Ce dont ils parlent est enregistré : /recon list. Corrigez la cause ; un exploitant les renvoie ensuite : tieout outbox retry',
    notHere:
      'L’environnement, l’adresse des requêtes et l’horloge des requêtes de Slack sont examinés par : tieout doctor',
  },
};
