/** The smallest configuration that works, for somebody who begins with a connector. */
export const STARTER = `# The smallest configuration that works. Every key: docs/spec.md.
workspace:
  name: My company
  zone: UTC

people:
  me: { name: Me, email: me@example.com, roles: [ops_lead, account_manager, finance, admin] }

teams:
  everyone: { name: Everyone, channel: "#reconciliation", members: [me], lead: me }

ownership:
  - { default: true, team: everyone, sla: 2bd }
`;
