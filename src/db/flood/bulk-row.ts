import type { BulkAction } from '../../core/bulk.ts';

/** What was entered with the confirmation; what an action does not ask for is absent. */
export type Entered = {
  readonly code?: string;
  readonly note?: string;
  readonly evidence?: string;
  /** The key of whoever shall have it. */
  readonly person?: string;
};

/** Something done to many exceptions at once, as one person was asked to confirm it. */
export type Bulk = {
  readonly workspaceId: string;
  readonly bulkId: string;
  readonly groupId: string;
  readonly personId: string;
  readonly action: BulkAction;
  readonly exceptionIds: readonly string[];
  readonly entered: Entered | undefined;
  readonly confirmedAt: Date | undefined;
  readonly finishedAt: Date | undefined;
};

export type BulkRow = {
  readonly workspace_id: string;
  readonly bulk_id: string;
  readonly group_id: string;
  readonly person_id: string;
  readonly action: BulkAction;
  readonly exception_ids: string[];
  readonly entered: Entered | null;
  readonly confirmed_at: Date | null;
  readonly finished_at: Date | null;
};

export const toBulk = (row: BulkRow): Bulk => ({
  workspaceId: row.workspace_id,
  bulkId: row.bulk_id,
  groupId: row.group_id,
  personId: row.person_id,
  action: row.action,
  exceptionIds: row.exception_ids,
  entered: row.entered ?? undefined,
  confirmedAt: row.confirmed_at ?? undefined,
  finishedAt: row.finished_at ?? undefined,
});
