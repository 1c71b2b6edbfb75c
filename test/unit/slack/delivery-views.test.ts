import { describe, expect, test } from 'vitest';
import { LOCALES } from '../../../src/core/locale.ts';
import { PLACE_TROUBLES, placeAfter, placesInOrder, troubleOf } from '../../../src/core/place.ts';
import { LIMITS } from '../../../src/slack/views/blocks.ts';
import {
  renderDeliveryLine,
  renderDeliveryNotice,
  renderPointer,
  withPlaceNote,
} from '../../../src/slack/views/delivery.ts';
import { readerOf } from '../../../src/slack/views/reader.ts';

describe('the places of a lane', () => {
  const places = placesInOrder('team:ops', { fallback: ['#spare', '#last'], people: ['1', '2'] });

  test.each([
    ['team:ops', '#spare'],
    ['#spare', '#last'],
    ['#last', 'person:1'],
    ['person:2', undefined],
    ['#unknown by now', '#spare'],
  ])('after %s comes %s', (lost, next) => {
    expect(placeAfter(places, lost)).toBe(next);
  });

  test.each([
    ['is_archived', 'archived'],
    ['is_inactive', 'archived'],
    ['not_in_channel', 'not_member'],
    ['invalid_blocks', undefined],
    ['toString', undefined],
  ])('%s says of the place: %s', (code, trouble) => {
    expect(troubleOf(code)).toBe(trouble);
  });
});

describe.each(LOCALES)('in %s', (locale) => {
  const reader = readerOf(locale);

  test('a pointer says where the card is and has nothing to press', () => {
    const pointer = renderPointer(reader, { label: undefined, channelId: 'C0NEWPLACE' });
    expect(pointer.text).toContain('<#C0NEWPLACE>');
    expect(pointer.blocks.map(({ type }) => type)).toEqual(['context']);
  });

  test.each(PLACE_TROUBLES)(
    'a note about a place with trouble %s leaves room for the limit of an update',
    (trouble) => {
      const long = { text: 'x'.repeat(LIMITS.text), blocks: [] };
      const noted = withPlaceNote(long, reader, { channel: '#media-ops', trouble });
      expect(noted.text.length).toBeLessThanOrEqual(LIMITS.text);
      expect(noted.text).toContain('#media-ops');
    },
  );

  test('names of teams, channels and people are inert', () => {
    const hostile = '<!channel> *x*';
    const shown = [
      renderDeliveryNotice({ delivery: 'channel_back', team: hostile, channel: hostile }, reader),
      renderDeliveryNotice({ delivery: 'person_left', name: hostile, given: 2 }, reader),
      renderDeliveryLine({ delivery: 'moved', from: hostile, trouble: null }, reader),
    ];
    expect(shown.map(({ text }) => text.includes('<!channel>'))).toEqual([false, false, false]);
  });
});
