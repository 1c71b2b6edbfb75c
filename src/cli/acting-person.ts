import type { Organisation } from '../core/organisation.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Sql } from '../db/client.ts';
import { inWorkspace } from '../db/tx.ts';
import { personByKey } from '../pipeline/report/person-by-key.sql.ts';
import { readerOf } from '../slack/views/reader.ts';
import { plainRefusal } from '../slack/views/refusals.ts';
import { EXIT, Stop } from './exit.ts';
import { type Output, toJson } from './output.ts';

/**
 * The id of the person who acts: a key of people, or an e-mail address.
 *
 * Throws: Stop when nobody is named, or nobody is called so.
 */
export async function actingPerson(
  sql: Sql,
  {
    workspaceId,
    organisation,
    as,
  }: { workspaceId: string; organisation: Organisation; as: string | undefined },
): Promise<string> {
  if (as === undefined || as === '') {
    const keys = organisation.people.map(({ key }) => key).join(', ');
    throw new Stop(`Say who decides: --as <person>. People here: ${keys}.`, EXIT.usage);
  }
  const person = await inWorkspace(sql, workspaceId, (tx) => personByKey(tx, { workspaceId, given: as }));
  if (person) return person.personId;
  throw new Stop(
    `--as is "${as}", and tieout.yaml has no such person: give a key of people, or an e-mail address.`,
    EXIT.usage,
  );
}

/** What is told instead of an answer; as JSON on the standard output too, where that was asked for. */
export function refusedBy(refusal: Refusal, { json }: { json?: boolean | undefined }, output: Output): Stop {
  const words = plainRefusal(refusal, readerOf('en'));
  if (json) output.answer(toJson({ refused: refusal.code, words }));
  return new Stop(words, EXIT.failed);
}
