import { describe, expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { pairAcceleration } from '../../../src/flow/micro/pairAcceleration.js'
import { langevinNoise } from '../../../src/flow/step/langevinNoise.js'
import { type ParticleStepper, particleStepper } from '../../../src/flow/step/particleStepper.js'
import { readSnapshot, restore, snapshot } from '../../../src/flow/step/snapshot.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { bitFlips } from '../../support/bitFlips.js'

const N = 40
const Z = gaussianLaw().sample(N, randomStream('snapshot'))
const { acceleration } = pairAcceleration(N, cutoffKernel({ N, delta: 0.3 }))
const noise = langevinNoise({ key: 'snapshot/noise', N, diffusion: 0.2, friction: 0.1, T: 0.7, resolution: 40 })
const fresh = (options: object = {}): ParticleStepper =>
  particleStepper(Z, { acceleration, T: 0.7, steps: 20, ...options })

describe('a run that stops and goes on', () => {
  test.each([
    ['leapfrog', {}],
    ['yoshida6', { scheme: 'yoshida6', t0: -0.3 }],
    ['noise', { noise }],
  ])('%s: has the bits of one that never stopped, wherever it stops', (_name, options) => {
    const whole = fresh(options)
    whole.advanceSync(20)
    for (const stop of [0, 1, 13, 20]) {
      const first = fresh(options)
      first.advanceSync(stop)
      const bytes = snapshot(first)
      const second = restore(bytes, acceleration)
      expect([second.stepIndex, second.t, second.started]).toEqual([stop, first.t, stop > 0])
      second.advanceSync(20 - stop)
      expect(second.Z).toEqual(whole.Z)
      expect(second.force).toEqual(whole.force)
      expect(second.t).toBe(whole.t)
    }
  })

  test('control: one lost bit in the state, or noise from the beginning, does show', () => {
    const stepper = fresh({ noise })
    stepper.advanceSync(10)
    const content = readSnapshot(snapshot(stepper))
    const go = (changes: object): Float64Array => {
      const other = particleStepper(content.Z, { acceleration, T: 0.7, steps: 20, noise, stepIndex: 10, ...changes })
      other.advanceSync(10)
      return other.Z.q
    }
    stepper.advanceSync(10)
    expect(go({ force: content.force })).toEqual(stepper.Z.q)
    expect(go({})).toEqual(stepper.Z.q)
    expect(go({ stepIndex: 0 })).not.toEqual(stepper.Z.q)
    content.Z.q[5]! *= 1 + Number.EPSILON
    expect(go({})).not.toEqual(stepper.Z.q)
  })

  test('keeps parameters, infinite ones too', () => {
    const parameters = { N: 3, delta: Number.POSITIVE_INFINITY, kernel: { name: 'ä', low: Number.NEGATIVE_INFINITY } }
    expect(readSnapshot(snapshot(fresh(), parameters)).parameters).toEqual(parameters)
  })

  test('reads bytes that lie anywhere in a buffer', () => {
    const bytes = snapshot(fresh())
    const inside = new Uint8Array(bytes.length + 9)
    inside.set(bytes, 3)
    expect(readSnapshot(inside.subarray(3, 3 + bytes.length)).Z).toEqual(Z)
  })
})

describe('bytes that are no snapshot', () => {
  const bytes = snapshot(fresh())
  const changed = (k: number, value: number): Uint8Array => {
    const copy = bytes.slice()
    copy[k] = value
    return copy
  }

  test('are refused after each of 2000 flips of a random bit, or are the same snapshot', () => {
    let refused = 0
    for (const damaged of bitFlips(bytes, 2000, 'snapshot-bytes')) {
      try {
        expect(snapshot(restore(damaged, acceleration))).toEqual(bytes)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        refused++
      }
    }
    expect(refused).toBeGreaterThan(1980)
  })

  test('are refused with the reason', () => {
    expect(() => readSnapshot([] as never)).toThrow(/bytes must be a Uint8Array, got an array/)
    expect(() => readSnapshot(new Uint8Array(3))).toThrow(/bytes must be a snapshot, which begins with MFLSNAP, got 3/)
    expect(() => readSnapshot(changed(0, 0))).toThrow(/bytes must be a snapshot/)
    expect(() => readSnapshot(changed(7, 9))).toThrow(/must be of version 1 or 2, got version 9/)
    expect(() => readSnapshot(bytes.subarray(0, 30))).toThrow(/cut off: \d+ bytes of header, got 30/)
    expect(() => readSnapshot(bytes.subarray(0, -8))).toThrow(/cut off: expected \d+ bytes, got \d+/)
  })

  test('one changed byte is found wherever it is', () => {
    for (let k = 16; k < bytes.length; k += 61) {
      expect(() => readSnapshot(changed(k, bytes[k]! ^ 4))).toThrow(/damaged|cut off/)
    }
    expect(() => readSnapshot(Uint8Array.of(...bytes, 0))).toThrow(/damaged/)
  })

  test('a stepper inside a step has no snapshot', async () => {
    const waiting = fresh({ acceleration: () => new Promise(() => undefined) })
    void waiting.advance()
    expect(() => snapshot(waiting)).toThrow(/between two steps/)
  })
})
