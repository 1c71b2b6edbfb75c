const PLAIN = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** `22 Nov 2026, 19:21 UTC`: for fallback text, which is read aloud and shown where Slack renders nothing. */
export const plainInstant = (at: Date): string => `${PLAIN.format(at)} UTC`;

const DAY = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** `1 Dec 2026` of `2026-12-01`: a business day is the same day for every reader. */
export const plainDay = (day: string): string => DAY.format(new Date(`${day}T00:00:00Z`));

/** Slack's token: every reader sees their own time zone, and `plainInstant` where tokens are not understood. */
export const localInstant = (at: Date): string =>
  `<!date^${Math.floor(at.getTime() / 1000)}^{date_short_pretty} {time}|${plainInstant(at)}>`;
