import { expect, it } from 'vitest';
import { nextTurn } from '../../../src/pipeline/pull/turn.ts';

const turnAfter = (body: string) =>
  nextTurn(
    { kind: 'next', from: ['links', 'next'] },
    {
      answer: { url: 'https://api.example/orders?page=1', status: 200, headers: {}, body } as never,
      body,
      records: ['{}'],
      pages: 1,
      offset: 1,
    },
  );

it.each([
  '{"links":{"next":false}}',
  '{"links":{"next":null}}',
  '{"links":{"next":""}}',
  '{"links":{}}',
  '{}',
])('takes %s for the end of the list', (body) => expect(turnAfter(body)).toBeUndefined());

it('goes on at the address that the answer names', () => {
  expect(turnAfter('{"links":{"next":"/orders?page=2"}}')).toEqual({
    kind: 'address',
    url: 'https://api.example/orders?page=2',
  });
});
