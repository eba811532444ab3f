import { describe, expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { circularOrbit } from '../../../src/flow/micro/exactOrbits.js'
import { maximumDifference } from '../../../src/flow/micro/invariants.js'
import { pairAcceleration } from '../../../src/flow/micro/pairAcceleration.js'
import { langevinNoise } from '../../../src/flow/step/langevinNoise.js'
import { particleStepper } from '../../../src/flow/step/particleStepper.js'
import { stepError } from '../../../src/flow/step/stepError.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'

const orbit = circularOrbit(2, 1)
const { acceleration } = pairAcceleration(2, coulombKernel({ sigma: -1 }))
const T = orbit.period

describe('step doubling', () => {
  test('finds the true error of the leapfrog on a circle, and five times that of order 4', async () => {
    for (const [scheme, factor] of [
      ['leapfrog', 1],
      // (2^4 - 1)/(2^2 - 1): the value assumes order 2, as at a corner.
      ['suzuki4', 5],
    ] as const) {
      const options = { acceleration, T, steps: 128, scheme } as const
      const stepper = particleStepper(orbit.at(0), options)
      stepper.advanceSync(128)
      const error = {
        q: maximumDifference(stepper.Z.q, orbit.at(T).q),
        p: maximumDifference(stepper.Z.p, orbit.at(T).p),
      }
      const found = await stepError(orbit.at(0), options)
      for (const key of ['q', 'p'] as const) {
        // The next order of the error is smaller by (2 pi/64)^2 times some constant.
        expect(Math.abs(found[key].value / (factor * error[key]) - 1)).toBeLessThan(0.1)
        expect(error[key]).toBeLessThan(found[key].high)
      }
      expect(found.state.high).toBe(Math.max(found.q.high, found.p.high))
      const cheaper = await stepError(orbit.at(0), { ...options, final: stepper.Z })
      expect(cheaper).toEqual(found)
    }
  })

  test('extrapolates from a part of the interval', async () => {
    // The phase error of a circle grows like t: a quarter of 4 periods against all of them. Positions turn, so whole
    // periods.
    const options = { acceleration, T: 4 * T, steps: 1024 }
    const whole = await stepError(orbit.at(0), options)
    const part = await stepError(orbit.at(0), { ...options, share: 0.5 })
    expect(part.growth).toBeGreaterThan(0.9)
    expect(part.growth).toBeLessThan(1.1)
    expect(Math.abs(part.q.value / whole.q.value - 1)).toBeLessThan(0.1)
    expect(part.q.method).toMatch(/256 of 512 double steps, extrapolated/)
  })

  test('holds in a cloud under the kernel (4), also with noise', async () => {
    const N = 200
    const Z = gaussianLaw().sample(N, randomStream('stepError'))
    const pair = pairAcceleration(N, cutoffKernel({ N, delta: 0.25 }))
    const noise = langevinNoise({ key: 'stepError/noise', N, diffusion: 0.1, T: 1, resolution: 512 })
    for (const noisy of [{}, { noise }]) {
      const end = (steps: number) => {
        const stepper = particleStepper(Z, { acceleration: pair.acceleration, T: 1, steps, ...noisy })
        stepper.advanceSync(steps)
        return stepper.Z
      }
      const [run, reference] = [end(32), end(512)]
      const error = Math.max(maximumDifference(run.q, reference.q), maximumDifference(run.p, reference.p))
      const found = await stepError(Z, { acceleration: pair.acceleration, T: 1, steps: 32, ...noisy })
      expect(error).toBeLessThan(found.state.high)
      // Order 2 with a scatter by the place of the corner in its step: within a factor 3 of the value.
      expect(error).toBeGreaterThan(found.state.value / 3)
      // Control: the error of twice the step is outside the interval.
      const coarse = end(16)
      expect(maximumDifference(coarse.p, reference.p)).toBeGreaterThan(found.p.value)
    }
  })

  test('refuses bad input', async () => {
    const bad = (options: object) => expect(stepError(orbit.at(0), { acceleration, T, steps: 8, ...options })).rejects
    await bad({ steps: 7 }).toThrow(/steps must be even, so that the step can be doubled, got 7/)
    await bad({ share: 0 }).toThrow(/share must be a number in \(0, 1\], got 0/)
    await bad({ share: 0.5, final: orbit.at(T) }).toThrow(/share must be 1 where the final state is given/)
    await bad({ signal: AbortSignal.abort(new Error('never')) }).toThrow('never')
  })
})
