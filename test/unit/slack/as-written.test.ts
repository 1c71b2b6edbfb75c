import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const SLACK = new URL('../../../src/slack/', import.meta.url);
/** A call that puts text into Slack, up to the end of its arguments. */
const CALL = /call\(\s*'chat\.(?:postMessage|postEphemeral|update)'[^;]*;/g;

test('every call that writes a message tells Slack to look for no names and addresses in its text', () => {
  const calls = readdirSync(SLACK, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => readFileSync(new URL(path, SLACK), 'utf8').match(CALL) ?? []);
  expect(calls.length).toBeGreaterThanOrEqual(7);
  expect(calls.filter((call) => !/\.\.\.(?:AS_WRITTEN|QUIET)\b/.test(call))).toEqual([]);
});
