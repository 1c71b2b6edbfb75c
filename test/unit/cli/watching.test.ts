import { expect, it } from 'vitest';
import { watching } from '../../../src/cli/watching.ts';

function watched() {
  const notes: string[] = [];
  let now = 0;
  const output = { answer: () => undefined, note: (text: string) => void notes.push(text) };
  const watch = watching(output, 'orders', () => now);
  return {
    notes,
    watch,
    at: (ms: number) => {
      now = ms;
    },
  };
}

it('says nothing of what is over within two seconds', () => {
  const { notes, watch, at } = watched();
  watch.read({ bytes: 0, ofBytes: 100, rows: 0 });
  at(1_900);
  watch.read({ bytes: 100, ofBytes: 100, rows: 10 });
  watch.stage('writing');
  expect(notes).toEqual([]);
});

it('says every two seconds how much was read, how fast, and how long it takes', () => {
  const { notes, watch, at } = watched();
  watch.read({ bytes: 0, ofBytes: 1_000, rows: 0 });
  for (const ms of [1_000, 2_000, 2_500, 4_000]) {
    at(ms);
    watch.read({ bytes: ms / 20, ofBytes: 1_000, rows: ms });
  }
  watch.stage('writing what changed');
  expect(notes).toEqual([
    'orders  2,000 rows, 1,000 a second, 10 % read, 18 s left',
    'orders  4,000 rows, 1,000 a second, 20 % read, 16 s left',
    'orders  writing what changed',
  ]);
});

it('says of a stream how much of it came', () => {
  const { notes, watch, at } = watched();
  at(2_000);
  watch.read({ bytes: 12_300_000, ofBytes: undefined, rows: 0 });
  expect(notes).toEqual(['orders  12 MB so far']);
});
