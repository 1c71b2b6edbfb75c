/** A press is answered within 3 s or not at all, so what it calls has half of that. */
export const INTERACTIVE_MS = 1_500;

/** Origins that Slack's response_url may have. */
export const responseOriginsFor = (apiUrl: string | undefined): readonly string[] => [
  'https://hooks.slack.com',
  'https://hooks.slack-gov.com',
  ...(apiUrl === undefined ? [] : [new URL(apiUrl).origin]),
];

/** Another Web API root as the clients want it. */
export const apiRoot = (url: string | undefined): string | undefined =>
  url === undefined || url.endsWith('/') ? url : `${url}/`;
