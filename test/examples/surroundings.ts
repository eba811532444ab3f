/**
 * What examples speak of without saying how they got it: a law, a cloud, a run. Small, so that every example runs at
 * once.
 */
import vm from 'node:vm'
import ts from 'typescript'
import { randomStream } from '../../src/base/random.js'
import type { CellPlace } from '../../src/book/kernel/cellRunner.js'
import { claimById } from '../../src/claims/core/ledger.js'
import { runClaim } from '../../src/claims/core/runClaim.js'
import { runningMaximumFigure } from '../../src/figures/section8/runningMaximumFigure.js'
import { system } from '../../src/flow/coupled/system.js'
import { radialField } from '../../src/flow/field/radial/radialField.js'
import { invariants } from '../../src/flow/micro/invariants.js'
import { microscopicFlow } from '../../src/flow/micro/microscopicFlow.js'
import { pairAcceleration } from '../../src/flow/micro/pairAcceleration.js'
import type { Knot } from '../../src/flow/step/denseOutput.js'
import { particleStepper } from '../../src/flow/step/particleStepper.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import type { TailRecord } from '../../src/rare/runTail.js'
import { parseTailPlan } from '../../src/rare/tailPlan.js'
import { uniformCubeLaw } from '../../src/transport/sample/oneSampleLaw.js'
import { forceModule } from '../../src/wasm/forces.js'

const N = 16
const delta = 0.25
const law = gaussianLaw()
const kernel = cutoffKernel({ N, delta })
const Z = law.sample(N, randomStream({ seed: 1, law: law.name, N }))

const common = () => ({
  ...{ N, delta, law, kernel, Z },
  ...{ stream: randomStream('examples'), other: randomStream('examples/other') },
  ...{ q: Float64Array.of(0.5, 0, 0), out: new Float64Array(6) },
})

async function flow() {
  const { acceleration } = pairAcceleration(N, kernel)
  const run = await microscopicFlow(Z, kernel, { T: 1, steps: 16, outputs: 4, keep: 'knots' })
  const stepper = particleStepper(Z, { acceleration, T: 1, steps: 16 })
  await stepper.advance(8)
  return {
    ...{
      field: radialField({ law, kernel, T: 1, tolerance: 1e-3 }),
      acceleration,
      run,
      knots: run.records as readonly Knot[],
      stepper,
    },
    s: system({ law, N, delta, T: 1, seed: 1 }),
    ...{ before: await invariants(Z, kernel), after: await invariants(run.final, kernel) },
  }
}

const transport = () => ({
  X: uniformCubeLaw(3).sample(20, randomStream('examples/X')),
  Y: uniformCubeLaw(3).sample(20, randomStream('examples/Y')),
  law: uniformCubeLaw(3),
})

async function present() {
  const claim = claimById('9.2')
  return { claim, records: (await runClaim(claim)).records }
}

const place: CellPlace = {
  ...{ typescript: ts, scope: {}, evaluate: code => vm.runInNewContext(code) },
  ...{ load: () => ({}), print: () => undefined },
}

const figures = () => ({ figure: runningMaximumFigure() })

/** By room, before `common`. */
export const SURROUNDINGS = {
  common,
  flow,
  transport,
  present,
  figures,
  notebook: figures,
  book: () => ({ ts, place }),
  rare: () => ({
    s: system({ law, N, delta, T: 1, seed: 1 }),
    field: radialField({ law, kernel, T: 1, tolerance: 1e-3 }),
    plan: parseTailPlan({ name: 'small', kind: 'tail', seed: '1', groups: [{ N: [8], delta: [0.2], factors: [1] }] }),
    records: [] as readonly TailRecord[],
  }),
  forces: () => ({ module: forceModule() }),
}

/** What only examples speak of whose types are checked and which are not run: anything. */
export const UNSEEN: readonly string[] = [
  ...['claim', 'client', 'compute', 'data', 'executor', 'field', 'figure', 'folder', 'job', 'jobs'],
  ...[
    'join',
    'longRun',
    'measure',
    'readFileSync',
    'name',
    'options',
    'path',
    'plan',
    'pool',
    'record',
    'result',
    'rows',
    'run',
    'runSchema',
    'solved',
  ],
  ...['samples', 'signal', 'sink', 'spec', 'store', 'workerData', 'request', 'cell', 'module'],
]

/** Why examples are checked for their types and not run: the beginning of their path, and the reason. */
export const NOT_RUN: readonly (readonly [path: string, reason: string])[] = [
  ['base/interrupt.ts', 'a pattern'],
  ['base/progress.ts', 'a pattern'],
  ['book/site/text/typeset.ts', 'asks for a handler'],
  ['claims/core/runClaim.ts', 'minutes'],
  ['claims/core/claimsTable.ts', 'minutes'],
  ['claims/core/recordDifferences.ts', 'half a minute'],
  ['claims/section', 'runs of the flows'],
  ['cli/', 'prints, installs and writes'],
  ['ensemble/', 'reads and writes files, starts workers'],
  ['figures/', 'draws data of runs'],
  ['files/', 'reads and writes files'],
  ['flow/coupled/coupledFlow.ts', 'seconds'],
  ['flow/coupled/coupledRun.ts', 'seconds'],
  ['flow/coupled/meanFieldFlow.ts', 'a million particles'],
  ['flow/field/grid/gridField', 'minutes'],
  ['flow/field/particleField.ts', 'a minute'],
  ['flow/field/smooth/smoothField', 'half a minute'],
  ['flow/field/stationaryField.ts', 'half a minute'],
  ['forces/runProgram.ts', 'a part of a sum'],
  ['notebook/', 'starts kernels and browsers, writes files'],
]

/** Those that run all the same, where a room is not run as a whole. */
export const RUN: readonly string[] = [
  ...['cli/lists.ts', 'cli/numbers.ts', 'cli/report.ts'],
  ...[
    'ensemble/plan/outputTimes.ts',
    'ensemble/plan/shard.ts',
    'ensemble/plan/plan.ts',
    'ensemble/executors/queueAddress.ts',
  ],
  ...['figures/section10', 'figures/section4/rate', 'figures/section5', 'figures/theme', 'files/canonicalJson.ts'],
]
