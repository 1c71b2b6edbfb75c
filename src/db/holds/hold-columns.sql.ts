import type { Tx } from '../tx.ts';

/** What is read of hold `h`, with its exception `e` and the people behind it. */
export const holdColumns = (tx: Tx) => tx`
  h.hold_id, h.number, h.version, h.kind, h.exception_id, e.number as exception_number, e.version as exception_version,
  h.client, h.order_ref, h.payee, h.amount_minor, h.currency, h.reason, h.note, h.placed_at, placer.name as placed_by,
  h.expires_at, h.released_how, h.released_at, releaser.name as released_by, h.release_reason`;

/** What `holdColumns` reads from, beside hold `h`. */
export const holdJoins = (tx: Tx) => tx`
  left join exception e on e.workspace_id = h.workspace_id and e.exception_id = h.exception_id
  left join person placer on placer.workspace_id = h.workspace_id and placer.person_id = h.placed_by
  left join person releaser on releaser.workspace_id = h.workspace_id and releaser.person_id = h.released_by`;
