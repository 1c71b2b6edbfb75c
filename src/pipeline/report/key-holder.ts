import type { Viewer } from '../../core/work.ts';

/** Whoever shows a key sees what an auditor sees: every team's. A key says which workspace, not which person. */
export const KEY_HOLDER: Viewer = {
  personId: '00000000-0000-0000-0000-000000000000',
  key: '',
  slackLocale: undefined,
  slackZone: undefined,
  name: '',
  isActive: true,
  roles: ['auditor'],
  teams: [],
};
