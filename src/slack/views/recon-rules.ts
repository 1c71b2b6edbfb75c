import { DEFAULT_TAGS } from '../../core/locale.ts';
import type { Organisation, OwnershipRow } from '../../core/organisation.ts';
import { raisesOf } from '../../core/raises.ts';
import { rowsFor } from '../../core/route.ts';
import type { RuleChangeFacts } from '../../core/rule-change.ts';
import type { Severity } from '../../core/severity.ts';
import type {
  DuplicateRule,
  MissingRule,
  Pass,
  Reconciliation,
  SideSpec,
  VerifyRule,
} from '../../core/spec.ts';
import type { Message } from './blocks.ts';
import { inert } from './escape.ts';
import type { Reader } from './reader.ts';
import { answer, bold, both, cut, type Line, typedWords } from './recon-answer.ts';
import { pendingChangeLine } from './rule-change.ts';
import { typeTitle } from './type-words.ts';

/** A reconciliation as it is configured now; its version when that is on the record. */
export type RuleBook = {
  readonly spec: Reconciliation;
  readonly version: { readonly number: number; readonly recordedAt: Date } | undefined;
  /** A change of it that waits for approvals. */
  readonly pending?: RuleChangeFacts | undefined;
};

/** Who owns what rules raise, and whether they change by approval. */
export type RuleSettings = Pick<Organisation, 'ownership' | 'governance'>;

const SHOWN = 80;
const WORD = 120;
const said = (text: string): string => inert(text, WORD);
const list = (texts: readonly string[]): string => said(texts.join(', '));

/** How each reconciliation compares, pairs, judges, waits and routes, in plain words. */
export function rulesAnswer(
  books: readonly RuleBook[],
  { ownership, governance }: RuleSettings,
  reader: Reader,
): Message {
  const { rules, more } = reader.words.operations;
  if (books.length === 0) return answer(rules.title, [rules.none]);
  const lines = books.flatMap((book) => bookLines(book, ownership, reader));
  const footer = governance ? reader.words.rule.governed : rules.more;
  return answer(rules.title, [...cut(lines, { most: SHOWN, more }), footer]);
}

/** There is no reconciliation of that name. */
export const unknownRules = (
  { typed, near, known }: { typed: string; near: string | undefined; known: readonly string[] },
  { words }: Reader,
): Message => typedWords(words.operations.rules.unknown({ typed, near, known: known.join(', ') }));

function bookLines(
  { spec, version, pending }: RuleBook,
  ownership: readonly OwnershipRow[],
  reader: Reader,
): Line[] {
  const { rules } = reader.words.operations;
  const recorded =
    version === undefined
      ? rules.unrecorded
      : both(reader, ({ instant }) =>
          rules.version({ version: version.number, at: instant(version.recordedAt) }),
        );
  const { expected, actual, missing, credits } = spec;
  const points = [
    rules.sides({
      expected: said(sideWords(expected)),
      actual: said(sideWords(actual)),
      currency: said(spec.compareIn),
      zone: said(spec.zone),
    }),
    ...spec.duplicates.map((rule) => duplicateWords(rule, spec, reader)),
    ...spec.find.map((pass, index) => passWords(pass, index, reader)),
    ...decideWords(spec, reader),
    ...(credits ? [rules.credits({ field: said(credits.field), value: said(credits.equals) })] : []),
    ...spec.verify.flatMap((rule) => verifyWords(rule, reader)),
    ...(missing.actual ? [rules.missingActual(missingParts(missing.actual, reader))] : []),
    ...(missing.expected ? [rules.missingExpected(missingParts(missing.expected, reader))] : []),
    ...routeWords(spec, ownership, reader),
  ];
  return [
    bold(said(spec.key)),
    typeof recorded === 'string' ? `${said(spec.describes)} (${recorded})` : withVersion(spec, recorded),
    ...(pending ? [both(reader, (writer) => pendingChangeLine(pending, writer))] : []),
    ...points.map((point) => `• ${point}`),
  ];
}

const sideWords = ({ feed, amount }: SideSpec): string => (amount === undefined ? feed : `${feed}.${amount}`);

