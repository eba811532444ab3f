import { createHash } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { circularOrbit } from '../../../src/flow/micro/exactOrbits.js'
import { maximumDifference } from '../../../src/flow/micro/invariants.js'
import { microscopicFlow } from '../../../src/flow/micro/microscopicFlow.js'
import { pairAcceleration } from '../../../src/flow/micro/pairAcceleration.js'
import { langevinNoise } from '../../../src/flow/step/langevinNoise.js'
import { NonFiniteStateError } from '../../../src/flow/step/nonFiniteState.js'
import { particleStepper } from '../../../src/flow/step/particleStepper.js'
import { stepError } from '../../../src/flow/step/stepError.js'
import { closeForcePool } from '../../../src/forces/forcePool.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'

afterAll(closeForcePool)

const orbit = circularOrbit(3, 1)
const newton = coulombKernel({ sigma: -1 })
const N = 300
const kernel = cutoffKernel({ N, delta: 0.25, sigma: -1 })
const Z = gaussianLaw().sample(N, randomStream('flow/cloud'))

describe('a run', () => {
  test('records the exact orbit at its output times, with what is conserved', async () => {
    const run = await microscopicFlow(orbit.at(0), newton, {
      ...{ T: orbit.period, steps: 400, outputs: 8, scheme: 'yoshida6', keep: 'knots' },
    })
    expect(run.times).toEqual(Float64Array.from({ length: 9 }, (_, k) => (k / 8) * orbit.period))
    for (const { t, Z: state, force, invariants } of run.records) {
      // As in the tests of the stepper: 1e-7 for the unstable triangle.
      expect(maximumDifference(state!.q, orbit.at(t).q)).toBeLessThan(1e-7)
      // omega^2 = 1/(3 sqrt 3) pulls each particle to the centre.
      expect(
        maximumDifference(
          force!,
          state!.q.map(x => -x / Math.sqrt(27)),
        ),
      ).toBeLessThan(1e-7)
      expect(invariants!.angularMomentum[2]).toBeCloseTo(27 ** -0.25, 12)
    }
    expect(run.drift!.energy).toBeLessThan(1e-10)
    expect(run.evaluations).toBe(400 * 7 + 1)
    expect(run.plan!.method).toBe('direct')
    expect(run.final).toEqual(run.records[8]!.Z)
  })

  test('moves particles as a constant external force says, without interaction', async () => {
    const run = await microscopicFlow(Z, cutoffKernel({ N, delta: 0.25, sigma: 0 }), {
      ...{ T: 2, steps: 5, measure: 'nothing' },
      external: (_t, _q, out) => out.fill(0, 0, 2 * N).fill(0.3, 2 * N),
    })
    const third = (x: Float64Array): Float64Array => x.subarray(2 * N)
    // q + 2 p + 0.3 * 2^2/2 in the third coordinate: the scheme is exact for constant forces.
    const expected = third(Z.q).map((x, i) => x + 2 * third(Z.p)[i]! + 0.6)
    expect(maximumDifference(third(run.final.q), expected)).toBeLessThan(1e-13)
    expect(run.plan).toBeUndefined()
    expect(run.drift).toBeUndefined()
  })

  test('in a harmonic trap the centre of mass oscillates as if there were no interaction', async () => {
    const run = await microscopicFlow(Z, kernel, {
      ...{ T: 2, steps: 100, scheme: 'suzuki4', measure: 'nothing' },
      external: (_t, q, out) => {
        for (let k = 0; k < q.length; k++) out[k] = -q[k]!
      },
    })
    const centre = (x: Float64Array): number[] =>
      [0, 1, 2].map(a => x.subarray(a * N, (a + 1) * N).reduce((s, v) => s + v / N, 0))
    const [q, p] = [centre(Z.q), centre(Z.p)]
    centre(run.final.q).forEach((x, a) => {
      // Error of order 4 of the oscillator: below h^4 = 1.6e-7 times the amplitude, here below 0.1.
      expect(Math.abs(x - (q[a]! * Math.cos(2) + p[a]! * Math.sin(2)))).toBeLessThan(1.6e-8)
    })
    // Control: the particles themselves do not.
    const alone = Z.q.map((x, k) => x * Math.cos(2) + Z.p[k]! * Math.sin(2))
    expect(maximumDifference(run.final.q, alone)).toBeGreaterThan(0.05)
  })

  test('is the stepper with pair forces, and outputs do not change it', async () => {
    const run = await microscopicFlow(Z, kernel, { T: 0.5, steps: 12, outputs: [3, 4, 12], keep: 'nothing' })
    expect([...run.times]).toEqual([0.125, 1 / 6, 0.5])
    expect(run.records[0]!.Z).toBeUndefined()
    const other = await microscopicFlow(Z, kernel, { T: 0.5, steps: 12, measure: 'nothing', threads: 1 })
    expect(other.final).toEqual(run.final)
  })

  test('has the same bits on 1 and 2 threads, direct and by the multipole method', async () => {
    const many = 3000
    const cloud = gaussianLaw().sample(many, randomStream('flow/threads'))
    const k = cutoffKernel({ N: many, delta: 0.25 })
    for (const method of ['direct', 'fmm'] as const) {
      const [one, two] = await Promise.all(
        [1, 2].map(threads => microscopicFlow(cloud, k, { T: 0.2, steps: 3, threads, method })),
      )
      expect(two!.plan!.threads).toBe(2)
      expect(one!.plan!.method).toBe(method)
      expect(two!.final).toEqual(one!.final)
      expect(two!.records[1]!.invariants).toEqual(one!.records[1]!.invariants)
    }
    const direct = await microscopicFlow(cloud, k, { T: 0.2, steps: 3, method: 'direct' })
    const multipole = await microscopicFlow(cloud, k, { T: 0.2, steps: 3, method: 'fmm' })
    expect(multipole.final).not.toEqual(direct.final)
    // The tolerance 0.01 * 3000^-0.375 = 5e-4 of forces of order 1, over T^2/2 = 0.02; ten times for the largest
    // of 9000.
    expect(maximumDifference(multipole.final.q, direct.final.q)).toBeLessThan(10 * 5e-4 * 0.02)
  })

  test.each(['with', 'without'])('goes on from its snapshot with the same bits, %s noise', async which => {
    const noise = langevinNoise({ key: 'flow/noise', N, diffusion: 0.1, T: 0.5, resolution: 20 })
    const options = { T: 0.5, steps: 10, outputs: 5, ...(which === 'with' ? { noise } : {}) }
    const whole = await microscopicFlow(Z, kernel, options)
    const snapshots: Uint8Array[] = []
    const controller = new AbortController()
    const stopped = microscopicFlow(Z, kernel, {
      ...options,
      signal: controller.signal,
      onOutput: ({ stepIndex }) => {
        if (stepIndex === 4) controller.abort(new Error('enough'))
      },
    })
    await expect(stopped).rejects.toThrow('enough')
    await microscopicFlow(Z, kernel, { ...options, outputs: [0, 4] }).then(run => snapshots.push(run.snapshot()))
    const rest = await microscopicFlow(snapshots[0]!, kernel, { T: 0.5, steps: 10, outputs: 5 })
    expect(rest.final).toEqual(whole.final)
    expect([...rest.times]).toEqual([...whole.times.subarray(2)])
    expect(rest.noise).toEqual(whole.noise)
    await expect(microscopicFlow(snapshots[0]!, kernel, { T: 0.5, steps: 20 })).rejects.toThrow(
      /steps must be that of the snapshot, 10, got 20/,
    )
    await expect(microscopicFlow(snapshots[0]!, newton, { T: 0.5, steps: 10 })).rejects.toThrow(
      /kernel must be that of the snapshot/,
    )
  })

  test('finds its step for a tolerance, on a grid that holds the outputs', async () => {
    const run = await microscopicFlow(Z, kernel, { T: 0.5, steps: { tolerance: 1e-2 }, outputs: 5 })
    expect(run.stepChoice!.reached).toBe(true)
    expect(run.steps % 10).toBe(0)
    expect(run.steps).toBeGreaterThanOrEqual(run.stepChoice!.steps)
    expect(run.steps).toBeLessThan(run.stepChoice!.steps + 10)
    const error = await stepError(Z, {
      acceleration: pairAcceleration(N, kernel).acceleration,
      ...{ T: 0.5, steps: run.steps, scheme: run.scheme, final: run.final },
    })
    expect(error.state.high).toBeLessThan(1e-2)
    const refused = microscopicFlow(Z, kernel, { T: 0.5, steps: { tolerance: 1e-2 }, outputs: [1] })
    await expect(refused).rejects.toThrow(/steps must be a number together with a list of outputs/)
    await expect(microscopicFlow(Z, kernel, { T: 0.5, steps: {} as never })).rejects.toThrow(/tolerance must be/)
  })

  test('has the same bits on every engine', async () => {
    // Without a cut-off, whose radius N^-delta is the engine's own power; noise from the streams.
    const cloud = gaussianLaw().sample(100, randomStream('flow/golden'))
    const noise = langevinNoise({ key: 'flow/golden', N: 100, diffusion: 0.1, friction: 0.5, T: 0.5, resolution: 8 })
    const hashes = await Promise.all(
      [{ scheme: 'yoshida6' as const }, { noise }].map(async options => {
        const { final } = await microscopicFlow(cloud, coulombKernel(), { T: 0.5, steps: 8, ...options })
        return createHash('sha256').update(new Uint8Array(final.q.buffer)).digest('hex').slice(0, 16)
      }),
    )
    expect(hashes).toEqual(['c7d2a32f2b95cd89', '4ad04461925e34fd'])
  })

  test('tells its progress, and a signal stops it between steps', async () => {
    const seen: number[] = []
    const controller = new AbortController()
    const running = microscopicFlow(Z, kernel, {
      ...{ T: 1, steps: 50, measure: 'nothing', signal: controller.signal },
      onProgress: (done, total) => {
        expect(total).toBe(50)
        if (seen.push(done) === 7) controller.abort(new Error('stop'))
      },
    })
    await expect(running).rejects.toThrow('stop')
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  test('lets timers run, so that an abort from outside arrives', async () => {
    const running = microscopicFlow(Z, kernel, {
      T: 1,
      steps: 1e6,
      measure: 'nothing',
      signal: AbortSignal.timeout(200),
    })
    await expect(running).rejects.toThrow(/timeout|aborted/i)
  })
})

describe('a run that cannot go on', () => {
  test('says when, which particle and why, and keeps what was recorded', async () => {
    const error: NonFiniteStateError = await microscopicFlow(orbit.at(0), newton, {
      ...{ T: 1, steps: 10, outputs: 10 },
      external: (t, _q, out) => {
        out.fill(0)
        if (t > 0.65) out[5] = Number.NaN
      },
    }).then(
      () => expect.fail('must not end'),
      e => e,
    )
    expect(error).toBeInstanceOf(NonFiniteStateError)
    expect(error.message).toMatch(/force of particle 2 is not finite at t = 0.7, after 6 steps; .* external force/)
    expect(error.trajectory!.times).toHaveLength(7)
    expect(error.trajectory!.final).toEqual(error.trajectory!.records[6]!.Z)
    const clean = await microscopicFlow(orbit.at(0), newton, { T: 1, steps: 10, outputs: [6] })
    expect(error.trajectory!.final).toEqual(clean.final)
  })

  test('bad input is refused before any work', async () => {
    const bad = (options: object, start: unknown = Z) =>
      expect(microscopicFlow(start as never, kernel, { T: 1, steps: 10, ...options })).rejects
    await bad({ T: -1 }).toThrow(/T must be a finite number > 0, got -1/)
    await bad({ steps: 0 }).toThrow(/steps must be an integer >= 1, got 0/)
    await bad({ outputs: 3 }).toThrow(/outputs must divide the 10 steps, got 3/)
    await bad({ outputs: [4, 4] }).toThrow(/outputs must increase, got 4 after 4/)
    await bad({ outputs: [11] }).toThrow(/outputs\[0\] must be an integer in \[0, 10\], got 11/)
    await bad({ keep: 'all' }).toThrow(/keep must be one of/)
    await bad({ scheme: 'rk4' }).toThrow(/scheme must be one of/)
    await bad({ external: 3 }).toThrow(/external must be a function/)
    await bad({}, null).toThrow(/Z must be a configuration/)
    await bad({}, { ...Z, d: 2, q: Z.q.slice(N), p: Z.p.slice(N) }).toThrow(/Z.d must be that of the kernel, 3, got 2/)
    await bad({}, new Uint8Array(4)).toThrow(/snapshot/)
    await bad({ noise: langevinNoise({ key: 'k', N, diffusion: 1, T: 1, resolution: 15 }) }).toThrow(
      /steps must divide the resolution/,
    )
    expect(() => particleStepper(Z, { acceleration: () => 0, T: 1, steps: 0 })).toThrow(/steps/)
  })
})
