/** Lists of exceptions and their totals. Amounts, names and instants that are passed in are written for the reader already. */
export const work = {
  nothing: 'nothing',
  exceptions: (count: number) => `${count} ${count === 1 ? 'exception' : 'exceptions'}`,
  atStake: (money: string) => `${money} at stake`,
  overdue: (count: number) => `${count} overdue`,
  moreCurrencies: (count: number) => `${count} more ${count === 1 ? 'currency' : 'currencies'}`,
  order: (ref: string) => `order ${ref}`,
  level: (level: number) => `level ${level}`,
  due: (at: string) => `due ${at}`,
  overdueSince: (at: string) => `overdue since ${at}`,
  nobody: 'nobody',
  page: (shown: number, pages: number) => `page ${shown} of ${pages}`,
};
