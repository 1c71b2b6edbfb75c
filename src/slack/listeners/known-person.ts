import { identify } from '../guard/identify.ts';
import { type Reader, teamReader } from '../views/reader.ts';
import type { ListenerContext } from './context.ts';
import { faultWords, withinDeadline } from './deadline.ts';
import { withReference } from './refused.ts';

export type KnownPerson = { readonly personId: string; readonly reader: Reader };

/** What came of asking: an answer, or words why there is none, for a reader. */
export type Answered<T> = { readonly reader: Reader } & (
  | { readonly ok: true; readonly answer: T }
  | { readonly ok: false; readonly words: string; readonly isFault: boolean }
);

/**
 * Answers a Slack user once they are known, within the time that Slack waits. Whoever is not known, and everybody when
 * something breaks, gets words; a fault's carry the reference of its log line. Never throws.
 */
export async function answerKnown<T>(
  context: ListenerContext,
  asked: { readonly slackUserId: string; readonly about: Readonly<Record<string, unknown>> },
  run: (person: KnownPerson) => Promise<T>,
): Promise<Answered<T>> {
  // Until the person is known: the language of the workspace.
  let reader = teamReader(context.organisation, undefined);
  const answer = async (): Promise<Answered<T>> => {
    const identity = await identify(context, asked.slackUserId);
    reader = identity.reader;
    if (!identity.ok) {
      const { slackUserId } = asked;
      const wanted = Object.values(asked.about).join(' ');
      context.noteDenied({ why: identity.why, slackUserId, slackTeamId: context.teamId, wanted });
      const about = { reader, userId: asked.slackUserId, ...asked.about };
      return { ok: false, reader, words: withReference(context, identity.words, about), isFault: false };
    }
    return { ok: true, reader, answer: await run({ personId: identity.personId, reader }) };
  };
  try {
    return await withinDeadline(answer());
  } catch (error) {
    const words = faultWords(context, error, { ...asked.about, userId: asked.slackUserId, reader });
    return { ok: false, reader, words, isFault: true };
  }
}
