import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DEFAULT_LIMITS, type FeedContract } from '../../../core/contract.ts';
import type { DeliveryProblem } from '../problem.ts';
import { type DeliveredFile, inspect, type Part } from './delivered-file.ts';
import { headingOf, type Manner, recognise } from './recognise.ts';
import { textOf } from './text.ts';

/**
 * Hands `use` several files as one: their text in UTF-8, unpacked, one behind the other in the order of their names. A file that is not
 * whole, or has another heading than the first, is a problem of all of them.
 *
 * Throws: as `withDeliveredFile`.
 */
export async function withFilesMerged<T>(
  paths: readonly string[],
  contract: FeedContract,
  use: (file: DeliveredFile) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tieout-'));
  try {
    const files: DeliveredFile[] = [];
    for (const path of [...paths].sort()) files.push(await inspect(path));
    const path = join(folder, 'delivery');
    const merging: Merging = { contract, problem: undefined, parts: [], heading: undefined };
    await pipeline(textOfAll(files, merging), createWriteStream(path, { mode: 0o600 }));
    const merged = await inspect(path);
    return await use({ ...merged, isUtf8: true, parts: merging.parts, problem: merging.problem });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Merging = {
  readonly contract: FeedContract;
  readonly parts: Part[];
  problem: DeliveryProblem | undefined;
  heading: string | undefined;
};

const LF = 0x0a;
const CR = 0x0d;

async function* textOfAll(files: readonly DeliveredFile[], merging: Merging): AsyncGenerator<Buffer> {
  const { contract, parts } = merging;
  if (contract.format === 'json') {
    const detail = 'several JSON documents cannot be one delivery; deliver them one by one';
    merging.problem = { code: 'file_broken', detail };
    return;
  }
  const { bytes: most } = contract.limits ?? DEFAULT_LIMITS;
  let line = 1;
  let size = 0;
  for (const file of files) {
    const name = basename(file.path);
    const fail = ({ code, detail }: DeliveryProblem): void => {
      merging.problem ??= { code, detail: `${name}: ${detail}` };
    };
    const manner = recognise(file, contract);
    if (!manner.ok) return fail(manner.refusal);
    const problem = otherHeading(file, manner.value, merging);
    if (problem) return fail(problem);
    parts.push({ name, line });
    let last: number | undefined;
    for await (const chunk of textOf(file, manner.value, { fail })) {
      size += chunk.length;
      if (size > most)
        return fail({ code: 'file_too_large', detail: `with it there are more than ${most} bytes` });
      last = chunk.at(-1) ?? last;
      line += linesIn(chunk);
      yield chunk;
    }
    if (merging.problem) return;
    if (last === LF || last === CR || file === files.at(-1)) continue;
    if (mayBeCut(contract, last)) return fail(CUT);
    line += 1;
    yield Buffer.from('\n');
  }
}

/** Rows are read under the first heading, so every other one must be the same. */
function otherHeading(file: DeliveredFile, manner: Manner, merging: Merging): DeliveryProblem | undefined {
  const { format, header } = merging.contract;
  if (format !== 'csv' || header !== undefined) return undefined;
  const heading = headingOf(file, manner);
  merging.heading ??= heading;
  if (heading === merging.heading) return undefined;
  const detail =
    `its heading is "${clip(heading)}", and that of the first file "${clip(merging.heading)}"; files of one delivery ` +
    'have the same columns in the same order';
  return { code: 'column_missing', detail };
}

const CUT: DeliveryProblem = {
  code: 'file_truncated',
  detail: 'it ends without a line end, and may be half a file; deliver all of them again when it is complete',
};

function mayBeCut({ format, finalLineEnd }: FeedContract, last: number | undefined): boolean {
  if (last === undefined) return false;
  return format === 'csv' ? finalLineEnd === 'required' : last !== '}'.charCodeAt(0);
}

function linesIn(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, at + 1)) count += 1;
  return count;
}

const clip = (text: string): string => (text.length <= 120 ? text : `${text.slice(0, 120)}…`);
