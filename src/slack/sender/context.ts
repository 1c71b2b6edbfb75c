import type { CardFacts } from '../../core/card.ts';
import type { GroupFacts } from '../../core/group.ts';
import type { Sql } from '../../db/client.ts';
import type { Logger } from '../../observe/logger.ts';
import type { Reader } from '../views/reader.ts';
import type { ShownAgenda } from '../views/triage.ts';
import type { CallSlack } from './web-api.ts';

export type SenderContext = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly call: CallSlack;
  /** What a card shows, as it is now; undefined when the exception does not exist. */
  readonly readFacts: (exceptionId: string) => Promise<CardFacts | undefined>;
  /** What a group's card shows, as it is now and at which revision; undefined when the group does not exist. */
  readonly readGroup: (groupId: string) => Promise<GroupFacts | undefined>;
  /** One message of a triage agenda, as it is now and at which revision; undefined when there is no such meeting. */
  readonly readAgenda: (page: {
    readonly meetingId: string;
    readonly page: number;
    readonly outboxId: string;
  }) => Promise<{ readonly agenda: ShownAgenda; readonly revision: number } | undefined>;
  /** Who reads what is sent to `team:<key>`, `person:<person id>` or a channel id. */
  readonly reader: (address: string) => Promise<Reader>;
  /** Our own messages are recognised by it when looking up; undefined trusts the metadata alone. */
  readonly botUserId: string | undefined;
  readonly timing: { readonly timeoutMs: number; readonly settleMs: number; readonly paceMs: number };
  readonly logger: Logger;
};

/**
 * How long a message belongs to one sender: enough for the few calls of one delivery, each with its own deadline, and for the
 * last of them to settle. Whoever takes the message up when the lease is over can thus look for what was sent under it.
 */
export const leaseMs = ({ timing }: SenderContext): number =>
  Math.max(timing.timeoutMs * 4, timing.timeoutMs * 2 + timing.settleMs) + 2_000;

/** From a call until its outcome can be looked up for certain. */
export const settledMs = ({ timing }: SenderContext): number => timing.timeoutMs + timing.settleMs;
