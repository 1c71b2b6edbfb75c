import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { buildProgram } from '../../../src/cli/program.ts';

const silent = { answer: () => undefined, note: () => undefined };

/** Every command that does something, with the words it is called by. */
function leaves(command: Command, words: readonly string[]): readonly (readonly [string, Command])[] {
  if (command.commands.length === 0) return [[words.join(' '), command]];
  return command.commands.flatMap((child) => leaves(child, [...words, child.name()]));
}

const all = leaves(buildProgram({ output: silent }), ['tieout']);

it('has more than forty commands', () => {
  expect(all.length).toBeGreaterThan(40);
});

it.each(all)('%s has help with an example of it', (words, command) => {
  let help = '';
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
  });
  command.outputHelp();
  const examples = help.slice(help.search(/^Examples?:/m)).split('\n');
  expect(examples).toContainEqual(expect.stringContaining(words.replace(/^tieout | list$/g, '')));
});
