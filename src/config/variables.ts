/** The process's environment variables: this folder is the only place that reads them. */
export const variables = (): Readonly<Record<string, string | undefined>> => process.env;
