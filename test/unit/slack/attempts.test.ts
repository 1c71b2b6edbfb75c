import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/core/attempts.ts';
import { LOCALES } from '../../../src/core/locale.ts';
import type { NoticePayload, ToldException } from '../../../src/core/message.ts';
import { attemptLines } from '../../../src/slack/views/attempts.ts';
import { plainly } from '../../../src/slack/views/instants.ts';
import { renderNotice } from '../../../src/slack/views/messages.ts';
import { readerOf } from '../../../src/slack/views/reader.ts';

const attempt = (changes: Partial<Attempt>): Attempt => ({
  by: 'Ana Ruiz',
  from: '2026-11-22T08:00:00.000000Z',
  until: '2026-11-23T09:30:00.000000Z',
  said: null,
  end: null,
  cameBack: false,
  ...changes,
});

const HANDED = attempt({ said: 'no answer', end: { how: 'handed_over', to: 'Ben Okafor', code: null } });
const RESOLVED = attempt({ end: { how: 'resolved', to: null, code: 'accepted' }, cameBack: true });
const GIVEN = attempt({ end: { how: 'assigned', to: 'Ben Okafor', code: null } });
const HOLDS = attempt({ by: 'Ben <Okafor>', until: null });
const words = (attempts: readonly Attempt[], most = 5) =>
  attemptLines(attempts, plainly(readerOf('en', 'UTC')), most);

describe('what was tried', () => {
  it('is one line for each time that somebody had it', () => {
    expect(words([HANDED, RESOLVED, GIVEN, HOLDS])).toEqual([
      'Ana Ruiz, 22 Nov 2026, 08:00 UTC to 23 Nov 2026, 09:30 UTC, handed over to Ben Okafor (“no answer”)',
      'Ana Ruiz, 22 Nov 2026, 08:00 UTC to 23 Nov 2026, 09:30 UTC, resolved as Accepted as is, and it came back',
      'Ana Ruiz, 22 Nov 2026, 08:00 UTC to 23 Nov 2026, 09:30 UTC, given to Ben Okafor by the triage meeting',
      'Ben &lt;Okafor&gt;, since 22 Nov 2026, 08:00 UTC',
    ]);
  });

  it('is the latest of many, with how many there were before', () => {
    expect(words([RESOLVED, HANDED, HOLDS], 2)[0]).toBe('1 earlier, under Details');
    expect(words([RESOLVED, HANDED, HOLDS], 2)).toHaveLength(3);
  });
});

const EXCEPTION: ToldException = {
  id: '0190a0a0-0000-7000-8000-000000000000',
  version: 3,
  number: 1042,
  type: 'missing_invoice',
  atStake: { minor: '10000', currency: 'USD' },
  client: 'Acme',
  orderRef: 'PO-1',
  owner: 'Ana Ruiz',
  team: 'Media Ops',
  dueAt: '2026-11-24T07:00:00.000Z',
  expected: { minor: '10000', currency: 'USD' },
  actual: null,
  attempts: [HANDED, HOLDS],
};
const OFFERED: NoticePayload = {
  notice: 'offered',
  note: 'You know them',
  answerBy: '2026-11-23T12:00:00.000Z',
  exception: EXCEPTION,
};

describe('a hand-over', () => {
  it.each(LOCALES)('carries what differs, what to do and what was tried (%s)', (locale) => {
    const reader = readerOf(locale, 'UTC');
    const { text, blocks } = renderNotice(OFFERED, { reader });

    for (const part of [
      reader.words.card.labels.expected,
      reader.words.types.missing_invoice.suggestion,
      reader.words.attempts.label,
      reader.words.attempts.handedOver('Ben Okafor'),
    ]) {
      expect(text).toContain(part);
      expect(JSON.stringify(blocks)).toContain(JSON.stringify(part).slice(1, -1));
    }
  });

  it('that is over says only how it ended', () => {
    const counts = { open: 0, accepted: 1, declined: 0, lapsed: 0, withdrawn: 0 };
    const ended = { counts, endedAt: new Date('2026-11-23T10:00:00Z') };

    expect(renderNotice(OFFERED, { reader: readerOf('en', 'UTC'), ended }).text).not.toContain('Previous');
  });

  it('of an earlier release is shown without what it does not carry', () => {
    const { attempts: _, expected: __, actual: ___, ...earlier } = EXCEPTION;
    const { text } = renderNotice({ ...OFFERED, exception: earlier }, { reader: readerOf('en', 'UTC') });

    expect(text).toContain('You know them');
    expect(text).not.toContain('Previous');
  });

  it('that happened too often says why it is told', () => {
    const payload: NoticePayload = {
      notice: 'step',
      step: 'ping_pong',
      count: 1,
      total: null,
      exceptions: [EXCEPTION],
    };
    const { text } = renderNotice(payload, { reader: readerOf('en', 'UTC') });

    expect(text).toContain('EX-1042 Missing invoice goes from hand to hand');
    expect(text).toContain('handed over three times');
    expect(text).toContain('handed over to Ben Okafor (“no answer”)');
  });
});
