import { z } from 'zod';
import { LOCALES } from '../../core/locale.ts';
import type { Organisation } from '../../core/organisation.ts';
import { type Reader, readerOf, teamReader } from '../views/reader.ts';

const pressedShape = z.object({
  action_id: z.string(),
  value: z.string(),
  action_ts: z.string(),
  /** The exception's label, as people read it. */
  label: z.string(),
  /** How whoever pressed is spoken to, as far as Slack said. */
  reading: z.object({ locale: z.enum(LOCALES), zone: z.string() }).optional(),
});

/** The press that brought somebody here, as much of it as doing it again needs. */
export type Pressed = z.infer<typeof pressedShape>;

/** A kept press; undefined when none was kept. */
export const readPressed = (kept: unknown): Pressed | undefined =>
  kept === null ? undefined : pressedShape.parse(kept);

/** Whoever pressed, as a reader. */
export function presserAsReader(
  organisation: Pick<Organisation, 'locale' | 'zone' | 'people' | 'teams'>,
  kept: unknown,
): Reader {
  const reading = readPressed(kept)?.reading;
  return reading ? readerOf(reading.locale, reading.zone) : teamReader(organisation, undefined);
}
