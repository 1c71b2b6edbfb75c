import type { Catalogue } from '../catalogue.ts';

type Refusals = Catalogue['refusals'];

const actions: Refusals['actions'] = {
  claim: 'übernehmen',
  unclaim: 'zurückgeben',
  hand_over: 'übergeben',
  wait: 'zurückstellen',
  resume: 'fortsetzen',
  resolve: 'lösen',
  escalate: 'eskalieren',
  approve: 'freigeben',
  reject: 'ablehnen',
  reopen: 'wieder öffnen',
  release: 'diese Zahlung freigeben',
  hold: 'eine Zahlung sperren',
  reverse: 'eine Buchung zurücknehmen',
  edit: 'einen Datensatz ändern',
  match: 'von Hand zuordnen',
  unmatch: 'trennen',
  never: 'Dokumente davon auseinanderhalten',
  lift: 'wieder zuordnen lassen',
  assign: 'ihn zuweisen',
  rule_change: 'eine Regeländerung verlangen',
  rule_propose: 'eine Regeländerung vorschlagen',
  rule_approve: 'einer Regeländerung zustimmen',
  rule_reject: 'eine Regeländerung ablehnen',
  details: 'ansehen',
};

const steps: Refusals['steps'] = {
  resolve: 'Übernehmen Sie ihn zuerst und lösen Sie ihn dann.',
  resolveWaiting: 'Setzen Sie ihn zuerst fort und lösen Sie ihn dann.',
  unclaim: 'Nur was übernommen ist, kann zurückgegeben werden.',
  hand_over: 'Übernehmen Sie ihn zuerst und übergeben Sie ihn dann.',
  wait: 'Übernehmen Sie ihn zuerst und stellen Sie ihn dann zurück.',
  resume: 'Nur was wartet, kann fortgesetzt werden.',
  reopen: 'Nur was gelöst oder erledigt ist, kann wieder geöffnet werden.',
  match: 'Übernehmen Sie ihn zuerst und ordnen Sie ihn dann von Hand zu.',
  unmatch: 'Übernehmen Sie ihn zuerst und trennen Sie ihn dann.',
  never: 'Übernehmen Sie ihn zuerst und sagen Sie dann, was nie zusammengehört.',
  lift: 'Übernehmen Sie ihn zuerst und heben Sie die Trennung dann auf.',
  otherwise: 'Sehen Sie sich die Karte an, wie sie jetzt ist, und wählen Sie erneut.',
};

const offerOver: Refusals['offerOver'] = {
  accepted: 'Dieses Angebot wurde bereits angenommen.',
  declined: 'Dieses Angebot wurde bereits abgelehnt.',
  lapsed: 'Die Frist, auf dieses Angebot zu antworten, ist vorbei.',
  withdrawn:
    'Dieses Angebot gilt nicht mehr: Der Fall wurde inzwischen zurückgegeben, geschlossen oder übernommen.',
};

const proposalOver: Refusals['proposalOver'] = {
  approved: 'Das wurde bereits freigegeben.',
  rejected: 'Das wurde bereits zurückgewiesen.',
  withdrawn: 'Wer das vorgeschlagen hat, hat es zurückgezogen.',
  lapsed: 'Die Frist für diese Entscheidung ist vorbei.',
};

const amounts: Refusals['amounts'] = {
  amount_empty: 'Er ist leer',
  amount_malformed: 'Er ist keine Zahl mit einem Punkt vor den Cent',
  amount_too_precise: 'Er hat mehr Nachkommastellen als die Währung',
  amount_out_of_range: 'Er ist größer, als ein Betrag sein kann',
};

const unpairable: Refusals['unpairable'] = {
  several: (given) =>
    `„${given}“ bezeichnet mehrere Dokumente. Nennen Sie eines so, wie seine Quelle es schreibt, oder wählen Sie es aus der Liste.`,
  same_side: (given) =>
    `„${given}“ steht auf derselben Seite wie das Dokument dieses Klärfalls. Wählen Sie ein Dokument der anderen Seite.`,
  both_sides: () => 'Sie haben Dokumente beider Seiten gewählt. Wählen Sie nur solche von einer Seite.',
  repeats: () =>
    'Dieser Klärfall handelt von Dokumenten, die sich wiederholen. Ordnen Sie jedes vom Klärfall des Dokuments aus zu, dem ein Gegenstück fehlt.',
  together: (given) =>
    `„${given}“ ist ihm bereits zugeordnet. Wählen Sie ein anderes Dokument, oder klicken Sie auf „Trennen“.`,
  later: (given) =>
    `„${given}“ hat ein späteres Datum, als der letzte Lauf angesehen hat. Warten Sie den nächsten Lauf ab und ordnen Sie es dann zu.`,
  left_out: (given) =>
    `Die Regeln dieses Abgleichs lassen „${given}“ aus. Wählen Sie ein anderes Dokument, oder lassen Sie die Regeln ändern.`,
};

