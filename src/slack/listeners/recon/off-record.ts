import type { Role } from '../../../core/organisation.ts';
import { parseReconCommand, type ReconCommand } from '../../../core/recon-command.ts';
import type { Viewer } from '../../../core/work.ts';
import type { Message } from '../../views/blocks.ts';
import type { Reader } from '../../views/reader.ts';
import { words } from '../../views/recon-answer.ts';
import { doctorRefused } from '../../views/recon-doctor.ts';
import { proofAnswer } from '../../views/recon-operations.ts';
import type { ListenerContext } from '../context.ts';
import type { RecordedCommand } from './answers.ts';
import { doctor } from './doctor.ts';

/** What is not answered from one snapshot of the record: it asks Slack too, or walks over everything. */
type OffRecord = {
  readonly roles: readonly Role[];
  readonly refused: (reader: Reader) => Message;
  readonly answer: (context: ListenerContext, reader: Reader) => Promise<Message>;
};

const DOCTOR: OffRecord = { roles: ['admin'], refused: doctorRefused, answer: doctor };
const PROOF: OffRecord = {
  roles: ['admin', 'auditor'],
  refused: (reader) => words(reader.words.operations.audit.proversOnly),
  answer: async ({ prove }, reader) => proofAnswer(await prove(), reader),
};

const offRecordOf = (command: ReconCommand): OffRecord | undefined => {
  if (command.verb === 'doctor') return DOCTOR;
  return command.verb === 'audit' && command.isProof ? PROOF : undefined;
};

export const isOnRecord = (command: ReconCommand): command is RecordedCommand =>
  offRecordOf(command) === undefined;

/** Words when the person may not have it; undefined when they may. */
export function refusedOffRecord(
  command: ReconCommand,
  { roles }: Viewer,
  reader: Reader,
): Message | undefined {
  const asked = offRecordOf(command);
  return asked?.roles.some((role) => roles.includes(role)) ? undefined : asked?.refused(reader);
}

/** The answer, with no transaction open meanwhile. */
export async function answerOffRecord(
  context: ListenerContext,
  command: ReconCommand,
  reader: Reader,
): Promise<Message> {
  const asked = offRecordOf(command);
  if (!asked) throw new Error(`${command.verb} is answered from the record`);
  return await asked.answer(context, reader);
}

const A_WHILE_MS = 30_000;
const LONG_MS = 15 * 60_000;

/** How long an answer is waited for: the walk over a long trail takes its time, and Slack takes answers for half an hour. */
export function patienceFor(text: string): number {
  const parsed = parseReconCommand(text);
  return parsed.ok && offRecordOf(parsed.value) === PROOF ? LONG_MS : A_WHILE_MS;
}
