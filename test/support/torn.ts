import type { Recorded } from './recording-proxy.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Place = readonly (string | number)[];

/** What Slack sent, taken apart: its name, its payload, and how it is put together again. */
export type Taken = {
  readonly name: string;
  readonly payload: Json;
  readonly again: (payload: Json) => Recorded;
};

export function takeApart({ type, body }: Recorded): Taken {
  if (type.includes('json')) {
    const payload = JSON.parse(body);
    return {
      name: `event ${payload.event?.type}`,
      payload,
      again: (json) => ({ type, body: JSON.stringify(json) }),
    };
  }
  const fields = Object.fromEntries(new URLSearchParams(body));
  const form = (of: Record<string, string>): Recorded => ({ type, body: new URLSearchParams(of).toString() });
  if (fields.payload === undefined)
    return { name: `command ${fields.text}`, payload: fields, again: (json) => form(texts(json)) };
  const payload = JSON.parse(fields.payload);
  const what = payload.actions?.[0]?.action_id ?? payload.view?.callback_id ?? payload.callback_id;
  return {
    name: `${payload.type} ${what}`,
    payload,
    again: (json) => form({ payload: JSON.stringify(json) }),
  };
}

const texts = (json: Json): Record<string, string> =>
  Object.fromEntries(
    Object.entries(json ?? {})
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );

/** Every place of a payload, but for what the app itself put into a form. */
export function* placesOf(value: Json, at: Place = []): Generator<Place> {
  if (at.length > 0) yield at;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'blocks') continue;
    yield* placesOf(inner, [...at, Array.isArray(value) ? Number(key) : key]);
  }
}

/** The payload with something else at a place; with nothing there when that is undefined. */
export function torn(payload: Json, place: Place, given: Json | undefined): Json {
  const copy = structuredClone(payload);
  let inside = copy as Record<string | number, Json>;
  for (const key of place.slice(0, -1)) inside = inside[key] as Record<string | number, Json>;
  const last = place.at(-1) ?? '';
  if (given === undefined) delete inside[last];
  else inside[last] = given;
  return copy;
}
