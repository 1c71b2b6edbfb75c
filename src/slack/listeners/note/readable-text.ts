/** Slack's marks in a message: `<@U1|ana>`, `<#C1|media-ops>`, `<!subteam^S1|@ops>`, `<https://…|words>`. */
const MARK = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g;
const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** The Slack users that a message mentions. */
export const mentionedIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/<@([UW][A-Z0-9_]+)(?:\|[^<>]*)?>/g)].map(([, id]) => id ?? '')),
];

/**
 * A message as a person reads it: plain text with its line breaks, mentions by name, links by their address. `names` are
 * those of Slack users that are known.
 */
export const readableText = (text: string, names: ReadonlyMap<string, string>): string =>
  text
    .replace(MARK, (_mark, sign: string, target: string, label: string | undefined) =>
      spoken({ sign, target, label }, names),
    )
    .replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .trim();

type Mark = { readonly sign: string; readonly target: string; readonly label: string | undefined };

function spoken({ sign, target, label }: Mark, names: ReadonlyMap<string, string>): string {
  if (sign === '@') return `@${names.get(target) ?? label ?? target}`;
  if (sign === '#') return `#${label ?? target}`;
  if (sign === '!') return label ?? `@${target.split('^', 1)[0]}`;
  const address = target.replace(/^(?:mailto|tel):/, '');
  return label === undefined || label === address ? address : `${label} (${address})`;
}

/** The message without the mention of the app. */
export const withoutMention = (text: string, botUserId: string): string =>
  text.replaceAll(new RegExp(`<@${botUserId}(?:\\|[^<>]*)?>`, 'g'), ' ').trim();
