import { hash } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checksumOf, inspect, readBytes } from '../../../src/pipeline/ingest/open/delivered-file.ts';

const TEXT = 'order_no,amount\nA-1,10.00\n';
const SHA256 = hash('sha256', TEXT);

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-file-'));
  path = join(folder, 'orders.csv');
  writeFileSync(path, TEXT);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function textOf(file: Awaited<ReturnType<typeof inspect>>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of readBytes(file)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const CHANGED = expect.objectContaining({ code: 'file_changed', retryable: true });
const longAgo = (): void => utimesSync(path, 1_000_000_000, 1_000_000_000);

describe('a delivered file', () => {
  it('is known by what was read of it, and not read once more for that', async () => {
    const file = await inspect(path);
    expect(await textOf(file)).toBe(TEXT);
    unlinkSync(path);
    expect(await checksumOf(file)).toBe(SHA256);
  });

  it('is read for its checksum alone when that is asked for first', async () => {
    const file = await inspect(path);
    expect(await checksumOf(file)).toBe(SHA256);
    expect(await textOf(file)).toBe(TEXT);
  });

  it('is refused when it grew since it was looked at', async () => {
    const file = await inspect(path);
    appendFileSync(path, 'A-2,20.00\n');
    await expect(textOf(file)).rejects.toEqual(CHANGED);
    await expect(textOf(file)).rejects.toEqual(CHANGED);
  });

  it('is refused when it grew before its checksum was made, although that is of all its bytes', async () => {
    const file = await inspect(path);
    appendFileSync(path, 'A-2,20.00\n');
    await checksumOf(file);
    await expect(textOf(file)).rejects.toEqual(CHANGED);
  });

  it('is refused when it was written over with as many bytes', async () => {
    longAgo();
    const file = await inspect(path);
    writeFileSync(path, TEXT.replace('10.00', '99.00'));
    await expect(textOf(file)).rejects.toEqual(CHANGED);
  });

  it('is refused when its bytes are others than the last time, whatever its time says', async () => {
    longAgo();
    const file = await inspect(path);
    await textOf(file);
    writeFileSync(path, TEXT.replace('10.00', '99.00'));
    longAgo();
    await expect(textOf(file)).rejects.toEqual(CHANGED);
  });

  it('is refused when it grows while it is read', async () => {
    const file = await inspect(path);
    const reading = readBytes(file);
    await reading.next();
    appendFileSync(path, 'A-2,20.00\n');
    await expect(
      (async () => {
        for await (const _ of reading);
      })(),
    ).rejects.toEqual(CHANGED);
  });
});
