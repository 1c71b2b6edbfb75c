import { setTimeout as sleep } from 'node:timers/promises';
import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { Message } from '../../views/blocks.ts';
import { teamReader } from '../../views/reader.ts';
import { words } from '../../views/recon-answer.ts';
import type { ListenerContext } from '../context.ts';
import { askedFaultWords, withinDeadline } from '../deadline.ts';
import { ask } from './ask.ts';
import type { Answer } from './asking.ts';
import { patienceFor } from './off-record.ts';
import { perPerson } from './pace.ts';
import { showAnswer } from './show-answer.ts';

export const RECON = '/recon';

/** A read that takes longer is announced first; Slack waits 3 s for the announcement. */
const QUICK_MS = 1_500;

/**
 * `/recon …`: seen by the person alone, in any channel and direct message. Answered in the acknowledgement, or, when
 * reading takes its time or Slack might refuse how the answer looks, after one that says so. It only reads, so the same
 * command twice is simply answered twice.
 */
export const onRecon = (context: ListenerContext) => {
  const mayAsk = perPerson();
  return async ({ ack, command }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const acknowledge = (message: Message) =>
      ack({ response_type: 'ephemeral', ...message } as Parameters<typeof ack>[0]);
    let reader = teamReader(context.organisation, undefined);
    // Answered by this process alone: the database is what must not be asked so often.
    if (!mayAsk(command.user_id)) return await acknowledge(words(reader.words.recon.tooOften));
    const asked = {
      slackUserId: command.user_id,
      text: unescaped(command.text ?? ''),
      page: 0,
      known: (who: typeof reader) => {
        reader = who;
      },
    };
    // A fault is told in the same place: the command itself never fails in Slack.
    const answering: Promise<Answer> = withinDeadline(ask(context, asked), patienceFor(asked.text)).catch(
      (error: unknown) => ({
        message: words(askedFaultWords(context, error, { command: RECON, userId: command.user_id, reader })),
      }),
    );
    const quick = await Promise.race([answering, sleep(QUICK_MS, undefined, { ref: false })]);
    if (quick && !quick.plainer) {
      await acknowledge(quick.message);
      return;
    }
    await acknowledge(words(reader.words.recon.loading));
    await showAnswer(context, command, await answering);
  };
};

/** Slack writes three signs of what was typed as entities. */
const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
