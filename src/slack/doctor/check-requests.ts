import { createHmac, randomBytes } from 'node:crypto';
import { type Check, failed, fine, skipped } from '../../pipeline/report/doctor.ts';

export type CheckRequestsOptions = {
  readonly signingSecret: string | undefined;
  /** Another Web API than Slack's may have secrets of another shape. */
  readonly isSlack: boolean;
  /** Where this machine's own service listens. */
  readonly port: number;
  /** The address Slack was given, when known. */
  readonly publicUrl: string | undefined;
  readonly usesSockets: boolean;
};

const PATIENCE_MS = 5_000;
const SECRET = 'signing secret';
const ADDRESS = 'request url';
const COPY = 'SLACK_SIGNING_SECRET: copy it again from "Basic Information", and start the service with it.';

/** Whether requests signed with our secret are taken, by the service on this machine and at the public address. */
export async function checkRequests(options: CheckRequestsOptions): Promise<Check[]> {
  const { signingSecret, usesSockets } = options;
  if (usesSockets) return [skipped(ADDRESS, 'Socket Mode needs no address and no signing secret')];
  if (signingSecret === undefined) {
    return [failed(SECRET, 'SLACK_SIGNING_SECRET is not set', 'Set it, or SLACK_APP_TOKEN for Socket Mode.')];
  }
  return [await checkSecret(signingSecret, options), await checkAddress(signingSecret, options.publicUrl)];
}

async function checkSecret(secret: string, { port, isSlack }: CheckRequestsOptions): Promise<Check> {
  if (isSlack && !/^[0-9a-f]{32}$/.test(secret)) {
    return failed(SECRET, 'it is not 32 hexadecimal digits, as Slack makes them', COPY);
  }
  const met = await knock(`http://127.0.0.1:${port}/slack/events`, secret);
  if (met === 'welcome') return fine(SECRET, `the service on port ${port} takes requests signed with it`);
  if (met === 401) {
    return failed(
      SECRET,
      `the service on port ${port} was started with another secret, or its clock is off`,
      COPY,
    );
  }
  return skipped(SECRET, `looks right; no Tieout answers on port ${port}, so no request was tried`);
}

async function checkAddress(secret: string, publicUrl: string | undefined): Promise<Check> {
  if (publicUrl === undefined) return skipped(ADDRESS, 'TIEOUT_PUBLIC_URL is not set, so it was not tried');
  const address = addressOf(publicUrl);
  if (address === undefined) {
    return failed(
      ADDRESS,
      'TIEOUT_PUBLIC_URL is no https address',
      'Write it like https://tieout.agency.example.',
    );
  }
  const met = await knock(address, secret);
  if (met === 'welcome') return fine(ADDRESS, address);
  if (met === 401) {
    return failed(
      ADDRESS,
      `${address} refuses our signature`,
      `What answers there has another secret. ${COPY}`,
    );
  }
  return failed(
    ADDRESS,
    `${address}: ${typeof met === 'number' ? `status ${met}` : met}`,
    'Check that the service runs, and what stands before it: DNS, certificate, proxy. It must pass POST /slack/events unchanged.',
  );
}

function addressOf(publicUrl: string): string | undefined {
  const url = URL.canParse(publicUrl) ? new URL('/slack/events', publicUrl) : undefined;
  const isHere = url?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname);
  return url?.protocol === 'https:' || isHere ? url?.href : undefined;
}

/** How a signed question like Slack's own is met: the status, or why there was none. The secret itself stays here. */
async function knock(address: string, secret: string): Promise<'welcome' | number | string> {
  const challenge = randomBytes(12).toString('hex');
  const body = JSON.stringify({ type: 'url_verification', challenge });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${mac}`,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const said = await answer.text();
    if (answer.status !== 200) return answer.status;
    return said.includes(challenge) ? 'welcome' : 'something else answers there';
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
