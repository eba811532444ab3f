import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longestFirst.js'

// Tests with a kernel, a server or a browser, and tests that count processes or threads, in a process of their own for each
// file; commands, most of which run as processes, and units: their files share processes, since to import the library takes
// longer than most of them. All of these side by side; and, with MFL_FULL set (npm run test:full), the heavy ones after
// them, two at a time. What takes longer than continuous integration has, runs by itself (npm run test:long, MFL_LONG):
// further cases of what the heavy ones test.
const jupyter = [
  'test/notebook/{nbclient,runNotebook,progressBar}.test.ts',
  'test/notebook/{kernel,pictures}/*.test.ts',
  'test/notebook/interact/comms.test.ts',
  'test/notebooks/notebooks.test.ts',
  'test/browser/**/*.test.ts',
]
const commands = ['test/cli/**/*.test.ts', 'test/ensemble/plan/*.test.ts', 'test/ensemble/store/*.test.ts']
const processes = ['test/ensemble/*.test.ts', 'test/ensemble/executors/*.test.ts', 'test/forces/threads.test.ts']
const full = ['test/**/*.full.test.ts']
const long = ['test/**/*.long.test.ts']
const heavy = [...full, ...long]

// What hangs reaches this, and nothing else: a busy machine may take ten times as long as a quiet one.
const PATIENCE = 1_800_000

export default defineConfig({
  test: {
    testTimeout: PATIENCE,
    hookTimeout: PATIENCE,
    teardownTimeout: 600_000,
    pool: 'forks',
    // Two more than the processors that are meant, because kernels and browsers are waited for.
    maxWorkers: 4,
    // Of tests that say that they may run beside each other.
    maxConcurrency: 2,
    globalSetup: ['test/support/announce.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'jupyter', include: jupyter, exclude: heavy } },
      { extends: true, test: { name: 'processes', include: processes, exclude: heavy } },
      { extends: true, test: { name: 'commands', include: commands, exclude: heavy, isolate: false } },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...jupyter, ...processes, ...commands, ...heavy],
          isolate: false,
        },
      },
      ...[
        { name: 'full', include: full, wanted: process.env.MFL_FULL, groupOrder: 1 },
        { name: 'long', include: long, wanted: process.env.MFL_LONG, groupOrder: 2 },
      ].flatMap(({ name, include, wanted, groupOrder }) =>
        wanted === undefined
          ? []
          : [{ extends: true as const, test: { name, include, exclude: [], maxWorkers: 2, sequence: { groupOrder } } }],
      ),
    ],
  },
})
