import type { HistoryLine } from './card.ts';

/** One line in an exception's thread: what happened, as the audit event says it. Kept as JSON in the outbox. */
export type ReplyPayload = Omit<HistoryLine, 'seq'>;

/** A fact of a notice; an `instant` (ISO) is shown in each reader's own time zone. */
export type NoticeFact = {
  readonly label: string;
  readonly value: string | { readonly instant: string };
};

/** A message of its own: an escalation told to its target, the summary of a run. Plain text; the view escapes it. */
export type NoticePayload = {
  readonly title: string;
  readonly body: string;
  readonly facts: readonly NoticeFact[];
  /** Shown as a button that opens the details of the notice's exception. */
  readonly exception?: {
    readonly id: string;
    readonly version: number;
    /** It is offered to the reader, who can accept or decline. */
    readonly isOffer?: boolean | undefined;
  };
};
