import { expect, test } from 'vitest';
import { createLogger } from '../../../src/observe/logger.ts';

function logged(fields: object, message: string): string {
  const lines: string[] = [];
  const logger = createLogger({
    level: 'debug',
    secrets: ['s3cr"et-signing'],
    write: (line) => lines.push(line),
  });
  logger.info(fields, message);
  return lines.join('');
}

test('takes configured secrets out of fields and messages, also inside JSON', () => {
  expect(logged({ secret: 's3cr"et-signing' }, 'with s3cr"et-signing inside')).not.toContain('et-signing');
});

test.each(['xoxb-123-abc', 'xapp-1-A-2-b', 'xoxe.xoxp-1-Mi0y'])(
  'takes the token %s out wherever it is',
  (token) => {
    expect(logged({ err: new Error(`call with ${token}`) }, token)).not.toContain(token);
  },
);

test('takes the password out of a database address', () => {
  expect(logged({}, 'postgres://app:hunter2@db.example:5432/x')).not.toContain('hunter2');
});
