import { refuse } from '../../core/result.ts';
import { escalate } from '../../pipeline/act/escalate.ts';
import { escalateModal } from '../views/modals.ts';
import type { ListenerContext } from './context.ts';
import { openModal } from './open-modal.ts';
import { onPress } from './press.ts';
import { onSubmission } from './submission.ts';

/** Escalate: opens the form. */
export const onEscalate = (context: ListenerContext) =>
  onPress(context, (press) =>
    openModal(context, press, {
      action: 'escalate',
      render: ({ facts }) =>
        escalateModal(facts, { organisation: context.organisation, reader: press.reader }),
    }),
  );

/** The escalate form, sent. */
export const onEscalateSubmitted = (context: ListenerContext) =>
  onSubmission(context, async ({ entry, ...input }) => {
    const given = entry('target') ?? '';
    const target = readTarget(given);
    if (!target) return refuse({ code: 'unknown_target', given });
    return await escalate(context.sql, { ...input, reason: entry('reason') ?? '', target });
  });

function readTarget(text: string): { kind: 'team' | 'person'; key: string } | undefined {
  const match = /^(team|person):(.+)$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { kind: match[1] === 'team' ? 'team' : 'person', key: match[2] };
}
