import { CommanderError } from 'commander';
import { describeError, EXIT } from './cli/exit.ts';
import { processOutput } from './cli/output.ts';
import { buildProgram } from './cli/program.ts';

/** The composition root: parses the command line, runs one command, and turns what it throws into an exit code. */
async function main(): Promise<void> {
  try {
    await buildProgram({ output: processOutput }).parseAsync(process.argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version were asked for (0); anything else is a usage error, already told on stderr.
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
      return;
    }
    const { exitCode, text } = describeError(error);
    processOutput.note(text);
    process.exitCode = exitCode;
  }
}

// A reader that has seen enough (`| head`) closes the pipe: that ends the command, and is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.done);
});
// Nobody listens to notes any more: the command goes on, and ends as it would have.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

await main();