const withVersion = (spec: Reconciliation, version: Exclude<Line, string>): Line => ({
  rich: `${said(spec.describes)} (${version.rich})`,
  plainly: `${said(spec.describes)} (${version.plainly})`,
});

const severityIn = (severity: Severity, { words }: Reader): string =>
  words.operations.rules.severities[severity];
const typeIn = (type: string, reader: Reader): string => said(typeTitle(type, reader));

const duplicateWords = (rule: DuplicateRule, spec: Reconciliation, reader: Reader): string =>
  reader.words.operations.rules.duplicate({
    feed: said(spec[rule.side].feed),
    fields: list(rule.same),
    type: typeIn(rule.raise, reader),
    severity: severityIn(rule.severity, reader),
  });

function passWords(pass: Pass, index: number, reader: Reader): string {
  const { rules } = reader.words.operations;
  const about = { position: index + 1, name: said(pass.name) };
  if (pass.kind === 'exact') return rules.pass({ ...about, on: fieldPairs(pass), how: pass.cardinality });
  if (pass.kind === 'combine') {
    return rules.combine({
      ...about,
      within: fieldPairs(pass.within),
      items: pass.maxItems,
      pool: pass.pool,
    });
  }
  const compared = pass.compare.map(
    ({ expected, actual, kind }) => `${fieldPair(expected, actual)} (${kind})`,
  );
  return rules.similar({ ...about, within: fieldPairs(pass.within), on: list(compared) });
}

const fieldPair = (expected: string, actual: string): string =>
  expected === actual ? expected : `${expected} = ${actual}`;

const fieldPairs = ({
  expected,
  actual,
}: {
  expected: readonly string[];
  actual: readonly string[];
}): string => list(expected.map((field, at) => fieldPair(field, actual[at] ?? field)));

/** When what a similar pass found is taken without a person. */
function decideWords({ find, decide }: Reconciliation, { words, locale }: Reader): string[] {
  if (!find.some(({ kind }) => kind === 'similar')) return [];
  const percent = new Intl.NumberFormat(DEFAULT_TAGS[locale], { style: 'percent', maximumFractionDigits: 4 });
  const { auto, suggest } = decide;
  return [
    words.operations.rules.decides({
      auto: percent.format(auto.probabilityPpm / 1_000_000),
      margin: auto.marginBits,
      suggest: percent.format(suggest.probabilityPpm / 1_000_000),
    }),
  ];
}

function verifyWords(rule: VerifyRule, reader: Reader): string[] {
  const { rules } = reader.words.operations;
  const about = { id: said(rule.id), expect: said(rule.expect.text), reason: said(rule.reason) };
  const told = rule.notify === undefined ? '' : `, ${rules.tells({ team: said(rule.notify) })}`;
  return [
    ...(rule.then ? [`${rules.settles(about)}${told}`] : []),
    ...(rule.else ? [rules.raises({ ...about, severity: severityIn(rule.else, reader) })] : []),
  ];
}

const missingParts = (rule: MissingRule, reader: Reader) => ({
  days: rule.afterDays,
  type: typeIn(rule.raise, reader),
  severity: severityIn(rule.severity, reader),
});

/** Where each of its types goes, and the line of the configuration that says so. */
function routeWords(spec: Reconciliation, ownership: readonly OwnershipRow[], reader: Reader): string[] {
  const lines = raisesOf(spec).flatMap(({ type, severity }) => {
    const about = { reconciliation: spec.key, domain: spec.domain, type, severity };
    return rowsFor(ownership, about).map((row) =>
      reader.words.operations.rules.routes({
        type: `${typeIn(type, reader)} (${[severityIn(severity, reader), ...narrower(row)].join(', ')})`,
        team: said(row.team),
        sla: said(row.sla.text),
        source: said(row.source),
      }),
    );
  });
  return [...new Set(lines)];
}

/** What a row asks for beside the kind: names and amounts, as the configuration writes them. */
const narrower = ({ clients = [], amount }: OwnershipRow): string[] => [
  ...(clients.length === 0 ? [] : [list(clients)]),
  ...(amount === undefined ? [] : [said(amount.text)]),
];
