import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Whose token it is and which: a sealed text opens in no other place. */
export type SealedFor = {
  readonly workspaceId: string;
  readonly kind: 'bot_token' | 'refresh_token' | 'source_token';
  /** Which one of several: the feed that a source's token is for. */
  readonly of?: string;
};

/** 32 bytes each. The first seals, any opens. */
export type SealKeys = readonly [Buffer, ...Buffer[]];

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The text sealed with the first key: `v1.<key id>.<iv>.<tag>.<ciphertext>`, in base64url. */
export function seal(text: string, about: SealedFor, keys: SealKeys): string {
  const [key] = keys;
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(boundTo(about));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [VERSION, keyId(key), ...[iv, cipher.getAuthTag(), sealed].map(encoded)].join('.');
}

/** The text inside; undefined when no key opens it, or it was sealed for another place, or somebody changed it. */
export function unseal(sealed: string, about: SealedFor, keys: SealKeys): string | undefined {
  const [version, id, iv, tag, body, ...rest] = sealed.split('.');
  const key = keys.find((known) => keyId(known) === id);
  if (version !== VERSION || !key || !iv || !tag || body === undefined || rest.length > 0) return undefined;
  try {
    const decipher = createDecipheriv(CIPHER, key, decoded(iv), { authTagLength: TAG_BYTES })
      .setAAD(boundTo(about))
      .setAuthTag(decoded(tag));
    return Buffer.concat([decipher.update(decoded(body)), decipher.final()]).toString('utf8');
  } catch {
    // Node has no code for "the tag does not fit"; whatever it was, the text cannot be trusted.
    return undefined;
  }
}

/** Whether it was sealed with the first key, so that the older ones can be dropped. */
export const isSealedWithFirst = (sealed: string, [first]: SealKeys): boolean =>
  sealed.startsWith(`${VERSION}.${keyId(first)}.`);

/** Tells keys apart and gives none away. */
const keyId = (key: Buffer): string =>
  createHash('sha256').update('tieout seal key id').update(key).digest('hex').slice(0, 12);

const boundTo = ({ workspaceId, kind, of }: SealedFor): Buffer =>
  Buffer.from([`tieout:${VERSION}:${workspaceId}:${kind}`, ...(of === undefined ? [] : [of])].join(':'));

const encoded = (bytes: Buffer): string => bytes.toString('base64url');
const decoded = (text: string): Buffer => Buffer.from(text, 'base64url');
