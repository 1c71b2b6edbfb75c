import type { Organisation } from '../../core/organisation.ts';
import type { Reconciliation } from '../../core/spec.ts';
import type { Versioned } from '../../core/versioned.ts';
import type { TrailProof } from '../../core/work.ts';
import type { Sql } from '../../db/client.ts';
import type { Logger } from '../../observe/logger.ts';
import type { NoteDenied } from '../guard/note-denied.ts';
import type { CallSlack } from '../sender/web-api.ts';

/** With the hash of its file, by which its version is found on the record. */
export type ConfiguredReconciliation = Reconciliation & Pick<Versioned, 'sha256'>;

export type ListenerContext = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly teamId: string;
  readonly organisation: Organisation;
  /** As runs use them: the active versions. */
  readonly reconciliations: readonly ConfiguredReconciliation[];
  /** For what a person waits for: short deadline, never behind the outbox. */
  readonly call: CallSlack;
  /** Origins that a response_url may have. */
  readonly responseOrigins: readonly string[];
  /** Walks over the whole audit trail. */
  readonly prove: () => Promise<TrailProof>;
  /** A rule was activated: what is kept of the rules is read again soon. */
  readonly rulesChanged: () => void;
  /** Somebody was turned away before any act could refuse them. */
  readonly noteDenied: NoteDenied;
  readonly logger: Logger;
};
