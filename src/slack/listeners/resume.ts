import { resume } from '../../pipeline/act/resume.ts';
import type { ListenerContext } from './context.ts';
import { onPress, toldAfter } from './press.ts';

/** Resume: the card itself shows that it waits no longer. */
export const onResume = (context: ListenerContext) =>
  onPress(context, async (press) => toldAfter(context, press, await resume(context.sql, press)));
