import type { VerifyRule } from '../core/spec.ts';
import { groupCondition } from './conditions.ts';
import type { Context } from './reconciliation-context.ts';

/** The rule that `late_until` stands for, which is asked before all others; none where it is not stated. */
export function lateRule(context: Context): VerifyRule[] {
  const { timing, expected, actual } = context.file;
  const { due_within: due, late_until: late } = timing ?? {};
  if (late === undefined) return [];
  const path = ['timing', 'late_until'];
  if (due !== undefined && late < due) context.source.problem(path, `is before due_within (${due}d)`);
  const text = `max(actual.${actual.date}) - min(expected.${expected.date}) <= ${late}d`;
  const expect = groupCondition(context, text, path);
  if (expect === undefined) return [];
  return [
    {
      id: 'late_until',
      expect,
      // biome-ignore lint/suspicious/noThenProperty: the spec's own word; nothing awaits a rule
      then: undefined,
      else: 'manual_review',
      reason: 'AFTER_LATE_UNTIL',
      raise: 'too_late',
      notify: undefined,
    },
  ];
}

/** Days until a missing document is raised: as the rule says, else as soon as it was due. */
export function checkAfter({ file, source }: Context): void {
  const [after, due] = [file.missing?.actual?.after, file.timing?.due_within];
  if (after === undefined || due === undefined || after >= due) return;
  source.problem(
    ['missing', 'actual', 'after'],
    `is before due_within (${due}d): nothing is missing until it was due`,
  );
}
