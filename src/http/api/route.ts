import type { z } from 'zod';
import type { ApiScope } from '../../core/api-key.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { Reconciliation } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';

/** A workspace whose record the API answers from. */
export type ApiWorkspace = {
  readonly workspaceId: string;
  readonly organisation: Organisation;
  readonly reconciliations: readonly Reconciliation[];
};

/** What a route answers from: one snapshot of one workspace. */
export type Asked<Query> = {
  readonly tx: Tx;
  readonly workspace: ApiWorkspace;
  readonly query: Query;
  readonly now: Date;
};

/** One thing that the API answers. The table of routes is what is served, documented and checked. */
export type Route = {
  readonly path: `/api/v1/${string}`;
  /** Names it in the description. */
  readonly operation: string;
  readonly summary: string;
  readonly description: string;
  readonly scope: ApiScope;
  /** Parameters, each at most once; others are refused. */
  readonly query: z.ZodObject;
  readonly response: z.ZodType;
  /** Members that a refused answer carries too, so that whoever reads nothing else is safe. */
  readonly refusedAs?: Readonly<Record<string, unknown>>;
  readonly answer: (asked: Asked<unknown>) => Promise<unknown>;
};

/** A route whose answer is held to its schemas. */
export const route = <Query extends z.ZodObject, Answer extends z.ZodType>(
  made: Omit<Route, 'query' | 'response' | 'answer'> & {
    readonly query: Query;
    readonly response: Answer;
    readonly answer: (asked: Asked<z.output<Query>>) => Promise<z.input<Answer>>;
  },
): Route => ({ ...made, answer: (asked) => made.answer(asked as Asked<z.output<Query>>) });
