import type { Message } from './blocks.ts';
import { inert } from './escape.ts';
import type { Reader } from './reader.ts';
import { answer, bold, both, cut, type Line } from './recon-answer.ts';

/** One look of the doctor. */
export type Looked = {
  readonly check: string;
  readonly state: 'ok' | 'skipped' | 'failed';
  readonly detail: string;
  readonly fix?: string | undefined;
};

/** A message that was given up. */
export type DeadLetter = {
  readonly kind: string;
  /** `EX-1042`, when it speaks of one exception. */
  readonly label: string | undefined;
  readonly address: string;
  readonly reason: string;
  readonly attempts: number;
  /** When it was written. */
  readonly at: Date;
};

const SHOWN = 15;

/** What the doctor found, what is wrong first, each with its fix; then the messages that were given up. */
export function doctorAnswer(
  { checks, letters, dead }: { checks: readonly Looked[]; letters: readonly DeadLetter[]; dead: number },
  reader: Reader,
): Message {
  const { doctor, more } = reader.words.operations;
  const wrong = checks.filter(({ state }) => state === 'failed');
  const rest = checks.filter(({ state }) => state !== 'failed');
  const letterLines = cut(
    letters.map((letter) => letterLine(letter, reader)),
    { most: SHOWN, more },
  );
  return answer(doctor.title, [
    wrong.length === 0 ? doctor.healthy : doctor.wrong({ count: wrong.length }),
    ...[...wrong, ...rest].map((look) => lookLine(look, reader)),
    ...(dead === 0 ? [] : [bold(doctor.dead({ count: dead })), ...letterLines, doctor.wayOut]),
    doctor.notHere,
  ]);
}

/** For whoever is no admin. */
export const doctorRefused = ({ words }: Reader): Message =>
  answer(words.operations.doctor.title, [words.operations.doctor.adminsOnly]);

function lookLine({ check, state, detail, fix }: Looked, { words }: Reader): Line {
  const { doctor } = words.operations;
  const mend = fix === undefined ? '' : ` ${doctor.fix({ fix: inert(fix, 400) })}`;
  return `• ${inert(check, 80)}, ${doctor.states[state]}: ${inert(detail, 400)}.${mend}`.replaceAll(
    '..',
    '.',
  );
}

function letterLine(letter: DeadLetter, reader: Reader): Line {
  const { doctor } = reader.words.operations;
  const kinds: Readonly<Record<string, string>> = doctor.kinds;
  const known = Object.hasOwn(kinds, letter.kind) ? kinds[letter.kind] : undefined;
  const kind = known ?? inert(letter.kind, 30);
  return both(
    reader,
    ({ instant }) =>
      `• ${doctor.letter({
        what: letter.label === undefined ? kind : `${letter.label}, ${kind}`,
        address: inert(letter.address, 100),
        reason: inert(letter.reason, 200),
        attempts: letter.attempts,
        at: instant(letter.at),
      })}`,
  );
}
