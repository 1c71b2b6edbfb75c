/** Says on stderr what goes on: standard output is for the figures. */
export const note = (words: string): void => {
  process.stderr.write(`${words}\n`);
};
