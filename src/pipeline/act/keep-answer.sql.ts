import type { Statements } from '../../db/tx.ts';

/**
 * Keeps how a request is answered that changed nothing. Returns undefined when it is kept now; else how it was answered
 * before, after waiting for a twin that is being answered at this moment.
 */
export async function keepAnswer(
  on: Statements,
  input: { workspaceId: string; requestKey: string; answer: unknown },
): Promise<unknown> {
  const [row] = await on<{ before: unknown }[]>`
    select tieout.keep_outcome(${input.workspaceId}::uuid, ${input.requestKey}::text,
      ${JSON.stringify(input.answer)}::text) as before`;
  return row?.before ?? undefined;
}
