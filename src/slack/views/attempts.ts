import type { Attempt } from '../../core/attempts.ts';
import { codeWords } from './code-words.ts';
import { inert } from './escape.ts';
import type { Writer } from './instants.ts';

/** Characters of what somebody said. */
const SAID = 200;

/** Each time somebody had it, one line each and escaped; of many the latest, and how many came before. */
export function attemptLines(attempts: readonly Attempt[], writer: Writer, most: number): string[] {
  const hidden = Math.max(0, attempts.length - most);
  const { more } = writer.words.attempts;
  return [
    ...(hidden > 0 ? [more(hidden)] : []),
    ...attempts.slice(hidden).map((attempt) => attemptWords(attempt, writer)),
  ];
}

function attemptWords(attempt: Attempt, writer: Writer): string {
  const { attempts: words, history } = writer.words;
  const who = inert(attempt.by, 100);
  const from = writer.instant(new Date(attempt.from));
  const said = attempt.said === null ? '' : ` ${history.quoted(inert(attempt.said, SAID))}`;
  if (attempt.until === null) return `${words.holds({ who, from })}${said}`;
  const until = writer.instant(new Date(attempt.until));
  return `${[words.held({ who, from, until }), ...howItEnded(attempt, writer)].join(', ')}${said}`;
}

/** Who had it last, and how that ended; undefined when nobody ever had it. Escaped. */
export function lastAttempt(
  attempts: readonly Attempt[],
  writer: Writer,
): { who: string; ended: string | undefined } | undefined {
  const last = attempts.at(-1);
  if (!last) return undefined;
  const ended = last.until === null ? undefined : howItEnded(last, writer).join(', ');
  return { who: inert(last.by, 100), ended };
}

const howItEnded = ({ end, cameBack }: Attempt, writer: Writer): string[] => [
  ...(end === null ? [] : [endWords(end, writer)]),
  ...(cameBack ? [writer.words.attempts.cameBack] : []),
];

function endWords({ how, to, code }: NonNullable<Attempt['end']>, writer: Writer): string {
  const { attempts: words } = writer.words;
  if (how === 'handed_over') return words.handedOver(to === null ? undefined : inert(to, 100));
  if (how === 'assigned') return words.assigned(to === null ? undefined : inert(to, 100));
  if (how === 'resolved') return words.resolved(code === null ? undefined : codeWords(code, writer));
  return words.ends[how];
}
