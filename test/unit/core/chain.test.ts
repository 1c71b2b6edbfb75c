import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ChainedEvent, GENESIS, hashedText, isReadable, linkProblems } from '../../../src/core/chain.ts';

const BODY = '{"action":"run.applied","entity":"run","entity_id":"r1"}';
const hashOf = (event: Omit<ChainedEvent, 'hash'>): string =>
  createHash('sha256').update(hashedText(event)).digest('hex');
const sealed = (changes: Partial<ChainedEvent> = {}): ChainedEvent => {
  const event = {
    seq: 1n,
    at: '2026-11-22T19:21:07.123456Z',
    action: 'run.applied',
    entity: 'run',
    entityId: 'r1',
    body: BODY,
    prev: GENESIS.hash,
    ...changes,
  };
  return { hash: hashOf(event), ...event };
};
const problems = (event: ChainedEvent, before = GENESIS) => linkProblems(event, before, hashOf(event));

describe('a chained event', () => {
  it('hashes what it links to, its number, its time and its content, a line each', () => {
    expect(hashedText({ prev: 'p', seq: 12n, at: 't', body: 'b' })).toBe('p\n12\nt\nb');
    expect(sealed().hash).toBe('a10cb611c4a15a557a56b5d4f87a7ab8286cc3381c4d998871038da4ad2a19dd');
  });

  it('has no problems as it was written', () => {
    expect(problems(sealed())).toEqual([]);
  });

  it.each([
    ['content', { body: BODY.replace('r1', 'r2'), entityId: 'r2' }],
    ['time', { at: '2026-11-22T19:21:07.123457Z' }],
  ])('shows that its %s was changed after it was written', (_what, change) => {
    expect(problems({ ...sealed(), ...change })).toEqual([
      'its content does not match its hash: it was changed after it was written',
    ]);
  });

  it('shows the gap before it', () => {
    expect(problems(sealed({ seq: 3n }))).toEqual(['event 1 is missing before it']);
  });

  it('shows that it follows another event than the one before it', () => {
    expect(problems(sealed({ seq: 2n }), { seq: 1n, hash: 'f'.repeat(64) })).toEqual([
      'it does not link to the event before it',
    ]);
  });

  it.each([
    ['another action', { action: 'run.failed' }],
    ['another entity', { entity: 'match' }],
    ['another id', { entityId: 'r2' }],
    ['content that is no JSON', { body: '{' }],
    ['content that is null', { body: 'null' }],
    ['content that is a list', { body: '[]' }],
  ])('shows indexed columns that differ: %s', (_what, change) => {
    expect(problems(sealed(change))).toEqual(['its indexed columns differ from its content']);
  });
});

describe('a content', () => {
  it.each([BODY, '{}', '"é😀"'])('%s is readable', (body) => {
    expect(isReadable(body)).toBe(true);
  });

  it.each(['', '{', 'x{}', '"\\u0000"', '"\\ud83d"', '1.5', '1e999'])('%s is not', (body) => {
    expect(isReadable(body)).toBe(false);
  });
});
