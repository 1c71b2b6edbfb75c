import { type Check, failed, fine } from '../../pipeline/report/doctor.ts';
import type { AccessNow } from '../install/access.ts';
import { checkSlack, type Placed } from './check-slack.ts';

export type CheckInstallationOptions = {
  readonly now: AccessNow;
  /** The Slack team that the configuration names. */
  readonly slackTeamId: string | undefined;
  readonly publicUrl: string | undefined;
  readonly appToken: string | undefined;
  readonly apiUrl: string | undefined;
  readonly teams: readonly Placed[];
  /** The channels' ids as they were learnt. */
  readonly channelIds?: ReadonlyMap<string, string>;
};

const INSTALLATION = 'slack installation';
const ROTATION = 'token rotation';

/** Whether the app is installed in the workspace's Slack team, whether its token is exchanged in time, and what it may do. */
export async function checkInstallation(options: CheckInstallationOptions): Promise<Check[]> {
  const { now, slackTeamId, publicUrl } = options;
  const install = `Open ${publicUrl === undefined ? '/slack/install of the service' : new URL('/slack/install', publicUrl).href} in a browser and allow the app`;
  if (now.kind === 'not_installed') {
    const where = slackTeamId ?? 'any Slack team';
    return [
      failed(INSTALLATION, `the app is not installed in ${where}`, `${install}. What waits is sent then.`),
    ];
  }
  if (now.kind === 'sealed_shut') {
    return [
      failed(
        INSTALLATION,
        'no key of TIEOUT_ENCRYPTION_KEY opens the token',
        `Add the key it was sealed with, as TIEOUT_ENCRYPTION_KEY=new,old. If it is lost: ${install} again.`,
      ),
    ];
  }
  const { access, refreshInMs, refreshProblem } = now;
  const { appToken, apiUrl, teams, channelIds = new Map() } = options;
  return [
    fine(INSTALLATION, `team ${access.teamId}, since ${access.installedAt.toISOString()}`),
    rotationCheck(refreshInMs, { problem: refreshProblem, install }),
    ...(await checkSlack({
      botToken: access.token,
      appToken,
      apiUrl,
      teams,
      channelIds,
      reinstall: `${install} again.`,
    })),
  ];
}

function rotationCheck(
  refreshInMs: number | undefined,
  { problem, install }: { problem: string | undefined; install: string },
): Check {
  if (refreshInMs === undefined) return fine(ROTATION, 'the token does not expire');
  if (problem !== undefined) {
    return failed(
      ROTATION,
      `the token could not be exchanged: ${problem}`,
      `It is tried again; the token works until it expires. If this stays: ${install} again.`,
    );
  }
  const minutes = Math.round(refreshInMs / 60_000);
  if (minutes >= -5) return fine(ROTATION, `the token is exchanged in ${Math.max(minutes, 0)} min`);
  return failed(
    ROTATION,
    `the token should have been exchanged ${-minutes} min ago`,
    'Start the service: it does that by itself.',
  );
}
