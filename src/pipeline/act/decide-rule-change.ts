import { readNote } from '../../core/act.ts';
import type { Actor, AuditFact } from '../../core/audit.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import {
  DENIED_TRIES,
  judgeApproval,
  type RuleChangeFacts,
  type RuleDecider,
  type Seat,
  whyNotReject,
} from '../../core/rule-change.ts';
import type { Sql } from '../../db/client.ts';
import { enqueueNotice } from '../../db/outbox/enqueue.ts';
import { wakeSoon } from '../../db/outbox/wake-soon.ts';
import { readRuleChanges } from '../../db/rules/change-facts.sql.ts';
import { lockChange } from '../../db/rules/lock-change.sql.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { activateRule } from './activate-rule.sql.ts';
import { type Asking, decideOnce } from './decide-once.ts';
import { endRuleChange } from './end-rule-change.sql.ts';
import { insertRuleApproval } from './insert-rule-approval.sql.ts';
import { standingOf } from './standing-of.sql.ts';

export type DecidingRule = Asking & { readonly changeId: string };
export type RuleApproved = {
  readonly seat: Seat;
  /** All three agreed: it is the rule from now on. */
  readonly isActive: boolean;
  readonly repeated: boolean;
};

type Terms = { readonly governance?: { readonly channel: string } | undefined; readonly now?: Date };

/**
 * One person agrees to a change, in one seat. The third agreement makes it the rule, in the same transaction: whoever
 * presses at the same moment waits for the lock and finds it done.
 */
export const approveRuleChange = (
  sql: Sql,
  input: DecidingRule & { readonly seat: string | undefined; readonly note: string | undefined },
  { governance, now = new Date() }: Terms,
): Promise<Result<RuleApproved, Refusal>> =>
  decideOnce(sql, input, {
    wanted: 'rule.approved',
    decide: async (tx) => {
      const found = await standing(tx, input);
      if (!found.ok) return found;
      const { change, person } = found.value;
      const judged = judgeApproval({ change, person, seat: input.seat, now });
      if (!judged.ok) {
        await noteTry(tx, input, { change, refusal: judged.refusal });
        return judged;
      }
      const read = readNote(input.note ?? '');
      if (!read.ok) return read;
      const { seat, isLast } = judged.value;
      const about = { input, change, now, note: read.value };
      await takeSeat(tx, about, seat);
      if (isLast) await activate(tx, { ...about, governance });
      return accept({ seat, isActive: isLast, repeated: false });
    },
  });

/** Ends a change without it, or takes one's own back. A reason is needed. */
export const rejectRuleChange = (
  sql: Sql,
  input: DecidingRule & { readonly reason: string },
  { governance, now = new Date() }: Terms,
): Promise<Result<{ readonly repeated: boolean }, Refusal>> =>
  decideOnce(sql, input, {
    wanted: 'rule.rejected',
    decide: async (tx) => {
      const found = await standing(tx, input);
      if (!found.ok) return found;
      const { change, person } = found.value;
      const refusal = whyNotReject({ change, person, now });
      if (refusal) return refuse(refusal);
      const read = readNote(input.reason);
      if (!read.ok) return read;
      const note = read.value;
      if (note === undefined) return refuse({ code: 'reason_required' });
      const isOwn = change.author.personId === person.personId;
      const reason = isOwn ? 'RULE_CHANGE_WITHDRAWN' : 'RULE_CHANGE_REJECTED';
      const seq = await say(tx, { ...acting(input), change }, { action: 'rule.rejected', reason, note });
      const { workspaceId, personId, changeId } = input;
      const state = isOwn ? 'withdrawn' : 'rejected';
      await endRuleChange(tx, { workspaceId, changeId, state, personId, note, now, seq });
      await tellOver(tx, { workspaceId, change, governance, tellsAuthor: !isOwn });
      return accept({ repeated: false });
    },
  });

/** Ends a change that was not decided in time. Returns whether it still stood. */
export async function expireRuleChange(
  sql: Sql,
  due: {
    readonly workspaceId: string;
    readonly changeId: string;
    readonly program: string;
    readonly channel: string | undefined;
    readonly now: Date;
  },
): Promise<boolean> {
  const { workspaceId, changeId, program, channel, now } = due;
  const isDone = await inWorkspace(
    sql,
    workspaceId,
    async (tx) => {
      await lockChange(tx, due);
      const [change] = await readRuleChanges(tx, { workspaceId, changeId });
      if (change?.state !== 'pending' || now < change.expiresAt) return false;
      const actor = { kind: 'program', name: program } as const;
      const seq = await say(tx, { workspaceId, actor, change }, { action: 'rule.expired' });
      const nobody = { personId: undefined, note: undefined };
      await endRuleChange(tx, { workspaceId, changeId, state: 'expired', ...nobody, now, seq });
      const governance = channel === undefined ? undefined : { channel };
      await tellOver(tx, { workspaceId, change, governance, tellsAuthor: true });
      return true;
    },
    { repeatable: true },
  );
  if (isDone) wakeSoon(sql, workspaceId);
  return isDone;
}

