import { createHash } from 'node:crypto';
import { readNote } from '../../core/act.ts';
import { reasonsFor } from '../../core/adjust.ts';
import type { FeedContract } from '../../core/contract.ts';
import {
  EDIT_REASONS,
  type EditRefusal,
  editRecord,
  type FieldChange,
  type RecordContent,
} from '../../core/edit.ts';
import type { MoneySettings } from '../../core/organisation.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import { contentText } from '../../core/row.ts';
import type { Sql } from '../../db/client.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { type Asking, decideOnce, whyNotAllowed } from './decide-once.ts';
import { lockRecord } from './lock-record.sql.ts';
import { putEdited } from './put-edited.sql.ts';
import { standingOf } from './standing-of.sql.ts';

export type EditInput = Asking & {
  /** As its source names it. */
  readonly sourceRef: string;
  readonly edits: ReadonlyMap<string, string>;
  readonly reason: string | undefined;
  readonly note: string;
};

export type Edited = {
  readonly sourceRef: string;
  readonly version: number;
  readonly changes: readonly FieldChange[];
  readonly repeated: boolean;
};

/**
 * Corrects a record by hand: its next version, with reason code, before and after on the trail. The next run decides anew
 * about everything that speaks of it.
 *
 * Refuses: whoever may not, a record that is not there, no reason code, and what `editRecord` refuses.
 */
export const editByHand = (
  sql: Sql,
  input: EditInput,
  { contract, money }: { contract: FeedContract; money: Pick<MoneySettings, 'reasonCodes'> },
): Promise<Result<Edited, Refusal | EditRefusal>> =>
  decideOnce<Edited, Refusal | EditRefusal>(sql, input, {
    wanted: 'record.edited',
    decide: async (tx) => {
      const { workspaceId, personId, requestKey, sourceRef } = input;
      const denied = whyNotAllowed(await standingOf(tx, input), 'edit');
      if (denied) return refuse(denied);
      const reason = readReason(input.reason, money);
      if (!reason.ok) return reason;
      const note = readNote(input.note);
      if (!note.ok) return note;
      const { feed } = contract;
      const record = await lockRecord(tx, { workspaceId, feed, sourceRef });
      if (!record) return refuse(unknownRecord(feed, sourceRef));
      const edited = editRecord(contract, record, input.edits);
      if (!edited.ok) return edited;
      const { content, changes } = edited.value;
      const { recordId } = record;
      const row = { ...content, sourceRef, revision: '', lookAlikes: [], unmapped: [] };
      const contentHash = createHash('sha256').update(contentText(row)).digest('hex');
      await putEdited(tx, { workspaceId, recordId, content, contentHash });
      const version = record.version + 1;
      const actor = { kind: 'person', id: personId } as const;
      const said = {
        action: 'record.edited',
        entity: 'record',
        entityId: recordId,
        actor,
        requestKey,
      } as const;
      const data = {
        feed,
        source_ref: sourceRef,
        version,
        changes: changes.map((change) => ({ ...change })),
        amounts_written: writtenOf(content),
      };
      await appendAudit(tx, {
        workspaceId,
        facts: [{ ...said, reason: reason.value, note: note.value, data }],
      });
      return accept({ sourceRef, version, changes, repeated: false });
    },
  });

function readReason(
  given: string | undefined,
  { reasonCodes }: Pick<MoneySettings, 'reasonCodes'>,
): Result<string, EditRefusal> {
  const own = reasonsFor(reasonCodes, 'record_edit');
  const known = (own.length > 0 ? own : EDIT_REASONS).map(({ code }) => code);
  const code = (given ?? '').trim();
  if (known.includes(code)) return accept(code);
  const words = `${code === '' ? 'An edit needs a reason code' : `"${code}" is no reason code for it`}: ${known.join(', ')}.`;
  return refuse({ code: 'edit_reason', words });
}

/** As deliveries say what they wrote: by it the trail can tell what all records come to. */
const writtenOf = ({ amountMinor, currency }: RecordContent): Record<string, string> =>
  amountMinor === undefined || currency === undefined ? {} : { [currency]: amountMinor.toString() };

const unknownRecord = (feed: string, sourceRef: string): EditRefusal => ({
  code: 'edit_unknown_record',
  words: `${feed} has no record "${sourceRef}", or its source took it back. Write it as the source does: "tieout order" shows how.`,
});
