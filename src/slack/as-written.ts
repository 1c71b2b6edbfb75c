/** Slack shall look for no names and addresses in a message's text: what is meant as one is marked as one. */
export const AS_WRITTEN = { parse: 'none', link_names: false } as const;
