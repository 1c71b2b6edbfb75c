/** What came in, once it is known to be Slack's: the JSON object, wherever the transport put it. */
export type Parsed = { readonly payload: Readonly<Record<string, unknown>> };

/** The media type without its parameters: `…; charset=utf-8` is the same type. */
export const mediaType = (header: string | undefined): string =>
  (header ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

const FORM = 'application/x-www-form-urlencoded';

/** Whether this is exactly Slack's unsigned check of our certificate. */
export function isSslCheck(type: string, bytes: Buffer): boolean {
  if (type !== FORM || !bytes.includes('ssl_check')) return false;
  const values = new URLSearchParams(bytes.toString('utf8')).getAll('ssl_check');
  return values.length === 1 && values[0] === '1';
}

/** The payload; undefined for what Slack never sends: no object, two payloads, a repeated field, bytes that are no UTF-8. */
export function parseBody(type: string, bytes: Buffer): Parsed | undefined {
  const text = decode(bytes);
  if (text === undefined || text === '') return undefined;
  if (type !== FORM) return asPayload(text);
  const params = new URLSearchParams(text);
  const names = [...params.keys()];
  if (names.length === 0 || new Set(names).size !== names.length) return undefined;
  const payload = params.get('payload');
  return payload === null ? { payload: Object.fromEntries(params) } : asPayload(payload);
}

function asPayload(json: string): Parsed | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return { payload: value as Record<string, unknown> };
  } catch {
    return undefined;
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Buffer): string | undefined {
  try {
    return UTF_8.decode(bytes);
  } catch {
    return undefined;
  }
}
