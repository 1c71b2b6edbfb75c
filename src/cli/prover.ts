import { anchorPath, readAnchors } from '../pipeline/audit/anchor-file.ts';
import { type AuditReport, verifyAudit } from '../pipeline/audit/verify.ts';
import type { Database } from './database.ts';
import { ANCHORS } from './state.ts';

/** Walks over the trail, compared with this machine's anchors. Whoever asks during a walk gets the same answer. */
export function prover(database: Database, workspaceId: string): () => Promise<AuditReport> {
  let walk: Promise<AuditReport> | undefined;
  const prove = async (): Promise<AuditReport> => {
    const anchors = readAnchors(anchorPath(ANCHORS, workspaceId));
    return await verifyAudit(database.pool('reports'), { workspaceId, anchors });
  };
  return () => {
    walk ??= prove().finally(() => {
      walk = undefined;
    });
    return walk;
  };
}
