import { describe, expect, test } from 'vitest';
import {
  mentionedIn,
  readableText,
  withoutMention,
} from '../../../src/slack/listeners/note/readable-text.ts';

const NAMES = new Map([['U1', 'Ana Ruiz']]);

describe('a message as people read it', () => {
  test.each([
    ['<@U1> said so', '@Ana Ruiz said so'],
    ['<@U2|ben> and <@U3>', '@ben and @U3'],
    ['see <#C1|media-ops>', 'see #media-ops'],
    ['<!here> <!subteam^S1|@ops>', '@here @ops'],
    ['<https://a.example/x?a=1&amp;b=2>', 'https://a.example/x?a=1&b=2'],
    ['<https://a.example|the credit>', 'the credit (https://a.example)'],
    ['<mailto:a@b.example|a@b.example>', 'a@b.example'],
    ['5 &lt; 6 &amp;amp; 7', '5 < 6 &amp; 7'],
    [' two\nlines ', 'two\nlines'],
  ])('%j is %j', (written, read) => {
    expect(readableText(written, NAMES)).toBe(read);
  });

  test('names everybody it mentions once', () => {
    expect(mentionedIn('<@U1> <@U_BEN|ben> <@U1> <#C1>')).toEqual(['U1', 'U_BEN']);
  });

  test('is without the mention of the app, and with all others', () => {
    expect(withoutMention('<@UBOT> ask <@U1> <@UBOT|tieout>', 'UBOT')).toBe('ask <@U1>');
  });
});