/** Why somebody cannot approve at this moment, told before they fill in a form; on the trail where it is about who they are. */
export async function whyNotApprove(
  tx: Tx,
  input: Omit<DecidingRule, 'requestKey'>,
  { now }: { now: Date },
): Promise<Refusal | undefined> {
  const found = await standing(tx, input);
  if (!found.ok) return found.refusal;
  const { change, person } = found.value;
  const judged = judgeApproval({ change, person, seat: undefined, now });
  if (judged.ok) return undefined;
  await noteTry(tx, input, { change, refusal: judged.refusal });
  return judged.refusal;
}

/** Why somebody cannot end the change at this moment, told before they say why. */
export async function whyNotEnd(
  tx: Tx,
  input: Omit<DecidingRule, 'requestKey'>,
  { now }: { now: Date },
): Promise<Refusal | undefined> {
  const found = await standing(tx, input);
  return found.ok ? whyNotReject({ ...found.value, now }) : found.refusal;
}

type Found = { readonly change: RuleChangeFacts; readonly person: RuleDecider };

/** The change, locked, and whoever decides it, both as they are once it is. */
async function standing(
  tx: Tx,
  { workspaceId, changeId, personId }: Omit<DecidingRule, 'requestKey'>,
): Promise<Result<Found, Refusal>> {
  if (!(await lockChange(tx, { workspaceId, changeId }))) return refuse({ code: 'rule_change_unknown' });
  const [change] = await readRuleChanges(tx, { workspaceId, changeId });
  const person = await standingOf(tx, { workspaceId, personId });
  if (!change) return refuse({ code: 'rule_change_unknown' });
  return person ? accept({ change, person: { ...person, personId } }) : refuse({ code: 'inactive_person' });
}

type Saying = {
  readonly workspaceId: string;
  readonly actor: Actor;
  readonly requestKey?: string | undefined;
  readonly change: RuleChangeFacts;
};

async function say(
  tx: Tx,
  { workspaceId, actor, requestKey, change }: Saying,
  { data, ...event }: Pick<AuditFact, 'action' | 'reason' | 'note' | 'data'>,
): Promise<bigint> {
  const { changeId, reconciliation, from, to } = change;
  const about = { entity: 'rule_change', entityId: changeId, actor, requestKey } as const;
  const facts = [{ ...event, ...about, data: { reconciliation, from, to, ...data } }];
  const [seq] = await appendAudit(tx, { workspaceId, facts });
  if (seq === undefined) throw new Error('a change of a rule moved without an event');
  return seq;
}

const acting = ({
  workspaceId,
  personId,
  requestKey,
}: Omit<DecidingRule, 'requestKey'> & Partial<Asking>) => ({
  workspaceId,
  actor: { kind: 'person', id: personId } as const,
  requestKey,
});

/** A try that is about who somebody is to the change stays on the trail, whatever it was refused for. */
async function noteTry(
  tx: Tx,
  input: Omit<DecidingRule, 'requestKey'> & Partial<Asking>,
  { change, refusal }: { change: RuleChangeFacts; refusal: Refusal },
): Promise<void> {
  if (!isDeniedTry(refusal.code)) return;
  const data = { wanted: 'rule.approved' };
  await say(
    tx,
    { ...acting(input), change },
    { action: DENIED_TRIES[refusal.code], reason: refusal.code, data },
  );
}

const isDeniedTry = (code: string): code is keyof typeof DENIED_TRIES => Object.hasOwn(DENIED_TRIES, code);

type Deciding = {
  readonly input: DecidingRule;
  readonly change: RuleChangeFacts;
  readonly now: Date;
  readonly note: string | undefined;
};

async function takeSeat(tx: Tx, { input, change, now, note }: Deciding, seat: Seat): Promise<void> {
  const seq = await say(tx, { ...acting(input), change }, { action: 'rule.approved', note, data: { seat } });
  const { workspaceId, changeId, personId } = input;
  await insertRuleApproval(tx, { workspaceId, changeId, seat, personId, note, now, seq });
}

async function activate(
  tx: Tx,
  { input, change, now, governance }: Deciding & Pick<Terms, 'governance'>,
): Promise<void> {
  const { workspaceId, changeId, personId } = input;
  const { sha256 } = change;
  const seq = await say(tx, { ...acting(input), change }, { action: 'rule.activated', data: { sha256 } });
  await activateRule(tx, { workspaceId, changeId });
  await endRuleChange(tx, { workspaceId, changeId, state: 'activated', personId, note: undefined, now, seq });
  await tellOver(tx, { workspaceId, change, governance, tellsAuthor: true });
}

/** What became of a change, said anew: whoever proposed it may not be looking, and its first message is far up by now. */
async function tellOver(
  tx: Tx,
  {
    workspaceId,
    change: { changeId, author },
    governance,
    tellsAuthor,
  }: { workspaceId: string; change: RuleChangeFacts; tellsAuthor: boolean } & Pick<Terms, 'governance'>,
): Promise<void> {
  const addresses = [
    ...(governance ? [governance.channel] : []),
    ...(tellsAuthor ? [`person:${author.personId}`] : []),
  ];
  for (const address of addresses) {
    const dedupeKey = `rule-over:${changeId}:${address}`;
    await enqueueNotice(tx, {
      workspaceId,
      dedupeKey,
      address,
      payload: { rule: 'over', change_id: changeId },
    });
  }
}
