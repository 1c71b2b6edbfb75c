/** What the trail says of a role when the configuration is applied; `rolesTold` reads the same lines back. */
export const roleGiven = (person: string, role: string): string => `person ${person}: is ${role}`;
export const roleTaken = (person: string, role: string): string => `person ${person}: no longer ${role}`;
export const newKey = (person: string, was: string): string => `person ${person}: has a new key, was ${was}`;

const ROLE = /^person (\S+): (is|no longer) (\S+)$/;
const RENAMED = /^person (\S+): has a new key(?:, was (\S+))?$/;
/** `no longer active` is of the person, not of a role. */
const NO_ROLE = 'active';

export type RolesTold = {
  /** By the person's key now. */
  readonly roles: ReadonlyMap<string, ReadonlySet<string>>;
  /** Keys whose roles the trail cannot tell: lines of earlier releases did not say which key a new one replaced. */
  readonly untold: ReadonlySet<string>;
};

/** Who has which role by the lines of all events, the oldest first. Within an event keys change before roles do. */
export function rolesTold(events: readonly (readonly string[])[]): RolesTold {
  const roles = new Map<string, Set<string>>();
  const untold = new Set<string>();
  for (const lines of events) {
    for (const [, key = '', was] of matches(lines, RENAMED)) {
      if (was === undefined) untold.add(key);
      else {
        roles.set(key, roles.get(was) ?? new Set());
        roles.delete(was);
        if (untold.delete(was)) untold.add(key);
      }
    }
    for (const [, key = '', verb, role = ''] of matches(lines, ROLE)) {
      if (role === NO_ROLE) continue;
      const held = roles.get(key) ?? new Set<string>();
      roles.set(key, held);
      if (verb === 'is') held.add(role);
      else held.delete(role);
    }
  }
  return { roles, untold };
}

const matches = (lines: readonly string[], form: RegExp): RegExpExecArray[] =>
  lines.map((line) => form.exec(line)).filter((found) => found !== null);
