import { unclaim } from '../../pipeline/act/unclaim.ts';
import type { ListenerContext } from './context.ts';
import { onPress, toldAfter } from './press.ts';

/** Give back: open again, for the whole team. */
export const onUnclaim = (context: ListenerContext) =>
  onPress(context, async (press) => toldAfter(context, press, await unclaim(context.sql, press)));
