import type { Catalogue } from '../catalogue.ts';

export const history: Catalogue['history'] = {
  program: 'Tieout',
  opened: ({ who, target }) =>
    target === undefined
      ? `${who} hat ihn eröffnet`
      : `${who} hat ihn eröffnet, durch das Trennen in ${target}`,
  updated: ({ who, target }) =>
    target === undefined
      ? `${who} hat geänderte Datensätze gesehen`
      : `${who} hat ihn zu ${target} verschoben, weil sich die Zuständigkeiten geändert haben`,
  claim: ({ who }) => `${who} hat ihn übernommen`,
  unclaim: ({ who, target }) =>
    target === undefined
      ? `${who} hat ihn zurückgegeben`
      : `${who} hat ihn zurückgegeben, weil ${target} nicht mehr da ist`,
  resolve: ({ who, code, amount }) =>
    `${who} hat ihn gelöst${code === undefined ? '' : ` als ${code}`}${amount === undefined ? '' : `, ${amount}`}`,
  propose: ({ who, code, amount }) =>
    `${who} hat eine Lösung vorgeschlagen${code === undefined ? '' : `: ${code}`}${amount === undefined ? '' : `, ${amount}`}`,
  approve: ({ who, target, code, amount }) =>
    `${who} hat den Vorschlag von ${target ?? 'jemandem'} freigegeben${code === undefined ? '' : `: ${code}`}${amount === undefined ? '' : `, ${amount}`}`,
  reject: ({ who, target }) => `${who} hat den Vorschlag von ${target ?? 'jemandem'} zurückgewiesen`,
  withdraw: ({ who }) => `${who} hat den Vorschlag zurückgezogen`,
  lapse: ({ who, target }) =>
    `${who} hat den Vorschlag von ${target ?? 'jemandem'} beendet, weil niemand rechtzeitig entschieden hat`,
  release: ({ who, target, code }) =>
    target === undefined
      ? `${who} hat die Zahlung freigegeben, weil die Frist der Sperre vorbei war`
      : `${who} hat die Zahlung freigegeben, wie von ${target} vorgeschlagen${code === undefined ? '' : ` (${code})`}`,
  escalate: ({ who, target }) => `${who} hat ihn eskaliert${target === undefined ? '' : ` an ${target}`}`,
  clear: ({ who, target }) =>
    target === undefined
      ? `${who} hat ihn erledigt, weil der Unterschied verschwunden ist`
      : `${who} hat ihn erledigt, durch die Entscheidung in ${target}`,
  reopen: ({ who }) => `${who} hat ihn wieder geöffnet`,
  hand_over_offer: ({ who, target }) =>
    `${who} hat ihn angeboten${target === undefined ? '' : `: ${target}`}`,
  hand_over: ({ who }) => `${who} hat die Übergabe angenommen`,
  hand_over_decline: ({ who }) => `${who} hat die Übergabe abgelehnt`,
  hand_over_lapse: ({ who, target }) =>
    target === undefined
      ? `${who} hat das Angebot beendet, weil niemand rechtzeitig geantwortet hat`
      : `${who} hat das Angebot beendet, weil ${target} nicht mehr da ist`,
  wait: ({ who, until }) => `${who} hat ihn zurückgestellt${until === undefined ? '' : ` bis ${until}`}`,
  resume: ({ who }) => `${who} hat ihn fortgesetzt`,
  note: ({ who }) => `${who} hat notiert`,
  remind: ({ who, target }) => `${who} hat ${target ?? 'das Team'} an ihn erinnert`,
  breach: ({ who, target }) =>
    `${who} hat seine Stufe erhöht, weil er nicht rechtzeitig gelöst wurde${target === undefined ? '' : `, und ${target} informiert`}`,
  ping_pong: ({ who, target }) =>
    `${who} hat seine Stufe erhöht, weil er dreimal übergeben wurde${target === undefined ? '' : `, und ${target} informiert`}`,
  match: ({ who, target }) => `${who} hat ihn von Hand zugeordnet: ${target ?? '–'}`,
  unmatch: ({ who, target }) => `${who} hat ${target ?? '–'} getrennt`,
  never: ({ who, target }) => `${who} hat gesagt, dass ${target ?? '–'} nie hierher gehört`,
  lift: ({ who, target }) => `${who} lässt ${target ?? '–'} hier wieder zuordnen`,
  assign: ({ who, target }) => `${who} hat ihn in der Triage an ${target ?? '–'} gegeben`,
  rule_change: ({ who }) => `${who} verlangt in der Triage eine Änderung der Regel`,
  other: (who, action) => `${who}: ${action}`,
  because: {
    INPUTS_CHANGED: 'weil seine Dokumente nicht mehr sind, was sie waren',
    DIFFERENCE_IS_BACK: 'weil der Unterschied wieder da ist',
  },
  change: {
    expected: ({ from, to }) => `Soll vorher ${from}, jetzt ${to}`,
    actual: ({ from, to }) => `Ist vorher ${from}, jetzt ${to}`,
  },
  quoted: (note) => `(„${note}“)`,
  quotedBy: (note, author) => `(„${note}“, von ${author})`,
};
