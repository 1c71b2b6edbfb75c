/** So many of each kind end in one pass of the timers; where there are as many, another pass follows. */
export const MOST_SWEPT = 500;
