import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { enter, livingPresences, withProcessLock } from '../../../scripts/lib/process-lock.mjs';
import { scratchFolder } from '../../support/scratch.ts';

// The highest pid that Linux gives out is 4194304.
const DEAD = '4194305.1.000000000000';

describe('the lock between processes', () => {
  it('lets one in at a time', async () => {
    const folder = join(scratchFolder(), 'lock');
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(5);
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 6 }, () => withProcessLock(folder, work)));

    expect(most).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is free again after its work threw', async () => {
    const folder = scratchFolder();
    const failing = withProcessLock(folder, () => Promise.reject(new Error('no')));

    await expect(failing).rejects.toThrow('no');
    await expect(withProcessLock(folder, async () => 'mine')).resolves.toBe('mine');
  });

  it('is not held by a process that is dead, nor by another process with a reused pid', async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, DEAD), '');
    writeFileSync(join(folder, `${process.pid}.1.000000000000`), '');

    await expect(withProcessLock(folder, async () => 'mine')).resolves.toBe('mine');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('gives up with the holder’s pid when its patience ends', async () => {
    const folder = scratchFolder();
    enter(folder);

    await expect(withProcessLock(folder, async () => 'mine', 50)).rejects.toThrow(`process ${process.pid}`);
  });

  it('shows who is there until they leave', () => {
    const folder = join(scratchFolder(), 'users');
    const { own, leave } = enter(folder);

    expect(livingPresences(folder, '')).toEqual([own]);
    leave();
    expect(livingPresences(folder, '')).toEqual([]);
    expect(existsSync(folder)).toBe(true);
  });
});
