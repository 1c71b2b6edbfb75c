import type { HoldFilter } from '../../core/hold.ts';
import { seesEverything, type Viewer } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import { visibleTo } from './visible-to.sql.ts';

export type HoldQuery = {
  readonly workspaceId: string;
  readonly filter: HoldFilter;
  /** Undefined for an operator, who sees all. */
  readonly viewer?: Viewer | undefined;
};

/** The condition on hold `h` and its exception `e`; a hold without an exception is seen by those who see everything. */
export const holdCondition = (tx: Tx, { workspaceId, filter, viewer }: HoldQuery) => tx`
  h.workspace_id = ${workspaceId}
  and ${filter.isOpen ? tx`h.state = 'open'` : tx`true`}
  and ${viewer === undefined || seesEverything(viewer) ? tx`true` : tx`(e.exception_id is not null and ${visibleTo(tx, viewer)})`}
  and (${filter.text ?? null}::text is null
       or position(name_key(${filter.text ?? null}) in concat_ws(' ', h.client_key, h.order_key, h.payee_key)) > 0)`;
