import { defineConfig } from 'vitest/config';

const ON_POSTGRES = {
  globalSetup: ['test/support/global-setup.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
};

/** One project per level; the levels with a database share its set-up and get more time. */
const level = (name: string, options: object = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...options },
});

export default defineConfig({
  test: {
    // vitest would leave one core idle, and on two that doubles the wait (measured 2026-11-22: 180 s with one worker)
    maxWorkers: '100%',
    pool: 'forks', // worker threads would share one process: a test of "the process survives" needs its own
    reporters: process.env.CI ? ['default', 'github-actions'] : ['default'],
    projects: [
      // Some start programs, and a busy machine is no failure.
      level('unit', { testTimeout: 30_000 }),
      level('arch', { testTimeout: 60_000 }),
      level('property', { testTimeout: 60_000 }),
      level('integration', ON_POSTGRES),
      level('e2e', ON_POSTGRES),
      level('browser', {
        ...ON_POSTGRES,
        globalSetup: [...ON_POSTGRES.globalSetup, 'test/browser/global-setup.ts'],
      }),
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      reportsDirectory: 'coverage',
    },
  },
});
