import type { Catalogue } from '../catalogue.ts';

export const operations: Catalogue['operations'] = {
  more: (to) => `und ${to.count} weitere`,
  ages: {
    moment: 'weniger als einer Minute',
    minutes: (to) => `${to.count} Min.`,
    hours: (to) => `${to.count} Std.`,
    days: (to) => `${to.count} Tg.`,
  },
  sla: {
    title: 'Fälligkeiten',
    none: (to) => `Nichts ist überfällig oder bis ${to.until} fällig, in ${to.scope}.`,
    total: (to) => `${to.overdue} überfällig, ${to.soon} fällig bis ${to.until}, in ${to.scope}`,
    nobody: 'noch niemand',
    row: (to) => `${to.who}: ${to.overdue} überfällig, ${to.soon} bald fällig, ${to.money}`,
    since: (to) => `der älteste seit ${to.age} (${to.at})`,
    first: (to) => `der erste ${to.at}`,
  },
  rules: {
    title: 'Regeln',
    none: 'Kein Abgleich ist eingerichtet. Regeln stehen im Ordner reconciliations der Konfiguration.',
    unknown: (to) =>
      `Einen Abgleich „${to.typed}“ gibt es nicht${to.near === undefined ? `; bekannt: ${to.known}.` : `; meinten Sie „${to.near}“?`}`,
    version: (to) => `Fassung ${to.version} vom ${to.at}`,
    unrecorded: 'noch nicht festgehalten',
    sides: (to) =>
      `Vergleicht ${to.expected} (erwartet) mit ${to.actual} (tatsächlich) in ${to.currency}, Tage in ${to.zone}`,
    duplicate: (to) => `Wiederholte ${to.feed} (gleiche ${to.fields}): ${to.type}, ${to.severity}`,
    pass: (to) => `Durchgang ${to.position}, ${to.name}: ${to.on} (${to.how})`,
    similar: (to) => `Durchgang ${to.position}, ${to.name}: ähnlich in ${to.on}, bei gleichem ${to.within}`,
    combine: (to) =>
      `Durchgang ${to.position}, ${to.name}: die einzige Gruppe von bis zu ${to.items} aus höchstens ${to.pool}, die auf den Cent aufgeht, bei gleichem ${to.within}`,
    decides: (to) =>
      `Ähnliches wird ab ${to.auto} und ${to.margin} Bit Vorsprung angenommen, ab ${to.suggest} vorgeschlagen`,
    credits: (to) => `Gutschriften sind Zeilen, in denen ${to.field} gleich ${to.value} ist`,
    settles: (to) => `${to.id}: erledigt, wenn ${to.expect}, als ${to.reason}`,
    tells: (to) => `meldet es ${to.team}`,
    raises: (to) => `${to.id}: außer wenn ${to.expect}, ${to.severity}, als ${to.reason}`,
    missingActual: (to) =>
      `Nichts auf der tatsächlichen Seite nach ${to.days} Tagen: ${to.type}, ${to.severity}`,
    missingExpected: (to) =>
      `Nichts auf der erwarteten Seite nach ${to.days} Tagen: ${to.type}, ${to.severity}`,
    routes: (to) => `${to.type} geht an ${to.team}, binnen ${to.sla} (${to.source})`,
    more: 'Regeln werden in den Dateien der Konfiguration geändert. Ein Abgleich allein: /recon rules und sein Name.',
    severities: {
      auto_resolve: 'erledigt sich selbst',
      manual_review: 'braucht Prüfung',
      block_payout: 'sperrt die Auszahlung',
    },
  },
  run: {
    title: 'Letzte Läufe',
    none: 'Noch ist nichts gelaufen. Der Betrieb startet einen Lauf: tieout run.',
    head: (to) =>
      `${to.status}${to.mode === '' ? '' : ` im Modus ${to.mode}`}, begonnen ${to.started}, Stand ${to.cutoff}`,
    statuses: {
      running: 'läuft',
      applied: 'angewandt',
      unchanged: 'unverändert',
      failed: 'fehlgeschlagen',
    },
    unfinished: 'nicht beendet',
    problem: 'Sagen Sie es dem Betrieb; der nächste Lauf versucht es erneut.',
    counts: {
      expected: 'erwartete Datensätze',
      actual: 'tatsächliche Datensätze',
      matches: 'neue Paarungen',
      autoResolved: 'durch Regel erledigt',
      open: 'Klärfälle eröffnet',
      update: 'geändert',
      reopen: 'wieder eröffnet',
      clear: 'erledigt',
    },
  },
  audit: {
    title: 'Prüfpfad',
    events: (to) => `${to.count} Ereignisse, das letzte ${to.hash}…`,
    noAnchor: 'Noch hat keine Kopie seines Endes die Datenbank verlassen: tieout audit anchor macht eine.',
    anchor: (to) =>
      `Letzter Anker: Ereignis ${to.seq}, vor ${to.age} (${to.at}), ${to.place}; seither ${to.since} Ereignisse`,
    verify:
      'Das betrifft nur das Ende. Die ganze Kette prüft /recon audit verify, ebenso tieout audit verify.',
    proversOnly:
      'Nur Administratoren und Prüfer dürfen den ganzen Prüfpfad beweisen lassen: das braucht seine Zeit. Fragen Sie jemanden von ihnen, oder sehen Sie unter /recon audit nach.',
    intact: (to) =>
      `Unversehrt: ${to.count} Ereignisse durchgesehen. Jeder Hash und jedes Glied passt, und jeder Klärfall folgt aus ihnen.`,
    complete: (to) => `Vollständig bis Ereignis ${to.seq}, dem neuesten Anker außerhalb der Datenbank.`,
    notComplete:
      'Dass das Ende nicht abgeschnitten wurde, ist NICHT bewiesen: außerhalb der Datenbank liegt kein Anker. tieout audit anchor macht einen.',
    changed: (to) =>
      `VERÄNDERT: ${to.events} Ereignisse durchgesehen, gefundene Fehler: ${to.count}. Schreiben Sie nichts mehr und lassen Sie die Datenbank, wie sie ist; docs/operations.md sagt, was dann zu tun ist.`,
  },
  quarantine: {
    title: 'Quarantäne',
    none: 'Nichts wird ferngehalten: jede gelieferte Zeile ist ein Datensatz.',
    noFeed: (to) => {
      const meant = to.near === undefined ? `; bekannt: ${to.known}.` : `; meinten Sie „${to.near}“?`;
      return `Einen Feed „${to.typed}“ gibt es nicht${meant}`;
    },
    hidden: 'Die Zeilen selbst sehen Ops-Leitung, Administration, Finanzen und Revision.',
    newest: 'Neueste',
    line: (to) => `${to.delivery} Zeile ${to.line}`,
    wayOut:
      'Mit ihren Bytes: tieout quarantine. Berichtigen Sie sie an der Quelle und liefern Sie erneut; oder berichtigen Sie den Vertrag, dann: tieout quarantine replay',
  },
  doctor: {
    title: 'Diagnose',
    adminsOnly:
      'Nur Administratoren dürfen die Diagnose abrufen: es geht um Token und Kanäle. Fragen Sie sie, oder sehen Sie /recon status an.',
    states: { ok: 'in Ordnung', skipped: 'nicht geprüft', failed: 'FALSCH' },
    healthy: 'Nichts ist falsch.',
    wrong: (to) => `Zu beheben: ${to.count}.`,
    fix: (to) => `Abhilfe: ${to.fix}`,
    dead: (to) => `Aufgegebene Nachrichten: ${to.count}`,
    letter: (to) => `${to.what} für ${to.address}: ${to.reason}, nach ${to.attempts} Versuchen, vom ${to.at}`,
    kinds: {
      card: 'Karte',
      group: 'Sammelkarte',
      reply: 'Zeile in einem Thread',
      notice: 'Mitteilung',
      digest: 'Tagesbericht',
    },
    wayOut:
      'Wovon sie sprechen, ist festgehalten: /recon list. Beheben Sie den Grund; dann sendet der Betrieb sie erneut: tieout outbox retry',
    notHere: 'Umgebung, Anfrageadresse und die Uhr der Anfragen von Slack prüft: tieout doctor',
  },
};
