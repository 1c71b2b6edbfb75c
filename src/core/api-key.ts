/** What a key of the API may be used for. */
export const API_SCOPES = ['holds:read', 'owners:read', 'exceptions:read', 'dashboard:read'] as const;
export type ApiScope = (typeof API_SCOPES)[number];

export const isApiScope = (text: string): text is ApiScope => API_SCOPES.some((scope) => scope === text);

/** A key as it is on the record; its secret is not. */
export type ApiKey = {
  readonly apiKeyId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | undefined;
  readonly lastUsedAt: Date | undefined;
};

/** Whether it opens anything at that time, and if not why. */
export const keyState = (
  { revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>,
  now: Date,
): 'active' | 'revoked' | 'expired' =>
  revokedAt !== undefined ? 'revoked' : expiresAt <= now ? 'expired' : 'active';

const FORM =
  /^tieout_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** The key as its holder keeps it: whose it is, and the secret. */
export const writeKey = ({ workspaceId, secret }: { workspaceId: string; secret: string }): string =>
  `tieout_${workspaceId.replaceAll('-', '')}_${secret}`;

/** The workspace and the secret in a key; undefined for anything but exactly our form. */
export function readKey(text: string): { workspaceId: string; secret: string } | undefined {
  const [, a, b, c, d, e, secret] = FORM.exec(text) ?? [];
  return secret === undefined ? undefined : { workspaceId: `${a}-${b}-${c}-${d}-${e}`, secret };
}
