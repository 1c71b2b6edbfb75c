import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { ChainLink } from '../../core/chain.ts';
import { Fault } from '../../core/fault.ts';

const line = z.object({
  seq: z.string().regex(/^\d+$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.string(),
});

/** Where a workspace's anchors are kept, outside the database. */
export const anchorPath = (folder: string, workspaceId: string): string =>
  join(folder, `${workspaceId}.jsonl`);

/**
 * The anchors of a file, oldest first; none when there is no file.
 *
 * Throws: when a line cannot be read, naming it: an anchor that was tampered with proves nothing.
 */
export function readAnchors(path: string): ChainLink[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((text, index) => (text === '' ? [] : [readLine(text, `${path}:${index + 1}`)]));
}

function readLine(text: string, where: string): ChainLink {
  const parsed = line.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new Fault(
      'anchor_unreadable',
      `${where}: not an anchor; restore the file from where it was copied to.`,
    );
  }
  return { seq: BigInt(parsed.data.seq), hash: parsed.data.hash };
}

/** Adds an anchor and returns when it is on the disk. */
export function writeAnchor(path: string, link: ChainLink, at: Date): void {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a', 0o600);
  try {
    writeSync(
      file,
      `${JSON.stringify({ seq: link.seq.toString(), hash: link.hash, at: at.toISOString() })}\n`,
    );
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
