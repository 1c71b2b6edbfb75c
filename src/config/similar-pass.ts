import type { ContractField } from '../core/contract.ts';
import type { Comparison, ComparisonKind, Decide, SimilarPass } from '../core/spec.ts';
import { type Context, fieldOf, readPair } from './reconciliation-context.ts';
import type { ReconciliationFile } from './schema-reconciliation.ts';

type SimilarFile = NonNullable<ReconciliationFile['find'][number]['similar']>;

const DECIDE: Decide = {
  auto: { probabilityPpm: 990_000, marginBits: 6, needReference: true },
  suggest: { probabilityPpm: 500_000 },
};

/** When a machine may decide, as the file says or as is safe, after noting what would let it pair by amount and date alone. */
export function toDecide({ file: { decide }, source }: Context): Decide {
  if (decide?.auto?.need_reference === false) {
    const text =
      'a machine could pair by amount and date alone where names are missing: leave it true; what it may not pair is suggested';
    source.problem(['decide', 'auto', 'need_reference'], text);
  }
  return {
    auto: {
      probabilityPpm: ppm(decide?.auto?.min_probability) ?? DECIDE.auto.probabilityPpm,
      marginBits: decide?.auto?.min_margin_bits ?? DECIDE.auto.marginBits,
      needReference: DECIDE.auto.needReference,
    },
    suggest: {
      probabilityPpm: ppm(decide?.suggest?.min_probability) ?? DECIDE.suggest.probabilityPpm,
    },
  };
}

const ppm = (share: number | undefined): number | undefined =>
  share === undefined ? undefined : Math.round(share * 1_000_000);

/** The similar pass that a file states, after noting whatever in it cannot hold or would not be safe. */
export function toSimilarPass(context: Context, pass: SimilarFile, index: number): SimilarPass {
  const path = ['find', index, 'similar'];
  const within = (pass.within ?? []).map((text, at) => readFields(context, text, [...path, 'within', at]));
  const compare = Object.entries(pass.compare).map(([text, kind]) =>
    toComparison(context, { text, kind, path: [...path, 'compare', text] }),
  );
  if (!compare.some(({ kind }) => IDENTITY.has(kind))) {
    const problem =
      'amount and date alone never tell who it was: compare a name, a text or a reference too, or nothing can be found';
    context.source.problem([...path, 'compare'], problem);
  }
  return {
    kind: 'similar',
    name: pass.name ?? `similar-${index + 1}`,
    within: { expected: within.map(({ expected }) => expected), actual: within.map(({ actual }) => actual) },
    gates: toGates(context, pass.block, [...path, 'block']),
    compare,
  };
}

const IDENTITY: ReadonlySet<ComparisonKind> = new Set(['text', 'name', 'reference', 'exact']);

/** What can be compared as what, by the kind of the field. */
const FITTING = {
  text: ['text', 'reference', 'choice'],
  name: ['text'],
  reference: ['reference', 'text'],
  exact: ['text', 'reference', 'choice', 'integer', 'decimal', 'date', 'instant'],
} as const satisfies Record<Exclude<ComparisonKind, 'money' | 'lag'>, readonly string[]>;

type Stated = {
  readonly text: string;
  readonly kind: ComparisonKind;
  readonly path: readonly PropertyKey[];
};

/** `amount: money` and `date: lag` speak of each side's own amount and date; everything else of fields. */
function toComparison(context: Context, { text, kind, path }: Stated): Comparison {
  if (kind === 'money' || kind === 'lag') {
    const word = kind === 'money' ? 'amount' : 'date';
    if (text !== word) {
      context.source.problem(
        path,
        `${kind} compares the two sides' ${word}: write ${word}: ${kind}, or compare ${text} as text, reference or exact`,
      );
    }
    return { expected: word, actual: word, kind };
  }
  const { expected, actual, fields } = readFields(context, text, path);
  const fitting: readonly string[] = FITTING[kind];
  for (const field of fields) {
    if (fitting.includes(field.type.kind)) continue;
    context.source.problem(
      path,
      `${field.name} is ${field.type.kind}; ${kind} compares ${fitting.join(', ')}`,
    );
  }
  return { expected, actual, kind };
}

function readFields(
  context: Context,
  text: string,
  path: readonly PropertyKey[],
): { expected: string; actual: string; fields: readonly ContractField[] } {
  const { expected, actual } = readPair(context, text, path);
  const fields = [
    fieldOf(context, 'expected', { name: expected, path }),
    fieldOf(context, 'actual', { name: actual, path }),
  ];
  return { expected, actual, fields: fields.filter((field) => field !== undefined) };
}

const AMOUNT = /^amount\s*(?:±|\+-)\s*(\d{1,2}(?:\.\d+)?)\s*%$/;
const DATE = /^date\s+(-?\d{1,4})\.\.(\d{1,4})d$/;

/** `amount ±10%`, `date 0..45d`: without either, every record would be compared with every other. */
function toGates(
  context: Context,
  block: readonly string[],
  path: readonly PropertyKey[],
): SimilarPass['gates'] {
  let amountPpm: number | undefined;
  let days: { from: number; to: number } | undefined;
  for (const [at, text] of block.entries()) {
    const share = AMOUNT.exec(text)?.[1];
    const [, from, to] = DATE.exec(text) ?? [];
    if (share !== undefined) amountPpm = Math.round(Number(share) * 10_000);
    else if (from !== undefined && to !== undefined && Number(from) <= Number(to)) {
      days = { from: Number(from), to: Number(to) };
    } else {
      context.source.problem([...path, at], `"${text}" is no limit; write "amount ±10%" or "date 0..45d"`);
    }
  }
  return { amountPpm, days };
}
