import { expect, it } from 'vitest';
import { inStatement } from '../../../src/db/tx.ts';

const failing = (code: string) => async () => {
  throw Object.assign(new Error('said by the driver'), { code });
};

const conflict = Object.assign(new Error('deadlock detected'), { name: 'PostgresError', code: '40P01' });

it('says that a change may be there or not when the connection broke under it', async () => {
  await expect(inStatement(failing('CONNECTION_CLOSED'), { writes: true })).rejects.toMatchObject({
    code: 'commit_unknown',
  });
});

it('says that nothing was lost when the connection broke under a look', async () => {
  await expect(inStatement(failing('CONNECTION_CLOSED'), { writes: false })).rejects.toMatchObject({
    code: 'connection_lost',
  });
});

it('sends again what met another transaction, and gives up after five times', async () => {
  let sent = 0;
  const meets = (times: number) => async () => {
    sent += 1;
    if (sent <= times) throw conflict;
    return sent;
  };

  expect(await inStatement(meets(4), { writes: true })).toBe(5);
  sent = 0;
  await expect(inStatement(meets(5), { writes: true })).rejects.toMatchObject({ code: 'deadlock' });
  expect(sent).toBe(5);
});

it('leaves a bug what it is', async () => {
  const bug = new TypeError('not a fault');

  await expect(
    inStatement(
      async () => {
        throw bug;
      },
      { writes: true },
    ),
  ).rejects.toBe(bug);
});
