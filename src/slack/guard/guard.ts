import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from '../../observe/logger.ts';
import { type AllowList, objectionTo, type TurnedAway } from './allow-list.ts';
import { isSslCheck, mediaType, parseBody } from './parse.ts';
import { readBody } from './read-body.ts';
import { signatureProblem } from './signature.ts';

export type GuardOptions = {
  readonly signingSecret: string;
  readonly allowed: AllowList;
  /** Routes what passed, and answers it. */
  readonly next: (passed: Passed, response: ServerResponse) => void;
  readonly turnedAway?: TurnedAway;
  readonly logger: Logger;
  readonly now?: () => number;
};

/** A request that Slack made, for us, with its payload wherever it stood in the body. */
export type Passed = {
  readonly payload: Readonly<Record<string, unknown>>;
  /** Which delivery it is, and why not the first; Slack numbers them itself. */
  readonly retryNum: number | undefined;
  readonly retryReason: string | undefined;
};

type Verdict =
  | { readonly pass: true; readonly payload: Passed['payload'] }
  | { readonly pass: false; readonly status: number; readonly problem: string }
  | { readonly pass: false; readonly status: 200; readonly body: string };

/**
 * In front of everything that claims to be Slack: only signed, fresh requests for our team and app, that a person's
 * press could have made, reach a handler. The answer to anything else is a bare status.
 */
export function guard(options: GuardOptions): RequestListener {
  return (request, response) => {
    void answer(options, request, response).catch((error: unknown) => {
      options.logger.error({ err: error }, 'the guard failed');
      if (!response.headersSent) refuse(response, 500);
    });
  };
}

async function answer(
  options: GuardOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const verdict = await judge(options, request);
  if (verdict.pass) {
    const { headers } = request;
    const retryNum = Number(headers['x-slack-retry-num']);
    options.next(
      {
        payload: verdict.payload,
        retryNum: Number.isInteger(retryNum) ? retryNum : undefined,
        retryReason: headers['x-slack-retry-reason']?.toString(),
      },
      response,
    );
    return;
  }
  if ('body' in verdict) {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(verdict.body);
    return;
  }
  options.logger.warn(
    { status: verdict.status, problem: verdict.problem, hint: HINTS[verdict.problem] },
    'request to /slack/events refused',
  );
  refuse(response, verdict.status);
  // What was not read would otherwise keep the connection and be taken for the next request.
  if (!request.complete) request.destroy();
}

/** What to look at when Slack did send it. */
const HINTS: Readonly<Record<string, string>> = {
  timestamp_outside_window:
    'if Slack sent it, the clock of this machine is wrong: "tieout doctor" compares it',
  signature_wrong:
    'if Slack sent it, SLACK_SIGNING_SECRET is that of another app: copy it from "Basic Information"',
};

async function judge(options: GuardOptions, request: IncomingMessage): Promise<Verdict> {
  const { headers, method } = request;
  if (method !== 'POST') return no(405, 'method');
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return no(415, 'content_encoding');
  const body = await readBody(request);
  if (!body.ok) return no(body.status, body.problem);
  const { bytes } = body;
  const type = mediaType(headers['content-type']);
  if (isSslCheck(type, bytes)) return { pass: false, status: 200, body: '{}' };
  const problem = signatureProblem(
    {
      timestamp: headers['x-slack-request-timestamp'],
      signature: headers['x-slack-signature'],
      rawBody: bytes,
    },
    { secret: options.signingSecret, nowMs: (options.now ?? Date.now)() },
  );
  if (problem !== undefined) return no(401, problem);
  const parsed = parseBody(type, bytes);
  if (!parsed) return no(400, 'body_malformed');
  const { payload } = parsed;
  if (payload.type === 'url_verification') return challenge(payload.challenge);
  const objection = objectionTo(payload, options.allowed);
  if (objection) {
    if (objection.status === 403) options.turnedAway?.(payload, objection.problem);
    return no(objection.status, objection.problem);
  }
  return { pass: true, payload };
}

function challenge(value: unknown): Verdict {
  if (typeof value !== 'string') return no(400, 'challenge_malformed');
  return { pass: false, status: 200, body: JSON.stringify({ challenge: value }) };
}

const no = (status: number, problem: string): Verdict => ({ pass: false, status, problem });

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close' }).end();
}
