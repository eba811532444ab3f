import { AsyncLocalStorage } from 'node:async_hooks'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { type ProgressState, setProgressChannel } from '../../src/base/progress.js'
import { randomStream } from '../../src/base/random.js'
import type { Claim } from '../../src/claims/core/claim.js'
import { runClaim, runClaims } from '../../src/claims/core/runClaim.js'
import { expectedDistanceAsync } from '../../src/concentration/expectedDistance.js'
import { coupledFlow } from '../../src/flow/coupled/coupledFlow.js'
import { meanFieldFlowAsync } from '../../src/flow/coupled/meanFieldFlow.js'
import { evolvingField } from '../../src/flow/field/evolveField.js'
import { gridField } from '../../src/flow/field/grid/gridField.js'
import { particleField } from '../../src/flow/field/particleField.js'
import { radialFieldAsync } from '../../src/flow/field/radial/radialField.js'
import { stationaryField } from '../../src/flow/field/stationaryField.js'
import { microscopicFlow } from '../../src/flow/micro/microscopicFlow.js'
import { chooseStep } from '../../src/flow/step/chooseStep.js'
import { closeForcePool } from '../../src/forces/forcePool.js'
import { coulombKernel } from '../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { plummerLaw } from '../../src/law/plummerLaw.js'
import { wassersteinDistanceAsync } from '../../src/transport/assignment/wassersteinDistance.js'
import { bottleneckDistanceAsync } from '../../src/transport/bottleneck/bottleneckDistance.js'
import { phaseCloud } from '../../src/transport/pointCloud.js'
import { oneSampleDistanceAsync } from '../../src/transport/sample/oneSampleDistance.js'
import { phaseSpaceLaw } from '../../src/transport/sample/oneSampleLaw.js'

afterAll(closeForcePool)

interface Shown {
  readonly label: string
  readonly states: ProgressState[]
  ended: boolean
}

/** Runs a call by a clock that goes on by 60 ms whenever it is looked at; what it showed. */
async function watched(call: () => Promise<unknown>): Promise<Shown[]> {
  let now = 0
  const displays: Shown[] = []
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 60
    return now
  })
  const before = setProgressChannel({
    ready: () => true,
    context: new AsyncLocalStorage(),
    open: label => {
      const shown: Shown = { label, states: [], ended: false }
      displays.push(shown)
      return {
        show: state => void shown.states.push(state),
        end: () => {
          shown.ended = true
        },
      }
    },
  })
  try {
    await call()
  } finally {
    setProgressChannel(before)
  }
  return displays
}
afterEach(() => vi.restoreAllMocks())

const law = gaussianLaw()
const kernel = cutoffKernel({ N: 40, delta: 0.25 })
const Z = law.sample(40, randomStream('progress'))
const cloud = (name: string, N = 400) => phaseCloud(law.sample(N, randomStream(name)))
const coupled = { law, N: 40, delta: 0.25, T: 0.5, seed: 1, outputs: 2, fieldTolerance: 1e-2 }
/** A claim that measures by three flows. */
const claim = {
  id: 'x',
  label: 'Lemma X',
  title: 'x',
  hypotheses: [],
  quantities: {},
  controls: [],
  defaults: [{ steps: 10 }, { steps: 20 }, { steps: 30 }],
  measure: async ({ steps }: { steps: number }) => ({
    constants: [],
    measured: {},
    drift: (await microscopicFlow(Z, kernel, { T: 0.5, steps })).drift,
  }),
  judge: () => ({ status: 'holds' }),
} as unknown as Claim

describe('one bar for the whole call, which never goes back, with the time that is left', () => {
  const calls: Readonly<Record<string, readonly [string, () => Promise<unknown>]>> = {
    coupledFlow: ['coupledFlow', () => coupledFlow({ ...coupled })],
    'coupledFlow with a field and steps': [
      'coupledFlow',
      async () =>
        coupledFlow({ ...coupled, steps: 40, field: await evolvingField({ law, kernel, T: 0.5, tolerance: 1e-2 }) }),
    ],
    evolvingField: ['evolvingField', () => evolvingField({ law, kernel, T: 0.51, tolerance: 1e-2 })],
    radialFieldAsync: ['radialField', () => radialFieldAsync({ law, kernel, T: 0.5, tolerance: 1e-2 })],
    gridField: [
      'gridField',
      () => gridField({ law, kernel, T: 0.2, resolution: { markers: 1024, nodes: 16, steps: 5 } }),
    ],
    particleField: ['particleField', () => particleField(law, kernel, { T: 0.5, steps: 20, M: 40, seed: 1 })],
    microscopicFlow: ['microscopicFlow', () => microscopicFlow(Z, kernel, { T: 0.5, steps: 40 })],
    'microscopicFlow by tolerance': [
      'microscopicFlow',
      () => microscopicFlow(Z, kernel, { T: 0.5, steps: { tolerance: 1e-3 } }),
    ],
    meanFieldFlow: [
      'meanFieldFlow',
      () => {
        const field = stationaryField({ law: plummerLaw(), kernel: coulombKernel({ sigma: -1 }), T: 1 })
        return meanFieldFlowAsync(Z, field, { steps: 50 })
      },
    ],
    chooseStep: ['chooseStep', () => chooseStep(Z, kernel, { T: 0.5, tolerance: 1e-3 })],
    wassersteinDistance: ['wassersteinDistance', () => wassersteinDistanceAsync(cloud('a'), cloud('b'))],
    oneSampleDistance: [
      'oneSampleDistance',
      () =>
        oneSampleDistanceAsync(cloud('a', 100), phaseSpaceLaw(law), 1, { stream: randomStream('one'), replicas: 4 }),
    ],
    expectedDistance: [
      'expectedDistance',
      () => expectedDistanceAsync({ N: 100, d: 3, p: 1 }, Array<number>(10_000).fill(1e-4)),
    ],
    bottleneckDistance: ['bottleneckDistance', () => bottleneckDistanceAsync(cloud('a', 4000), cloud('b', 4000))],
    runClaim: ['claim Lemma X', () => runClaim(claim)],
    runClaims: ['claims', () => runClaims([claim, claim])],
  }
  test.each(Object.entries(calls))('%s', async (name, [label, call]) => {
    const displays = await watched(call)
    // The field of the second call was made before it, and is another call.
    const shown = displays.filter(display => (name.endsWith('with a field and steps') ? display.label === label : true))
    expect(shown.map(display => display.label)).toEqual([label])
    const [{ states, ended }] = shown as [Shown]
    expect(ended).toBe(true)
    expect(states.length).toBeGreaterThan(1)
    const fractions = states.map(({ fraction }) => fraction)
    expect([...fractions].sort((a, b) => a - b)).toEqual(fractions)
    expect(new Set(fractions).size).toBeGreaterThan(1)
    expect(fractions.at(-1)).toBeLessThanOrEqual(1)
    // A bar that stands at its end while there is work would be no use.
    expect(fractions[Math.floor(fractions.length / 3)]).toBeLessThan(1)
    for (const { secondsLeft, fraction } of states) {
      if (fraction > 0) expect(secondsLeft).toBeGreaterThanOrEqual(0)
    }
  })
})

test('a listener is told as before, and no bar is shown beside it', async () => {
  const told: number[] = []
  const displays = await watched(() =>
    microscopicFlow(Z, kernel, { T: 0.5, steps: 40, progress: done => told.push(done) }),
  )
  expect(told).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
  expect(displays).toEqual([])
})

test('bar: hide hides the calls that a call makes as well', async () => {
  expect(await watched(() => coupledFlow({ ...coupled, bar: 'hide' }))).toEqual([])
})
