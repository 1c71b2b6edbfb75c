import type { Logger } from '../observe/logger.ts';
import { everyMinute } from './minutely.ts';

type RuleOptions = {
  readonly refresh: () => Promise<unknown>;
  readonly workspaceId: string;
  readonly logger: Logger;
};

/** Once a minute looks whether another instance activated a rule. Runs look by themselves before they begin. */
export const startRules = ({ refresh, workspaceId, logger }: RuleOptions): { stop: () => Promise<void> } =>
  everyMinute(async () => {
    try {
      await refresh();
    } catch (error) {
      logger.error({ err: error, workspaceId }, 'the rules could not be read again; trying in a minute');
    }
  });
