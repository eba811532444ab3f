import { defineConfig } from 'vitest/config'

// Three projects: unit tests side by side; tests with a kernel, a server or a browser one file after the other;
// and, with MFL_FULL set (npm run test:full), the heavy ones.
const jupyter = ['test/notebook/**/*.test.ts', 'test/notebooks/**/*.test.ts', 'test/browser/**/*.test.ts']
const full = ['test/**/*.full.test.ts']
const serial = { fileParallelism: false, testTimeout: 600_000, hookTimeout: 600_000 }

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['test/support/announce.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...jupyter, ...full],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'jupyter', include: jupyter, exclude: full, sequence: { groupOrder: 1 }, ...serial },
      },
      ...(process.env.MFL_FULL === undefined
        ? []
        : [
            {
              extends: true as const,
              test: { name: 'full', include: full, exclude: [], sequence: { groupOrder: 2 }, ...serial },
            },
          ]),
    ],
  },
})
