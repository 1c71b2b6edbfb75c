import type { z } from 'zod';
import type { ApiKey, ApiScope } from '../../core/api-key.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { Reconciliation } from '../../core/spec.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { findApiKey } from '../../pipeline/govern/find-api-key.sql.ts';

/** A workspace whose record the API answers from. */
export type ApiWorkspace = {
  readonly workspaceId: string;
  readonly organisation: Organisation;
  readonly reconciliations: readonly Reconciliation[];
};

/** What a route is asked, and by whom: the hash of the secret of the key that was shown. */
export type Asked<Query> = {
  readonly sql: Sql;
  readonly secretHash: string;
  readonly workspace: ApiWorkspace;
  readonly query: Query;
  readonly now: Date;
};

/** An answer with the key on the record, both of one snapshot. Undefined where nobody has the key; then nothing else is read. */
export type Answer<Body> = { readonly key: ApiKey; readonly body: Body } | undefined;

/** Answers in a snapshot of the workspace, once the key is found in it. */
export async function inSnapshot<Body>(
  { sql, secretHash: hash, workspace: { workspaceId } }: Omit<Asked<unknown>, 'query'>,
  work: (tx: Tx) => Promise<Body>,
): Promise<Answer<Body>> {
  return await inWorkspace(
    sql,
    workspaceId,
    async (tx) => {
      const key = await findApiKey(tx, { workspaceId, hash });
      return key && { key, body: await work(tx) };
    },
    { snapshot: true, together: true },
  );
}

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
  /** What a key that may not ask, or not now, gets to see is not decided here. */
  readonly answer: (asked: Asked<unknown>) => Promise<Answer<unknown>>;
};

/** A route whose answer is held to its schemas. */
export const route = <Query extends z.ZodObject, Body extends z.ZodType>(
  made: Omit<Route, 'query' | 'response' | 'answer'> & {
    readonly query: Query;
    readonly response: Body;
    readonly answer: (asked: Asked<z.output<Query>>) => Promise<Answer<z.input<Body>>>;
  },
): Route => ({ ...made, answer: (asked) => made.answer(asked as Asked<z.output<Query>>) });
