/** Fills what only the environment knows into what is sent to a source, and keeps it out of what is told. */
export type Secrets = {
  /** The text with `${NAME}` replaced; `encode` writes each value as the place it stands in needs it. */
  readonly fill: (template: string, encode?: (value: string) => string) => string;
  /** The text without any value that was filled in. */
  readonly hide: (text: string) => string;
};
