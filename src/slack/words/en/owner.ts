/** Whose an exception is, and why. Names come escaped. */
export const owner = {
  standsIn: (to: { name: string; for: string }) => `${to.name}, standing in for ${to.for}`,
  everythingElse: 'everything that no row above takes',
  row: (to: { source: string; when: string }) => `${to.source}: ${to.when}`,
  because: (to: { row: string }) => `because of ${to.row}`,
  lead: (to: { name: string }) => `its lead is ${to.name}`,
  youStandIn: 'You stand in for',
  /** In a menu. */
  away: (to: { name: string; until: string }) => `${to.name} (away until ${to.until})`,
};
