import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSealedWithFirst, type SealedFor, seal, unseal } from '../../../src/db/seal.ts';

const OLD = randomBytes(32);
const NEW = randomBytes(32);
const TOKEN = 'xoxb-1-very-secret';
const ABOUT: SealedFor = { workspaceId: '0199f0c0-0000-7000-8000-000000000001', kind: 'bot_token' };

/** The same text with one sign of one part changed. */
const changed = (sealed: string, part: number): string =>
  sealed
    .split('.')
    .map((text, index) => (index === part ? `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}` : text))
    .join('.');

describe('a sealed token', () => {
  it('opens with the key it was sealed with, for the place it was sealed for', () => {
    expect(unseal(seal(TOKEN, ABOUT, [OLD]), ABOUT, [OLD])).toBe(TOKEN);
  });

  it('says nothing of the token', () => {
    const sealed = seal(TOKEN, ABOUT, [OLD]);
    expect(sealed).not.toContain('secret');
    expect(Buffer.from(sealed.split('.').at(-1) ?? '', 'base64url').toString('latin1')).not.toContain('xoxb');
  });

  it('never looks the same twice', () => {
    expect(seal(TOKEN, ABOUT, [OLD])).not.toBe(seal(TOKEN, ABOUT, [OLD]));
  });

  it.each([
    ['another workspace', { ...ABOUT, workspaceId: '0199f0c0-0000-7000-8000-000000000002' }],
    ['the other kind of token', { ...ABOUT, kind: 'refresh_token' }],
  ] as const)('does not open for %s', (_, other) => {
    expect(unseal(seal(TOKEN, ABOUT, [OLD]), other, [OLD])).toBeUndefined();
  });

  it.each([
    ['version', 0],
    ['key id', 1],
    ['nonce', 2],
    ['tag', 3],
    ['ciphertext', 4],
  ])('does not open when its %s was changed', (_, part) => {
    expect(unseal(changed(seal(TOKEN, ABOUT, [OLD]), part), ABOUT, [OLD])).toBeUndefined();
  });

  it.each(['', 'v1', 'v1.a.b.c', 'v1.a.b.c.d', TOKEN])('does not open what was never sealed: %j', (text) => {
    expect(unseal(text, ABOUT, [OLD])).toBeUndefined();
  });

  it('does not open with a tag that was cut short', () => {
    const parts = seal(TOKEN, ABOUT, [OLD]).split('.');
    expect(unseal(parts.with(3, (parts[3] ?? '').slice(0, 6)).join('.'), ABOUT, [OLD])).toBeUndefined();
  });
});

describe('two keys', () => {
  it('open what either of them sealed', () => {
    expect(unseal(seal(TOKEN, ABOUT, [OLD]), ABOUT, [NEW, OLD])).toBe(TOKEN);
    expect(unseal(seal(TOKEN, ABOUT, [NEW]), ABOUT, [NEW, OLD])).toBe(TOKEN);
  });

  it('seal with the first', () => {
    const sealed = seal(TOKEN, ABOUT, [NEW, OLD]);
    expect(unseal(sealed, ABOUT, [NEW])).toBe(TOKEN);
    expect(unseal(sealed, ABOUT, [OLD])).toBeUndefined();
  });

  it('tell which of them sealed it', () => {
    expect(isSealedWithFirst(seal(TOKEN, ABOUT, [OLD]), [NEW, OLD])).toBe(false);
    expect(isSealedWithFirst(seal(TOKEN, ABOUT, [NEW]), [NEW, OLD])).toBe(true);
  });
});
