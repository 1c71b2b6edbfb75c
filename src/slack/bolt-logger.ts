import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Logger } from '../observe/logger.ts';

/** Bolt's log lines in ours. Debug lines are dropped: they hold whole payloads. */
export const boltLogger = (logger: Logger): BoltLogger => {
  const line = (parts: unknown[]): string => parts.map(String).join(' ');
  return {
    debug: () => {},
    info: (...parts) => logger.debug(line(parts)),
    warn: (...parts) => logger.warn(line(parts)),
    error: (...parts) => logger.error(line(parts)),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
};
