import type { ContractField, FieldSource, Negation } from '../core/contract.ts';
import { type DateFormat, hasTime, isUnix, readDateFormats } from '../core/date-format.ts';
import { suggestion } from '../core/nearest-word.ts';
import type { Step } from '../core/steps.ts';
import type { FeedFile, FieldFile, StepFile } from './schema-feed.ts';
import type { YamlSource } from './yaml.ts';

const LONGEST_TEXT = 8_000;

/** One field of a contract, after noting on `source` whatever in it cannot hold. */
export function toField(
  name: string,
  field: FieldFile,
  { file, source }: { file: FeedFile; source: YamlSource },
): ContractField {
  if ((field.from === undefined) === (field.always === undefined)) {
    source.problem(['fields', name], 'needs either from: <column> or always: <constant>');
  }
  return {
    name,
    ...toSource(field),
    required: field.required ?? name === file.amount,
    ...(field.personal && { personal: toPersonal(name, field, { file, source }) }),
    type: toType(name, field, source),
  };
}

/** What nobody may know in clear cannot be what records are told apart, dated or priced by, unless a pseudonym does as well. */
function toPersonal(
  name: string,
  { personal, type }: FieldFile,
  { file, source }: { file: FeedFile; source: YamlSource },
): ContractField['personal'] {
  const path = ['fields', name, 'personal'];
  const roles = [file.amount, file.date, file.revision];
  if (personal === 'hash' && (!['text', 'reference'].includes(type) || roles.includes(name)))
    source.problem(path, 'hash is for fields of type text or reference; leave it out, or write drop');
  if (personal === 'drop' && [...roles, ...file.key, file.client, file.order_ref].includes(name))
    source.problem(path, 'records are known by this field; write hash, or use another field for that');
  return personal;
}

type SourceFile = Pick<FieldFile, 'from' | 'always' | 'cut_at' | 'steps'>;

const toSource = ({ from, always, cut_at: cutAt = [], steps }: SourceFile): FieldSource => ({
  from,
  always,
  cutAt,
  ...(steps === undefined ? {} : { steps: steps.map(toStep) }),
});

const fromColumn = (from: string): FieldSource => toSource({ from });

function toStep(step: StepFile): Step {
  if (typeof step === 'string') return { kind: step };
  if ('drop_prefix' in step) return { kind: 'drop_prefix', texts: longestFirst(step.drop_prefix) };
  if ('drop_suffix' in step) return { kind: 'drop_suffix', texts: longestFirst(step.drop_suffix) };
  if ('before' in step) return { kind: 'before', text: step.before };
  if ('after' in step) return { kind: 'after', text: step.after };
  if ('prefix' in step) return { kind: 'prefix', text: step.prefix };
  return { kind: 'pad', width: step.pad };
}

/** `PO-` before `PO`, whatever order they are written in. */
const longestFirst = (texts: readonly string[]): readonly string[] =>
  [...texts].sort((a, b) => b.length - a.length);

function toType(name: string, field: FieldFile, source: YamlSource): ContractField['type'] {
  if (field.type === 'text') return { kind: 'text', maxLength: field.max_length ?? LONGEST_TEXT };
  if (field.type === 'choice') return toChoice(name, field, source);
  if (field.type === 'date' || field.type === 'instant') {
    checkFormat(name, field, source);
    const written = 'zone' in field && field.zone !== undefined ? { zone: field.zone } : {};
    return { kind: field.type, format: field.format, ...written };
  }
  if (field.type === 'decimal') return { kind: 'decimal', mark: field.decimal ?? '.' };
  if (field.type === 'money') return toMoney(name, field, source);
  return { kind: field.type };
}

function toChoice(
  name: string,
  field: Extract<FieldFile, { type: 'choice' }>,
  source: YamlSource,
): ContractField['type'] {
  const { of, map = {}, otherwise } = field;
  const meant: readonly (readonly [path: readonly string[], value: string])[] = [
    ...Object.entries(map).map(([word, value]) => [['map', word], value] as const),
    ...(otherwise === undefined ? [] : [[['otherwise'], otherwise] as const]),
  ];
  for (const [path, value] of meant) {
    if (of.includes(value)) continue;
    source.problem(
      ['fields', name, ...path],
      `"${value}" is not among the values of the field${suggestion(value, of)}`,
    );
  }
  return {
    kind: 'choice',
    of,
    ...(field.map === undefined ? {} : { map: toMap(name, map, source) }),
    ...(otherwise === undefined ? {} : { otherwise }),
  };
}

function toMap(
  name: string,
  map: Readonly<Record<string, string>>,
  source: YamlSource,
): ReadonlyMap<string, string> {
  const made = new Map<string, string>();
  for (const [word, value] of Object.entries(map)) {
    const key = word.trim().toLowerCase();
    if (made.has(key) && made.get(key) !== value)
      source.problem(['fields', name, 'map', word], `stands twice, whatever its case, and means two things`);
    made.set(key, value);
  }
  return made;
}

function checkFormat(
  name: string,
  field: Extract<FieldFile, { type: 'date' | 'instant' }>,
  source: YamlSource,
): void {
  const path = ['fields', name, 'format'];
  const formats = readDateFormats(field.format);
  const problems = formats.ok ? formats.value.map((format) => misfit(field, format)) : [formats.refusal];
  for (const problem of problems) if (problem !== undefined) source.problem(path, problem);
}

function misfit(field: { readonly type: 'date' | 'instant' }, format: DateFormat): string | undefined {
  if (field.type === 'date') {
    return hasTime(format) ? `"${format.text}" has a time of day; use type: instant` : undefined;
  }
  if (isUnix(format)) return undefined;
  const isComplete = (['day', 'hour', 'minute'] as const).every((part) => format.parts.includes(part));
  return isComplete ? undefined : `"${format.text}" needs day, hour and minute, like YYYY-MM-DD HH:mm`;
}

function toMoney(
  name: string,
  field: Extract<FieldFile, { type: 'money' }>,
  source: YamlSource,
): ContractField['type'] {
  const decimal = field.decimal ?? '.';
  if (field.group === decimal) {
    source.problem(['fields', name, 'group'], `"${decimal}" cannot part thousands and decimals both`);
  }
  const { currency } = field;
  return {
    kind: 'money',
    format: {
      decimal,
      group: field.group,
      symbols: field.symbols ?? [],
      parentheses: field.parentheses ?? false,
      unit: field.unit ?? 'major',
    },
    currency: typeof currency === 'string' ? toSource({ always: currency }) : toSource(currency),
    ...(field.negate === undefined ? {} : { negate: toNegation(field.negate) }),
  };
}

function toNegation(negate: NonNullable<Extract<FieldFile, { type: 'money' }>['negate']>): Negation {
  if (negate === 'always') return negate;
  return { column: fromColumn(negate.column), equals: negate.equals, keep: negate.keep };
}
