import { claim } from '../../pipeline/act/claim.ts';
import type { ListenerContext } from './context.ts';
import { onPress, toldAfter } from './press.ts';

/** Claim: the card itself shows the new owner; whoever came later is told who that is. */
export const onClaim = (context: ListenerContext) =>
  onPress(context, async (press) => toldAfter(context, press, await claim(context.sql, press)));
