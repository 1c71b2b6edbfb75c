/** What is wrong with the environment or the config folder, all of it, one line per problem. Exit code 2. */
export class ConfigError extends Error {
  readonly code = 'config_invalid';
  readonly exitCode = 2;
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
