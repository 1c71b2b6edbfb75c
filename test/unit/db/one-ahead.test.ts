import { setImmediate as breathe } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { oneAhead } from '../../../src/db/one-ahead.ts';

/** Answers when told to, and says what was sent. */
function sender() {
  const sent: number[] = [];
  const answers = new Map<number, { resolve: (answer: string) => void; reject: (error: Error) => void }>();
  const send = (item: number) =>
    new Promise<string>((resolve, reject) => {
      sent.push(item);
      answers.set(item, { resolve, reject });
    });
  return { sent, send, answerOf: (item: number) => answers.get(item) };
}

describe('one ahead', () => {
  it('sends the next while the one before is worked on, and no further ahead', async () => {
    const { sent, send, answerOf } = sender();

    const all = oneAhead([1, 2, 3], send);
    await breathe();
    const before = [...sent];
    answerOf(1)?.resolve('one');
    await breathe();
    const after = [...sent];
    answerOf(3)?.resolve('three');
    answerOf(2)?.resolve('two');

    expect({ before, after }).toEqual({ before: [1, 2], after: [1, 2, 3] });
    expect(await all).toEqual(['one', 'two', 'three']);
  });

  it('throws the first that fails, sends no more, and leaves nothing unhandled', async () => {
    const { sent, send, answerOf } = sender();

    const all = oneAhead([1, 2, 3], send);
    await breathe();
    answerOf(2)?.reject(new Error('after it'));
    answerOf(1)?.reject(new Error('the first'));

    await expect(all).rejects.toThrow('the first');
    await breathe();
    expect(sent).toEqual([1, 2]);
  });

  it('of nothing sends nothing', async () => {
    const { sent, send } = sender();

    expect(await oneAhead([], send)).toEqual([]);
    expect(sent).toEqual([]);
  });
});
