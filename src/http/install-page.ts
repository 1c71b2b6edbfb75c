import type { InstallOutcome, InstallRefusal } from '../slack/install/outcome.ts';

type Status = 200 | 400 | 403 | 409 | 502 | 503;
type Page = {
  readonly status: Status;
  readonly title: string;
  readonly lines: readonly string[];
  /** Lines to copy. */
  readonly code?: string;
  readonly again?: boolean;
};

type Words = {
  readonly [Kind in InstallOutcome['kind']]: (outcome: Extract<InstallOutcome, { kind: Kind }>) => Page;
};

const NOTHING = 'Nothing was stored.';

const beginAgain = (title: string, why: string): Page => ({
  status: 400,
  title,
  lines: [why, NOTHING],
  again: true,
});

const notFromHere = (): Page =>
  beginAgain(
    'This did not begin here',
    'Slack sent you back, but this browser did not begin an installation here in the last ten minutes, or it has been finished already.',
  );

const addTeam = (teamId: string): string => `workspace:\n  slack_team: ${teamId}`;

const PAGES = {
  installed: ({ teamName, workspaceName }) => ({
    status: 200,
    title: `Tieout is installed in ${teamName}`,
    lines: [
      `It works for "${workspaceName}" from now on; messages that waited are on their way.`,
      'Invite the app to the channels that the configuration names: type /invite @Tieout there. You can close this page.',
    ],
  }),
  state_missing: notFromHere,
  state_wrong: notFromHere,
  cookie_missing: notFromHere,
  cookie_wrong: notFromHere,
  state_expired: () =>
    beginAgain('That took too long', 'An installation has to be finished within ten minutes.'),
  replayed: () =>
    beginAgain('This was used already', 'This address finished an installation before, and works once.'),
  denied: () => beginAgain('Not installed', "You chose not to allow the app on Slack's page."),
  code_missing: () => beginAgain('Something is missing', 'Slack sent you back without a code.'),
  slack_says_no: ({ error }) => ({
    ...beginAgain(
      'Slack refused the installation',
      `Slack says: ${error}. ${SLACK_WORDS[error] ?? ''}`.trim(),
    ),
    status: 502,
  }),
  slack_unavailable: () => ({
    ...beginAgain(
      'Slack did not answer',
      'Slack did not answer clearly, so the installation was not finished.',
    ),
    status: 502,
  }),
  answer_incomplete: () => ({
    ...beginAgain('The answer of Slack was incomplete', 'Something that the app needs was not in it.'),
    status: 502,
  }),
  organisation_wide: () =>
    beginAgain(
      'Choose one workspace',
      'It was allowed for a whole organisation. Allow it for one workspace instead.',
    ),
  other_app: ({ appId }) => ({
    status: 403,
    title: 'Another app',
    lines: [
      `This is app ${appId}, and tieout.yaml names another in workspace.slack_app. Change the key, or install that app.`,
      NOTHING,
    ],
  }),
  unknown_team: ({ teamId, teamName }) => ({
    status: 403,
    title: `Tieout does not know ${teamName}`,
    lines: [
      `No configuration names this Slack team. Ask whoever operates Tieout to add it, in the tieout.yaml of its workspace, and to restart the service; then install again.`,
      `${NOTHING} The token was given back to Slack.`,
    ],
    code: addTeam(teamId),
  }),
  other_team: ({ teamId, boundTo, workspaceName }) => ({
    status: 403,
    title: 'This Tieout belongs to another Slack team',
    lines: [
      `"${workspaceName}" was installed in ${boundTo} first, and serves one team. To move it, put these lines into tieout.yaml and restart the service; then install again.`,
      `${NOTHING} The token was given back to Slack.`,
    ],
    code: addTeam(teamId),
  }),
  team_taken: ({ teamId, workspaceName }) => ({
    status: 409,
    title: 'This Slack team is served already',
    lines: [`${teamId} is workspace "${workspaceName}" on this database. ${NOTHING}`],
  }),
} satisfies Words;

const SLACK_WORDS: Readonly<Record<string, string>> = {
  invalid_code: 'The code was used already, or is too old.',
  code_already_used: 'The code was used already.',
  invalid_client_id: 'SLACK_CLIENT_ID is not that of a Slack app: ask whoever operates Tieout.',
  bad_client_secret: 'SLACK_CLIENT_SECRET is wrong: ask whoever operates Tieout.',
  bad_redirect_uri:
    "The redirect URL is not among those in the app's settings, or TIEOUT_PUBLIC_URL is wrong.",
};

/** The page that tells somebody what came of an installation, and what to do. */
export function installPage(outcome: InstallOutcome): { status: Status; html: string } {
  const page = (PAGES[outcome.kind] as (given: InstallOutcome) => Page)(outcome);
  return { status: page.status, html: render(page) };
}

/** The page for what should not happen; the log has the same reference. */
export const brokenPage = (reference: string): { status: Status; html: string } => ({
  status: 503,
  html: render({
    status: 503,
    title: 'Something went wrong here',
    lines: [
      `It was not your doing. Whether the installation was kept is not certain: begin again, that harms nothing. If it happens again, tell whoever operates Tieout the reference ${reference}.`,
    ],
    again: true,
  }),
});

/** Why an installation can be refused; docs/errors.md lists them. */
export const INSTALL_REFUSALS = Object.keys(PAGES).filter(
  (kind): kind is InstallRefusal['kind'] => kind !== 'installed',
);

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:12vh auto;padding:0 1.5rem;color:#1d1c1d;background:#fff}' +
  'h1{font-size:1.5rem}pre{background:#f3f3f3;padding:1rem;border-radius:.5rem;overflow:auto}a{color:#1264a3}' +
  '@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#1a1d21}pre{background:#2a2d31}a{color:#6cb8f0}}';

function render({ title, lines, code, again }: Page): string {
  const parts = [
    `<h1>${escaped(title)}</h1>`,
    ...lines.map((line) => `<p>${escaped(line)}</p>`),
    ...(code === undefined ? [] : [`<pre>${escaped(code)}</pre>`]),
    ...(again ? ['<p><a href="/slack/install">Begin again</a></p>'] : []),
  ];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><main>${parts.join('')}</main></body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
