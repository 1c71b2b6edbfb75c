import { basename, resolve } from 'node:path';

/** The smallest configuration that works, for somebody who begins with a connector. */
export const starter = (
  name: string,
): string => `# The smallest configuration that works. Every key: docs/spec.md.
workspace:
  name: ${JSON.stringify(name)}
  zone: UTC

people:
  me: { name: Me, email: me@example.com, roles: [ops_lead, account_manager, finance, admin] }

teams:
  everyone: { name: Everyone, channel: "#reconciliation", members: [me], lead: me }

ownership:
  - { default: true, team: everyone, sla: 2bd }
`;

/** What a workspace is called that nobody named: after its folder, so that one for trying things is not the one in use. */
export function nameFrom(folder: string): string {
  const name = basename(resolve(folder));
  return ['', 'config'].includes(name) ? 'My company' : name;
}
