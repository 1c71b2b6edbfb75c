import { z } from 'zod';
import { isUuid } from '../../core/ids.ts';

const pointerShape = z.strictObject({
  v: z.literal(1),
  id: z.string().refine(isUuid),
  version: z.int().min(1).max(2_147_483_647),
});
const pagePointerShape = pointerShape.extend({ page: z.int().min(0).max(10_000) });
/** Records that were chosen in the form before. */
const chosenPointerShape = pointerShape.extend({ with: z.array(z.string().refine(isUuid)).min(1).max(40) });

/** What a button or a modal points at: a hint where to look; rights and state are read from Postgres. */
export type Pointer = {
  readonly exceptionId: string;
  readonly version: number;
  readonly page?: number;
  readonly with?: readonly string[];
};

const LONGEST = 3_000;

/** Reads a button's value or a modal's private_metadata; undefined for anything but exactly our shape. */
export function readPointer(text: unknown): Pointer | undefined {
  if (typeof text !== 'string' || text.length > LONGEST) return undefined;
  const value = parsed(text);
  const pointer = pointerShape.safeParse(value);
  if (pointer.success) return { exceptionId: pointer.data.id, version: pointer.data.version };
  const chosen = chosenPointerShape.safeParse(value).data;
  if (chosen) return { exceptionId: chosen.id, version: chosen.version, with: chosen.with };
  const paged = pagePointerShape.safeParse(value).data;
  return paged && { exceptionId: paged.id, version: paged.version, page: paged.page };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
