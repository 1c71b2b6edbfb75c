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
  const end = attempt.end === null ? [] : [endWords(attempt.end, writer)];
  const back = attempt.cameBack ? [words.cameBack] : [];
  return `${[words.held({ who, from, until }), ...end, ...back].join(', ')}${said}`;
}

function endWords({ how, to, code }: NonNullable<Attempt['end']>, writer: Writer): string {
  const { attempts: words } = writer.words;
  if (how === 'handed_over') return words.handedOver(to === null ? undefined : inert(to, 100));
  if (how === 'resolved') return words.resolved(code === null ? undefined : codeWords(code, writer));
  return words.ends[how];
}
