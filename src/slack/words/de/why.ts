import type { Catalogue } from '../catalogue.ts';

export const why: Catalogue['why'] = {
  title: 'Warum, und warum nicht',
  paired: 'Warum diese zusammengehören',
  alone: (document) => `Warum ${document} kein Gegenstück hat`,
  byHand: ({ name, at }) => `${name} hat sie von Hand zugeordnet, ${at}.`,
  byKeys: ({ pass, fields }) =>
    fields === undefined
      ? `Ihre Schlüssel sind gleich (${pass}).`
      : `Gleich ist bei ihnen: ${fields} (${pass}).`,
  bySet: (pass) => `Zusammen ergeben sie den Betrag auf den Cent, und sonst nichts (${pass}).`,
  weighed: ({ pass, likely, ahead }) =>
    `Sie stimmen in dem überein, was Dokumente unterscheidet (${pass}): zu ${likely} wahrscheinlich, ${ahead} vor dem nächsten Kandidaten.`,
  repeats:
    'Diese Dokumente wiederholen einander. Das erste nimmt an der Zuordnung teil, die anderen bleiben draußen.',
  noCandidates: 'Auf der anderen Seite kam nichts in die Nähe.',
  unweighed: 'Keine Regel dieses Abgleichs wägt Dokumente ohne gemeinsamen Schlüssel ab.',
  nearby: 'Am nächsten unter denen ohne Gegenstück, für einen Menschen zu beurteilen:',
  nobodyNear: 'In seiner Nähe ist auf der anderen Seite nichts ohne Gegenstück.',
  bits: 'Ein Bit mehr verdoppelt die Chance, dass zwei Dokumente zusammengehören; ein Minus spricht dagegen.',
  bit: (text) => `${text} Bit`,
  prior: 'vor jedem Vergleich',
  together: 'zusammen',
  over: (share) => `über ${share}`,
  under: (share) => `unter ${share}`,
  likely: (share) => `zu ${share} wahrscheinlich`,
  levels: {
    'no value': 'kein Wert',
    'same value': 'gleicher Wert',
    'another value': 'anderer Wert',
    'no day': 'kein Datum',
    'same day': 'gleicher Tag',
    'one day later': 'einen Tag später',
    'up to 2 days later': 'bis zu 2 Tage später',
    'up to 3 days later': 'bis zu 3 Tage später',
    'up to 4 days later': 'bis zu 4 Tage später',
    'up to 7 days later': 'bis zu 7 Tage später',
    'up to 10 days later': 'bis zu 10 Tage später',
    'up to 30 days later': 'bis zu 30 Tage später',
    'earlier, or more than 30 days later': 'früher, oder mehr als 30 Tage später',
    'no amount': 'kein Betrag',
    'same amount': 'gleicher Betrag',
    'amounts within 0.01 %': 'Beträge innerhalb von 0,01 %',
    'amounts within 1 %': 'Beträge innerhalb von 1 %',
    'amounts within 2 %': 'Beträge innerhalb von 2 %',
    'amounts within 3 %': 'Beträge innerhalb von 3 %',
    'amounts within 5 %': 'Beträge innerhalb von 5 %',
    'amounts within 10 %': 'Beträge innerhalb von 10 %',
    'amounts within 30 %': 'Beträge innerhalb von 30 %',
    'amounts far apart': 'Beträge weit auseinander',
    'no reference': 'keine Referenz',
    'same reference': 'gleiche Referenz',
    'one reference stands in the other text': 'die eine Referenz steht im anderen Text',
    'same digits': 'gleiche Ziffern',
    'same last digits': 'gleiche letzte Ziffern',
    'reference one slip apart': 'Referenz bis auf einen Tippfehler gleich',
    'different reference': 'andere Referenz',
    'no text': 'kein Text',
    'same text': 'gleicher Text',
    'same short text': 'gleicher kurzer Text',
    'one is the other cut off': 'der eine ist der andere, abgeschnitten',
    'one is the other cut off short': 'der eine ist der andere, kurz abgeschnitten',
    'same words in another order': 'gleiche Wörter in anderer Reihenfolge',
    'same words, some by their first letter': 'gleiche Wörter, einige nur mit dem Anfangsbuchstaben',
    'all words of one stand in the other': 'alle Wörter des einen stehen im anderen',
    'same first 9 letters': 'gleiche erste 9 Buchstaben',
    'same first 6 letters': 'gleiche erste 6 Buchstaben',
    'one or two letters apart': 'bis auf einen oder zwei Buchstaben gleich',
    'half of the words are the same': 'die Hälfte der Wörter ist gleich',
    'same first 3 letters': 'gleiche erste 3 Buchstaben',
    'different text': 'anderer Text',
  },
  not: {
    suggested: ({ short }) =>
      `Wahrscheinlich, aber für eine Maschine nicht sicher genug: ${short}. Ein Mensch kann es bestätigen.`,
    unlikely: ({ is, needed }) => `zu ${is} wahrscheinlich, wo ${needed} nötig sind`,
    close: ({ is, needed }) => `${is} vor dem nächsten Kandidaten, wo ${needed} nötig sind`,
    nameless: 'weder Name noch Referenz stimmen überein',
    and: ', und ',
    ambiguous: ({ likely }) =>
      `Ein anderer Kandidat ist ebenso gut (dieser ist zu ${likely} wahrscheinlich), also wurde nicht geraten. Eine Referenz auf einem der Dokumente würde entscheiden.`,
    competition: 'Es gehört besser zu einem anderen Dokument. Dazu müsste jene Zuordnung falsch sein.',
    below: ({ likely, weight, against }) =>
      `Nicht wahrscheinlich genug: ${likely} (${weight}).${against === undefined ? '' : ` Am meisten spricht dagegen: ${against}.`}`,
    wouldPair: (limits) => `Es würde zugeordnet, wenn ${limits}.`,
    wouldBeProposed: (limits) => `Es würde einem Menschen vorgeschlagen, wenn ${limits}.`,
    amountLimit: ({ allowed, is }) => `die Beträge höchstens ${allowed} auseinanderlägen; es sind ${is}`,
    currencyLimit: ({ expected, actual }) =>
      `beide in einer Währung wären; sie sind in ${expected} und ${actual}`,
    daysLimit: ({ from, to, is }) =>
      `es ${from} bis ${to} Tage nach dem Soll-Dokument datiert wäre; es sind ${is} Tage`,
    withinLimit: ({ field, expected, actual }) =>
      `${field} gleich wäre; es ist „${expected}“ und „${actual}“`,
    limits: 'es innerhalb der Grenzen der Regeln läge',
  },
  keys: {
    empty_key: ({ fields }) => `Es hat kein ${fields}. Damit wäre es zu finden.`,
    nobody: ({ fields }) =>
      `Auf der anderen Seite hat nichts dasselbe ${fields}. Dazu braucht es ein Dokument damit, oder eine Korrektur an diesem.`,
    other_currency: ({ ref, own, other }) =>
      `${ref} stimmt in allem außer der Währung überein: hier ${own}, dort ${other}.`,
    other_amount: ({ ref, amount }) => `${ref} stimmt in allem außer dem Betrag überein, dort ${amount}.`,
    removed: ({ ref }) => `${ref} hat seinen Schlüssel, wurde aber von der Quelle zurückgenommen.`,
    left_out: ({ ref }) => `${ref} hat seinen Schlüssel, die Regeln lassen es aber weg.`,
    kept_apart: ({ ref }) => `${ref} hat seinen Schlüssel, ein Mensch hält die beiden aber auseinander.`,
    later: ({ ref, on }) =>
      `${ref} hat seinen Schlüssel, ist aber vom ${on}: später, als der letzte Lauf gesehen hat.`,
    taken: ({ ref, with: others }) =>
      `${ref} hat seinen Schlüssel, ist aber ${others} zugeordnet. Dazu müsste jene Zuordnung falsch sein.`,
    too_far: ({ ref, days, from, to }) =>
      `${ref} hat seinen Schlüssel, liegt aber ${days} Tage nach dem Soll-Dokument; erlaubt sind ${from} bis ${to} Tage.`,
    ambiguous_key: ({ expected, actual, of }) =>
      `Der Schlüssel ist nicht eindeutig: ${expected} auf der Soll-Seite und ${actual} auf der Ist-Seite haben ihn (eines ist ${of}), und die Regel nimmt keine solche Gruppe. Eine Referenz, die sie unterscheidet, würde entscheiden.`,
    too_many: ({ records, most }) =>
      `${records} Dokumente haben seinen Schlüssel; mehr als ${most} werden nicht zusammengebracht.`,
    beyond_tolerance: ({ ref, tolerance }) =>
      `${ref} hat seinen Schlüssel, die Beträge liegen aber außerhalb dessen, was diese Regel nimmt (${tolerance}).`,
    no_set: ({ from, most }) =>
      `Von ${from} zur Auswahl ergeben keine ${most} oder weniger den Betrag auf den Cent.`,
    several_sets: ({ sets }) =>
      `Mehr als eine Auswahl ergibt den Betrag: ${sets}. Sich zu entscheiden ist Sache eines Menschen.`,
    set_wanted: ({ set }) => `${set} ergeben den Betrag, aber ein anderes Dokument braucht sie auch.`,
    bound_exceeded: ({ from, most }) =>
      `${from} zur Auswahl; gesucht wird unter höchstens ${most}, also wurde hier nicht gesucht.`,
    next_run: ({ ref }) => `${ref} hat inzwischen seinen Schlüssel. Der nächste Lauf sieht es an.`,
  },
  setOr: ', oder ',
  keptApart: 'Auseinandergehalten',
  never: ({ own, other, name, at }) => `${own} und ${other} gehören nie zusammen, sagt ${name}, ${at}`,
  unmatched: ({ own, other, name, at }) =>
    `${own} und ${other} hat ${name} getrennt, ${at}; keine Maschine ordnet sie einander zu, bis sich eines ändert`,
};
