import { exceptionLabel } from '../../../core/ids.ts';
import { inWorkspace } from '../../../db/tx.ts';
import { checkRecord, checkSession } from '../../../pipeline/report/doctor.ts';
import { doctorFacts } from '../../../pipeline/report/doctor-facts.sql.ts';
import { deadLetters } from '../../../pipeline/report/undelivered.sql.ts';
import { checkBot, placesOf } from '../../doctor/check-slack.ts';
import type { Message } from '../../views/blocks.ts';
import type { Reader } from '../../views/reader.ts';
import { doctorAnswer } from '../../views/recon-doctor.ts';
import type { ListenerContext } from '../context.ts';

const LETTERS = 15;

/** What the service can see of itself from inside. Slack is asked with no transaction open. */
export async function doctor(context: ListenerContext, reader: Reader): Promise<Message> {
  const { sql, workspaceId, organisation, call } = context;
  const [dead, letters] = await inWorkspace(sql, workspaceId, async (tx) => [
    (await doctorFacts(tx, workspaceId)).dead,
    await deadLetters(tx, workspaceId, LETTERS),
  ]);
  const checks = [
    await checkSession(sql),
    ...(await checkRecord(sql, { workspaceId, now: () => new Date() })),
    ...(await checkBot(call, { teams: placesOf(organisation) })),
  ];
  return doctorAnswer(
    {
      checks,
      dead,
      letters: letters.map(({ kind, number, address, name, reason, attempts, created_at: at }) => ({
        kind,
        label: number === null ? undefined : exceptionLabel(number),
        address: name ?? address,
        reason,
        attempts,
        at,
      })),
    },
    reader,
  );
}
