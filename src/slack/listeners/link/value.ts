import type { BlockAction } from '@slack/bolt';
import { z } from 'zod';
import { isUuid } from '../../../core/ids.ts';

const valueShape = z.strictObject({
  v: z.literal(1),
  request: z.string().refine(isUuid),
  token: z.string().max(100).optional(),
});

/** What a button of these messages points at; undefined for anything but exactly our shape. */
export function readLinkValue(body: BlockAction): z.infer<typeof valueShape> | undefined {
  const action = body.actions[0];
  const text = action && 'value' in action ? action.value : undefined;
  try {
    return valueShape.safeParse(JSON.parse(typeof text === 'string' ? text : '')).data;
  } catch {
    return undefined;
  }
}
