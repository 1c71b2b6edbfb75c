import type { z } from 'zod';
import type { ParameterProblem, Problem } from './problem.ts';

type Read =
  | { readonly ok: true; readonly query: unknown }
  | { readonly ok: false; readonly problem: Problem };

/** Hono hands on as it is written what is no UTF-8 once it is unescaped: another order would be asked about than was meant. */
const MALFORMED: Problem = {
  code: 'bad_request',
  detail: 'what stands after ? is not percent-encoded UTF-8',
};

function isEncoded(search: string): boolean {
  try {
    decodeURIComponent(search);
    return true;
  } catch {
    return false;
  }
}

/** The parameters of a request as its route takes them. Each at most once: two readers could choose differently. */
export function readQuery(
  { search, given }: { readonly search: string; readonly given: Readonly<Record<string, readonly string[]>> },
  schema: z.ZodObject,
): Read {
  if (!isEncoded(search)) return { ok: false, problem: MALFORMED };
  const twice = Object.entries(given).filter(([, values]) => values.length > 1);
  if (twice.length > 0) {
    return refused(twice.map(([parameter]) => ({ parameter, detail: 'is there more than once' })));
  }
  const read = schema.safeParse(
    Object.fromEntries(Object.entries(given).map(([name, [value]]) => [name, value])),
  );
  if (read.success) return { ok: true, query: read.data };
  return refused(read.error.issues.flatMap((issue) => toProblems(issue, Object.keys(schema.shape))));
}

function toProblems(issue: z.core.$ZodIssue, known: readonly string[]): ParameterProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const detail = `is not known here; known: ${known.join(', ')}`;
    return issue.keys.map((parameter) => ({ parameter, detail }));
  }
  return [{ parameter: issue.path.map(String).join('.'), detail: issue.message }];
}

function refused(errors: readonly ParameterProblem[]): Read {
  const detail = errors
    .map(({ parameter, detail: what }) => (parameter === '' ? what : `${parameter} ${what}`))
    .join('; ');
  return { ok: false, problem: { code: 'bad_request', detail, errors } };
}
