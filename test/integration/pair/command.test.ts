import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeError } from '../../../src/cli/exit.ts';
import { buildProgram } from '../../../src/cli/program.ts';
import { testDatabase } from '../../support/database.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const database = await testDatabase();
process.env.DATABASE_URL = database.url;
process.env.TIEOUT_CONFIG = join(ROOT, 'examples', 'ad-buy-vs-billing', 'config');

type Ended = { code: number; out: string; err: string };

/** Runs the command line in this process: starting one for every line takes longer than all that the lines do. */
async function tieout(args: readonly string[]): Promise<Ended> {
  const ended: Ended = { code: 0, out: '', err: '' };
  const output = {
    answer: (text: string) => {
      ended.out += `${text}\n`;
    },
    note: (text: string) => {
      ended.err += `${text}\n`;
    },
  };
  try {
    await buildProgram({ output }).parseAsync(['node', 'tieout', ...args]);
  } catch (error) {
    const { exitCode, text } = describeError(error);
    return { ...ended, code: exitCode, err: ended.err + text };
  }
  return ended;
}

type Listed = { number: number; orderRef: string | null };

async function listOf(type: string): Promise<Listed[]> {
  const listed = await tieout(['exceptions', '--type', type, '--status', 'open', '--json']);
  return JSON.parse(listed.out) as Listed[];
}

async function recordOf(number: number): Promise<string> {
  const shown = await tieout(['exceptions', 'show', `EX-${number}`, '--json']);
  const { explanation } = JSON.parse(shown.out) as {
    explanation: { alone: { document: { sourceRef: string } }[] };
  };
  return explanation.alone[0]?.document.sourceRef ?? '';
}

beforeAll(async () => {
  await tieout(['run', '--as-of', '2026-11-15T12:00:00Z']);
}, 120_000);

describe('deciding about pairs on the command line', { timeout: 120_000 }, () => {
  it('matches, takes apart, keeps apart and lifts, and the next run agrees each time', async () => {
    const [missing] = await listOf('missing_invoice');
    const [charge] = await listOf('unordered_charge');
    const [exception, other] = [`EX-${missing?.number}`, `EX-${charge?.number}`];
    const record = await recordOf(charge?.number ?? 0);

    const matched = await tieout([
      'match',
      exception,
      '--with',
      record,
      '--reason',
      'matched_by_hand',
      '--note',
      'late',
      '--as',
      'fay',
    ]);
    expect(matched).toMatchObject({ code: 0, err: `${exception} was nobody's: claimed.\n` });
    expect(matched.out).toContain(`${exception}: matched by hand with ${record}. It is `);
    expect(matched.out).toContain(`${other} was cleared.`);

    const unmatched = await tieout([
      'unmatch',
      exception,
      '--note',
      'no',
      '--as',
      'fay@northlight.example',
      '--json',
    ]);
    expect(unmatched.code).toBe(0);
    expect(JSON.parse(unmatched.out)).toMatchObject({
      exception,
      status: 'claimed',
      also: [{ exception: other, how: 'reopened' }],
    });

    const never = await tieout(['never', exception, '--with', record, '--note', 'no', '--as', 'fay']);
    expect(never).toMatchObject({
      code: 0,
      out: `${exception}: ${record} never belongs here. It is claimed now.\n`,
    });
    const again = await tieout([
      'match',
      exception,
      '--with',
      record,
      '--reason',
      'matched_by_hand',
      '--as',
      'fay',
      '--json',
    ]);
    expect(again.code).toBe(1);
    expect(JSON.parse(again.out)).toMatchObject({ refused: 'kept_apart' });
    expect(again.err).toMatch(/^Fay Lindqvist said, .+ that “.+” never belongs here\. Lift that first/);
    const lifted = await tieout(['never', exception, '--with', record, '--lift', '--as', 'fay']);
    expect(lifted).toMatchObject({ code: 0 });

    const rerun = await tieout(['run', '--as-of', '2026-11-15T12:00:00Z', '--json']);
    expect(JSON.parse(rerun.out)).toMatchObject([{ run: { status: 'unchanged' } }]);
    expect(await tieout(['audit', 'verify'])).toMatchObject({ code: 0 });
  });

  it('shows in plain words why a document has no partner, and what it would take', async () => {
    const [missing] = await listOf('missing_invoice');
    const shown = await tieout(['exceptions', 'show', `EX-${missing?.number}`]);
    expect(shown.code).toBe(0);
    expect(shown.out).toMatch(/Why NL-\S+ \(\$[\d,.]+, \d+ \w+ 2026\) has no partner/);
    expect(shown.out).toContain(
      'po, po-lines: Nothing on the other side has its order ref. It takes a document',
    );
    expect(shown.out).toContain('No rule of this reconciliation weighs documents without a common key.');
    expect(await tieout(['exceptions', 'show', 'EX-999999'])).toMatchObject({ code: 1 });
  });

  it('says what is missing, and who may not', async () => {
    const [missing] = await listOf('missing_invoice');
    const exception = `EX-${missing?.number}`;
    const given = ['match', exception, '--with', 'x', '--reason', 'matched_by_hand'];

    expect(await tieout(given)).toMatchObject({ code: 2, err: expect.stringContaining('--as <person>') });
    expect(await tieout([...given, '--as', 'nobody'])).toMatchObject({ code: 2 });
    expect(await tieout([...given, '--as', 'rosa'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('You may not claim this'),
    });
    expect(await tieout(['match', 'x', '--with', 'x', '--reason', 'x', '--as', 'fay'])).toMatchObject({
      code: 2,
    });
  });
});
