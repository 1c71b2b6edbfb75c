import type { ReadSoFar, Watch } from '../pipeline/ingest/watch.ts';
import { inert, type Output } from './output.ts';

const EVERY_MS = 2_000;

/** Says on standard error how far a long delivery is, every two seconds: how much, how fast, and how long it may still take. */
export function watching(output: Output, feed: string, clock: () => number = Date.now): Watch {
  let began = clock();
  let saidAt = began;
  let isLong = false;
  const isTime = (): boolean => clock() - saidAt >= EVERY_MS;
  const say = (text: string): void => {
    saidAt = clock();
    isLong = true;
    output.note(`${feed}  ${text}`);
  };
  return {
    read: (soFar) => {
      if (soFar.bytes === 0) {
        began = clock();
        saidAt = began;
      }
      if (isTime()) say(inReading(soFar, clock() - began));
    },
    stage: (what) => {
      // What was read within two seconds is also compared and written soon.
      if (isLong || isTime()) say(what);
    },
    absent: (pattern) =>
      output.note(`${feed}  no file matches ${inert(pattern)}; what is on record is reconciled`),
    waits: (path, why) => output.note(`${feed}  ${inert(path)} waits: ${why}`),
  };
}

function inReading({ bytes, ofBytes, rows }: ReadSoFar, ms: number): string {
  const seconds = Math.max(ms, 1) / 1_000;
  const counted = `${number(rows)} rows, ${number(Math.round(rows / seconds))} a second`;
  if (ofBytes === undefined || ofBytes === 0) return `${number(Math.round(bytes / 1e6))} MB so far`;
  const share = Math.min(1, bytes / ofBytes);
  const left = share === 0 ? undefined : Math.ceil((seconds / share) * (1 - share));
  return `${counted}, ${Math.floor(share * 100)} % read${left === undefined ? '' : `, ${duration(left)} left`}`;
}

const number = (value: number): string => value.toLocaleString('en-US');

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
