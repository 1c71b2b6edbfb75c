import { z } from 'zod';
import { parseSlaTerm } from '../core/duration.ts';
import { ROLES } from '../core/organisation.ts';
import type { StepTarget, StepTime } from '../core/sla-policy.ts';
import { key, slaTerm } from './words.ts';

const roleNames: readonly string[] = ROLES;

/** `50%`, `claim`, `due`, `due + 4h`. */
function readStepTime(given: string): StepTime | undefined {
  if (given === 'claim') return { kind: 'claim' };
  const share = /^(\d{1,2})%$/.exec(given);
  if (share?.[1] !== undefined && Number(share[1]) > 0) return { kind: 'share', percent: Number(share[1]) };
  const due = /^due(?: *\+ *(\S+))?$/.exec(given);
  if (due === null) return undefined;
  if (due[1] === undefined) return { kind: 'due', after: undefined };
  const after = parseSlaTerm(due[1]);
  return after && { kind: 'due', after };
}

/** `owner`, `lead`, `channel`, `person:olga`, `team:finance`, `role:ops_lead`. */
function readTarget(given: string): StepTarget | undefined {
  if (given === 'owner' || given === 'lead' || given === 'channel') return { kind: given };
  const named = /^(person|team|role):([a-z][a-z0-9_-]{0,62})$/.exec(given);
  if (named?.[1] === undefined || named[2] === undefined) return undefined;
  const kind = named[1] as 'person' | 'team' | 'role';
  return kind === 'role' && !roleNames.includes(named[2]) ? undefined : { kind, key: named[2] };
}

const stepTime = z.string().transform((text, context) => {
  const at = readStepTime(text.trim());
  if (at !== undefined) return { at, text: text.trim() };
  context.addIssue({
    code: 'custom',
    message: `"${text}" is no time of a step; write it like 50%, claim, due, or due + 4h`,
  });
  return z.NEVER;
});

const target = z.string().transform((text, context) => {
  const read = readTarget(text.trim());
  if (read !== undefined) return read;
  const message =
    `"${text}" is nobody a step can tell; write owner, lead, channel, person:<key>, team:<key>, or role:<one of ` +
    `${ROLES.join(', ')}>`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const targets = z.array(target).min(1, 'must name somebody, or the step tells nobody');

const step = z
  .strictObject({ at: stepTime, remind: targets.optional(), escalate: targets.optional() })
  .refine(
    ({ remind, escalate }) => (remind === undefined) !== (escalate === undefined),
    'does one thing: remind (tells) or escalate (tells, and raises the level)',
  );

/** The shape of `sla_policies`; names and order are checked afterwards. */
export const slaPoliciesSchema = z.record(
  key,
  z.strictObject({
    claim: slaTerm.optional(),
    resolve: slaTerm.optional(),
    wait_pauses: z.boolean().optional(),
    steps: z.array(step).max(12, 'has at most 12 steps').default([]),
    stale: z.strictObject({ remind: slaTerm, release: slaTerm }).optional(),
  }),
);

export type SlaPoliciesFile = z.output<typeof slaPoliciesSchema>;