const holders: Refusals['holders'] = {
  owner: 'die zuständige Person',
  team: 'ein Mitglied des Teams',
  account_manager: 'ein Account Manager',
  ops_lead: 'eine Leitung (Ops Lead)',
  finance: 'die Buchhaltung (Finance)',
  admin: 'ein Admin',
  approver: 'eine freigabeberechtigte Person',
  auditor: 'die Revision (Auditor)',
  data_owner: 'eine Datenverantwortung',
  governance: 'eine Regelprüfung',
};

const sentences: Refusals['sentences'] = {
  not_found: () =>
    'Diesen Klärfall gibt es hier nicht mehr. Nichts wurde geändert; benutzen Sie die neueste Karte im Kanal.',
  already_claimed: ({ isYou, owner, since }) =>
    isYou
      ? `Sie haben ihn bereits übernommen, ${since}. Klicken Sie auf „Lösen“, wenn er geklärt ist, oder „Zurückgeben“.`
      : `${owner} hat ihn bereits übernommen, ${since}. Sprechen Sie mit ${owner}, oder klicken Sie auf „Eskalieren“, wenn es nicht weitergeht.`,
  already_closed: ({ status, by, at }) =>
    `Der Stand ist bereits: ${status}${by === undefined ? '' : `, durch ${by}`}, ${at}. Falls das falsch ist, klicken Sie auf „Wieder öffnen“.`,
  wrong_status: ({ action, status, step }) =>
    `Sie können diesen Klärfall jetzt nicht ${action}; Stand: ${status}. ${step}`,
  stale_card: ({ status, owner }) =>
    `Diese Karte war veraltet, deshalb wurde nichts geändert. Stand jetzt: ${status}${owner === undefined ? '' : `, bei ${owner}`}. Sehen Sie sich die erneuerte Karte an, und klicken Sie noch einmal, wenn Sie es weiterhin möchten.`,
  not_permitted: ({ action, who }) =>
    `Sie dürfen diesen Klärfall nicht ${action}; das darf ${who}. Fragen Sie dort nach, oder bitten Sie einen Admin, Sie in das Team aufzunehmen.`,
  unknown_code: ({ given, known }) =>
    `„${given}“ ist hier kein Lösungscode. Wählen Sie einen von diesen: ${known}.`,
  note_required: ({ code }) => `${code} braucht eine Notiz. Schreiben Sie, was vereinbart wurde und mit wem.`,
  note_too_long: ({ limit }) => `Die Notiz ist zu lang. Höchstens ${limit} Zeichen.`,
  amount_required: ({ code }) => `${code} braucht einen Betrag. Geben Sie ihn so ein: 1234.50.`,
  amount_unreadable: ({ why }) => `Der Betrag ist nicht lesbar: ${why}. Geben Sie ihn so ein: 1234.50.`,
  evidence_required: ({ code }) =>
    `${code} braucht einen Beleg. Fügen Sie die Webadresse des Dokuments ein, das es zeigt.`,
  evidence_unreadable: ({ given }) =>
    `„${given}“ ist keine Webadresse, die aufbewahrt werden kann. Fügen Sie eine ein, die mit https:// beginnt und kein Passwort enthält.`,
  not_on_agenda: () =>
    'Das steht nicht mehr auf der Agenda einer Triage, deshalb hat sich nichts geändert. Sehen Sie sich die Karte an.',
  reason_required: () => 'Sagen Sie, warum, damit andere danach handeln können.',
  already_theirs: ({ owner }) => `${owner} hat ihn bereits. Wählen Sie jemand anderen.`,
  already_offered: ({ name, until }) =>
    `Er ist bereits ${name} angeboten; Antwort möglich bis ${until}. Warten Sie die Antwort ab; „Zurückgeben“ beendet das Angebot.`,
  offer_not_yours: ({ name }) =>
    `Er ist ${name} angeboten, nur dort kann geantwortet werden. Bitten Sie die zuständige Person, ihn Ihnen anzubieten.`,
  offer_over: ({ how }) =>
    `${how} Nichts wurde geändert; sehen Sie auf die Karte, oder sprechen Sie mit der Person, die ihn angeboten hat.`,
  until_required: () => 'Wählen Sie den Tag, bis zu dem gewartet wird.',
  until_not_ahead: ({ today }) =>
    `Der Tag muss in der Zukunft liegen: Heute ist der ${today}. Wählen Sie morgen oder später, oder klicken Sie auf „Lösen“.`,
  until_too_far: ({ latest }) =>
    `So lange wartet nichts. Wählen Sie einen Tag bis ${latest}, und stellen Sie ihn dann erneut zurück.`,
  unknown_target: ({ given }) => `„${given}“ ist hier kein Team und keine Person. Wählen Sie aus der Liste.`,
  other_currency: ({ given, currency }) =>
    `Es geht um ${currency}, der Betrag nennt ${given}. Beträge werden nie umgerechnet: Geben Sie ihn in ${currency} ein.`,
  amount_not_positive: () => 'Geben Sie an, wie viel gebucht wird: einen Betrag über 0.',
  amount_above: ({ most, adjusted, hasAdjusted }) =>
    `Das ist mehr, als worum es geht. Geben Sie höchstens ${most} ein${hasAdjusted ? `: ${adjusted} sind dafür schon gebucht` : ''}.`,
  reason_code_required: ({ code }) =>
    `${code} braucht einen Grund. Wählen Sie einen; er geht in die Buchhaltung.`,
  unknown_reason_code: ({ given, known }) =>
    `„${given}“ ist dafür kein Grund. ${known === '' ? 'Schreiben Sie einen wie billing_error, in Kleinbuchstaben.' : `Wählen Sie einen von diesen: ${known}.`}`,
  period_unreadable: ({ given }) => `„${given}“ ist kein Monat. Wählen Sie einen, geschrieben wie 2026-10.`,
  period_ahead: ({ period, latest }) =>
    `${period} liegt in der Zukunft. Wählen Sie ${latest} oder einen früheren Monat.`,
  no_open_period: ({ period }) =>
    `Von ${period} bis jetzt ist kein Monat für Buchungen offen. Bitten Sie die Buchhaltung, einen zu öffnen, und wiederholen Sie es dann.`,
  own_proposal: () =>
    'Das haben Sie selbst vorgeschlagen, deshalb muss jemand anderes es freigeben. „Zurückweisen“ zieht es zurück.',
  proposal_over: ({ how }) => `${how} Nichts wurde geändert; sehen Sie sich die Karte an, wie sie jetzt ist.`,
  nobody_to_approve: () =>
    'Das muss jemand anderes freigeben, und sonst darf es hier niemand. Bitten Sie einen Admin, jemandem die Rolle finance oder ops_lead zu geben.',
  hold_unknown: ({ given }) =>
    `Eine Sperre „${given}“ gibt es hier nicht. Nichts wurde geändert; sehen Sie in die Liste der Sperren.`,
  hold_over: ({ label }) =>
    `${label} sperrt nichts mehr, es gibt also nichts freizugeben. Sehen Sie in die Liste der Sperren.`,
  already_asked: ({ name, until }) =>
    `${name} hat das schon beantragt, und bis ${until} kann jemand entscheiden. Warten Sie ab, oder bitten Sie darum, es zurückzuziehen.`,
  entry_unknown: ({ given }) =>
    `Eine Buchung „${given}“ gibt es hier nicht. Nichts wurde geändert; sehen Sie in die Liste der Buchungen.`,
  entry_reversed: ({ label, isReversal }) =>
    isReversal
      ? `${label} ist selbst ein Storno. Buchen Sie stattdessen neu.`
      : `${label} wurde schon storniert. Eine Buchung wird einmal zurückgenommen.`,
  not_in_bulk: ({ code }) => `${code} bucht einen eigenen Betrag. Lösen Sie jeden davon einzeln.`,
  not_by_matching: ({ code }) =>
    `${code} bucht etwas, und Zuordnen bucht nichts. Wählen Sie einen anderen Grund, oder ordnen Sie erst zu und lösen Sie den Rest damit.`,
  inactive_person: () =>
    'Ihr Konto ist hier abgeschaltet, deshalb wurde nichts geändert. Bitten Sie einen Admin, es in der Konfiguration einzuschalten.',
  record_unknown: ({ given }) =>
    given === ''
      ? 'Wählen Sie mindestens ein Dokument.'
      : `Keine Seite dieses Abgleichs hat ein Dokument „${given}“. Prüfen Sie die Referenz; sie wird Zeichen für Zeichen verglichen.`,
  unpairable: ({ why }) => why,
  matched_by_hand: ({ given, name, label }) =>
    `${name} hat „${given}“ in ${label} von Hand zugeordnet. Lassen Sie das dort zuerst trennen, oder wählen Sie ein anderes Dokument.`,
  kept_apart: ({ given, name, at }) =>
    `${name} hat gesagt (${at}), dass „${given}“ nie hierher gehört. Heben Sie das zuerst auf, oder wählen Sie ein anderes Dokument.`,
  not_kept_apart: ({ given }) => `Niemand hält „${given}“ davon getrennt. Nichts wurde geändert.`,
  not_matched: () => 'Die Dokumente dieses Klärfalls sind nichts zugeordnet, also gibt es nichts zu trennen.',
  too_many_apart: ({ pairs, most }) =>
    `Das würde ${pairs} Paare von Dokumenten getrennt halten, und höchstens ${most} gehen auf einmal; nichts wurde geändert. Ordnen Sie von Hand zu, was zusammengehört, oder wählen Sie mit „Nie zusammen“ einige von denen, die nicht dazugehören.`,
  run_under_way: () =>
    'Dieser Abgleich läuft gerade, deshalb wurde nichts geändert. Klicken Sie in einer Minute erneut.',
  rules_gone: ({ reconciliation }) =>
    `Die Regeln von ${reconciliation} stehen nicht mehr in der Konfiguration, deshalb kann nichts zugeordnet werden. Fragen Sie einen Admin.`,
};

export const refusals: Refusals = {
  or: 'oder',
  actions,
  steps,
  offerOver,
  proposalOver,
  amounts,
  unpairable,
  holders,
  sentences,
};
