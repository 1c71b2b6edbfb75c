import { LogLevel, type Logger as SlackLogger, webApi } from '@slack/bolt';
import { stopwatch, timed } from '../../observe/metrics.ts';
import { fromAnswer, fromError, type Outcome } from './outcome.ts';

/** One call of Slack's Web API that never throws. `needs` names what an answer must carry to count as done. */
export type CallSlack = (
  method: string,
  args: Readonly<Record<string, unknown>>,
  needs?: readonly string[],
) => Promise<Outcome>;

/** The token to call with now; undefined while the app is not installed. */
export type CurrentToken = () => string | undefined;

export type WebApiOptions = {
  /** Undefined for the few methods that take none. */
  readonly token: string | CurrentToken | undefined;
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

/** Calls with the bot's token as it is at that moment: one attempt, a deadline, no waiting inside. */
export function webApiCaller(options: WebApiOptions): CallSlack {
  const { token } = options;
  const clientNow =
    typeof token === 'function' ? changingClient(token, options) : fixedClient(token, options);
  return async (method, args, needs = []) => {
    const client = clientNow();
    if (!client) return { kind: 'shut_out', error: 'not_installed' };
    const seconds = stopwatch();
    const outcome = await outcomeOf(client.apiCall(method, { ...args }), needs);
    timed.slackCall({ method, outcome: outcome.kind }, seconds());
    return outcome;
  };
}

async function outcomeOf(
  answering: ReturnType<webApi.WebClient['apiCall']>,
  needs: readonly string[],
): Promise<Outcome> {
  try {
    return fromAnswer((await answering) as unknown as Record<string, unknown>, needs);
  } catch (error) {
    return fromError(error);
  }
}

type ClientNow = () => webApi.WebClient | undefined;

function fixedClient(token: string | undefined, options: WebApiOptions): ClientNow {
  const client = new webApi.WebClient(token, clientOptions(options));
  return () => client;
}

/** A client belongs to one token; a new one is made when the token changes. */
function changingClient(current: CurrentToken, options: WebApiOptions): ClientNow {
  let made: { readonly token: string; readonly client: webApi.WebClient } | undefined;
  return () => {
    const token = current();
    if (token === undefined) return undefined;
    if (made?.token !== token) made = { token, client: new webApi.WebClient(token, clientOptions(options)) };
    return made.client;
  };
}
