import { LogLevel, type Logger as SlackLogger, webApi } from '@slack/bolt';
import { fromAnswer, fromError, type Outcome } from './outcome.ts';

/** One call of Slack's Web API that never throws. `needs` names what an answer must carry to count as done. */
export type CallSlack = (
  method: string,
  args: Readonly<Record<string, unknown>>,
  needs?: readonly string[],
) => Promise<Outcome>;

export type WebApiOptions = {
  readonly token: string;
  /** Another Web API root, ending in a slash. */
  readonly apiUrl: string | undefined;
  readonly timeoutMs: number;
};

// The SDK's own log lines carry arguments and would repeat what we log with the message's id.
const SILENT: SlackLogger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/** What every Web API client of ours is made with: the SDK's defaults repeat posts and wait for ever. */
export const clientOptions = ({ apiUrl, timeoutMs }: Omit<WebApiOptions, 'token'>) => ({
  retryConfig: { retries: 0 },
  timeout: timeoutMs,
  rejectRateLimitedCalls: true,
  allowAbsoluteUrls: false,
  logger: SILENT,
  ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
});

/** Calls with the bot's token: one attempt, a deadline, no waiting inside. */
export function webApiCaller(options: WebApiOptions): CallSlack {
  const client = new webApi.WebClient(options.token, clientOptions(options));
  return async (method, args, needs = []) => {
    try {
      const answer = await client.apiCall(method, { ...args });
      return fromAnswer(answer as unknown as Record<string, unknown>, needs);
    } catch (error) {
      return fromError(error);
    }
  };
}
