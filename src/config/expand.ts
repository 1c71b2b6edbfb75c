import { accept, type Result, refuse } from '../core/result.ts';

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/** The text with `${NAME}` and `${NAME:-default}` replaced; refuses a variable that is neither set nor has a default. */
export function expandVariables(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): Result<string, string> {
  const unset = [...text.matchAll(VARIABLE)].find(
    ([, name, fallback]) => !value(env, name) && fallback === undefined,
  );
  if (unset !== undefined) {
    return refuse(`the variable ${unset[1]} is not set; set it, or write \${${unset[1]}:-default}`);
  }
  const expanded = text.replace(
    VARIABLE,
    (_all, name: string, fallback?: string) => value(env, name) || (fallback ?? ''),
  );
  if (/\$\{/.test(expanded))
    return refuse(`"${text}" holds a \${…} that cannot be read; write \${NAME} or \${NAME:-default}`);
  return accept(expanded);
}

const value = (env: Readonly<Record<string, string | undefined>>, name: string | undefined): string =>
  name !== undefined && Object.hasOwn(env, name) ? (env[name] ?? '') : '';
