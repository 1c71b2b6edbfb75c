import { z } from 'zod';

/** What is wrong with one parameter of a request. */
const parameterProblem = z.object({ parameter: z.string(), detail: z.string() });

/** RFC 9457. A refused answer may carry more members, as its route says. */
export const problemSchema = z.object({
  type: z.string().describe('`urn:tieout:problem:` and the code: what programs compare'),
  title: z.string().describe('The code in words'),
  status: z.int(),
  detail: z.string().describe('What to do next'),
  errors: z.array(parameterProblem).optional().describe('What is wrong with each parameter'),
});

export type ParameterProblem = z.infer<typeof parameterProblem>;

const PROBLEMS = {
  key_missing: { status: 401, title: 'A key is needed' },
  key_unknown: { status: 401, title: 'The key is not valid' },
  key_expired: { status: 401, title: 'The key has expired' },
  key_revoked: { status: 401, title: 'The key was revoked' },
  scope_missing: { status: 403, title: 'The key may not do this' },
  bad_request: { status: 400, title: 'The request cannot be understood' },
  not_found: { status: 404, title: 'There is nothing here' },
  method_not_allowed: { status: 405, title: 'This method is not allowed here' },
  too_many: { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'The record cannot be read now' },
  broken: { status: 500, title: 'Something went wrong here' },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemCode = keyof typeof PROBLEMS;

/** A refused request: which problem, and what to do next. */
export type Problem = {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors?: readonly ParameterProblem[];
  readonly headers?: Readonly<Record<string, string>>;
};

/** Headers of every answer: it is true only now, and it is what its type says. */
export const API_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

/** The answer to a refused request; `more` are members that its route promises in any case. */
export function problemResponse(problem: Problem, more: Readonly<Record<string, unknown>> = {}): Response {
  const { code, detail, errors, headers } = problem;
  const { status, title } = PROBLEMS[code];
  const body = {
    ...more,
    type: `urn:tieout:problem:${code}`,
    title,
    status,
    detail,
    ...(errors === undefined ? {} : { errors }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      ...API_HEADERS,
      'content-type': 'application/problem+json',
      ...(status === 401 ? { 'www-authenticate': challenge(code) } : {}),
      ...headers,
    },
  });
}

/** RFC 6750: a request without a key is asked for one, a wrong key is called wrong. */
const challenge = (code: ProblemCode): string =>
  code === 'key_missing' ? 'Bearer realm="tieout"' : 'Bearer realm="tieout", error="invalid_token"';
