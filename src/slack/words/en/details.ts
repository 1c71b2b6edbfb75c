/** What stands behind a card. Titles of modals have 24 characters. */
export const details = {
  title: (label: string) => `${label} details`,
  sides: { expected: 'Expected side', actual: 'Actual side' },
  noDocument: 'no document',
  documents: (count: number) => `${count} ${count === 1 ? 'document' : 'documents'}`,
  level: (level: number) => `level ${level}`,
  expected: (value: string) => `expected ${value}`,
  actual: (value: string) => `actual ${value}`,
  cameFrom: (to: { feed: string; delivery: string; line: number }) =>
    `${to.feed}, ${to.delivery} line ${to.line}`,
  history: 'History',
  page: (shown: number, pages: number) => `Page ${shown} of ${pages}`,
  previousPage: 'Previous page',
  nextPage: 'Next page',
};
