import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messageProblems, viewProblems } from '../../../src/local-slack/blocks/surfaces.ts';

const shared = resolve(process.env.TIEOUT_SHARED_DATA ?? '../shared/data');
const spec = join(shared, 'slack-spec');
const absent = !existsSync(spec);

type Example = { name: string; payload: Record<string, unknown> };

function examples(folder: string): Example[] {
  if (absent) return [];
  return readdirSync(join(spec, folder)).map((name) => ({
    name,
    payload: JSON.parse(readFileSync(join(spec, folder, name), 'utf8')),
  }));
}

/** An element alone in a block that takes it. */
function around(element: Record<string, unknown>): Record<string, unknown> {
  const label = { type: 'plain_text', text: 'Label' };
  const places: Record<string, Record<string, unknown>> = {
    image: { type: 'context', elements: [element] },
    button: { type: 'actions', elements: [element] },
    workflow_button: { type: 'actions', elements: [element] },
    overflow: { type: 'actions', elements: [element] },
    url: { type: 'task_card', task_id: 't', title: 'T', status: 'pending', sources: [element] },
  };
  return places[String(element.type)] ?? { type: 'input', label, element };
}

const modal = (blocks: unknown[]) => ({
  type: 'modal',
  title: { type: 'plain_text', text: 'T' },
  submit: { type: 'plain_text', text: 'S' },
  blocks,
});

it.skipIf(absent)('finds the independent examples (not run: set TIEOUT_SHARED_DATA to their folder)', () => {
  expect(examples('blocks-valid').length).toBeGreaterThan(20);
});

describe.skipIf(absent)('accepts the independent examples', () => {
  it.each(examples('blocks-valid'))('block $name', ({ payload }) => {
    expect(messageProblems([payload])).toEqual([]);
  });

  it.each(examples('elements-valid'))('element $name', ({ payload }) => {
    const block = around(payload);
    const problems =
      block.type === 'input' ? viewProblems(modal([block]), ['modal']) : messageProblems([block]);
    expect(problems).toEqual([]);
  });

  it.each(examples('views-valid'))('view $name', ({ payload }) => {
    expect(viewProblems(payload, ['modal', 'home'])).toEqual([]);
  });

  it.each(examples('messages-valid'))('message $name', ({ payload }) => {
    expect(messageProblems(payload.blocks ?? [], '/blocks', { repeatedIds: true })).toEqual([]);
  });
});
