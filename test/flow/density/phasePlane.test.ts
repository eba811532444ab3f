import { expect, test } from 'vitest'
import { phasePlaneFigure } from '../../../src/figures/section2/phasePlaneFigure.js'
import { type PhasePlaneOptions, phasePlane } from '../../../src/flow/density/phasePlane.js'
import { stationaryField } from '../../../src/flow/field/stationaryField.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'
import { kurthLaw } from '../../../src/law/kurthLaw.js'

// Inside a uniform ball phase space turns; a density that is moved there without acting on it.
const law = gaussianMixtureLaw({ components: [{ weight: 1, meanQ: [0.4, 0, 0], sigmaQ: 0.1, sigmaP: 0.2 }] })
const ball = stationaryField({ law: kurthLaw(), kernel: coulombKernel({ sigma: -1 }), T: 2 })
const field = { ...ball, law }
const options: PhasePlaneOptions = { times: [0, Math.PI / 2], reach: { q: 0.8, p: 0.6 }, points: 41, rate: 100 }

test('a row has one p_1, and in a quarter of a turn q_1 becomes -p_1', async () => {
  const { q, p, values, sup, errors, times } = await phasePlane(field, options)
  expect([q[0], q[40], p[0], p[40]]).toEqual([-0.8, 0.8, -0.6, 0.6])
  expect(Array.from(times)).toEqual(options.times)
  for (const [i, j] of [
    [30, 20],
    [22, 3],
    [20, 9],
  ] as const) {
    expect(values[0]![j * 41 + i]).toBeCloseTo(law.density([q[i]!, 0, 0], [p[j]!, 0, 0]), 9)
    const turned = law.density([-p[j]!, 0, 0], [q[i]!, 0, 0])
    expect(Math.abs(values[1]![j * 41 + i]! - turned)).toBeLessThan(errors[1]!.high + 1e-9)
  }
  expect(errors[1]!.high).toBeLessThan(1e-3 * sup)
  // The control: turned the other way, the cluster is not there.
  expect(values[1]![6 * 41 + 20]).toBeGreaterThan(0.5 * sup)
  expect(values[1]![34 * 41 + 20]).toBeLessThan(1e-3 * sup)
})

test('the figure holds in a byte what each value is of the supremum, for every time', async () => {
  const plane = await phasePlane(field, options)
  const { frames, data, table } = phasePlaneFigure({ plane, provenance: { law: 'test' } })
  expect(frames!.map(frame => frame.name)).toEqual(['0.00', '1.57'])
  for (const [n, frame] of frames!.entries()) {
    const { bdata, shape } = (frame.data[0] as unknown as { z: { bdata: string; shape: string } }).z
    const bytes = Uint8Array.from(atob(bdata), letter => letter.charCodeAt(0))
    expect(shape).toBe('41, 41')
    expect(bytes.length).toBe(41 * 41)
    for (const k of [700, 848, 267]) expect(bytes[k]).toBe(Math.round((255 * plane.values[n]![k]!) / plane.sup))
  }
  expect(data[0]!.z).toEqual((frames!.at(-1)!.data[0] as unknown as { z: object }).z)
  expect(table.t).toEqual(options.times)
})

test('bad input is refused before any work, with the name of the argument', async () => {
  const bad: readonly (readonly [Partial<PhasePlaneOptions>, RegExp])[] = [
    [{ times: [] }, /times must be a list/],
    [{ times: [0, 3] }, /times\[1\] must be a number in \[0, 2\]/],
    [{ reach: { q: 0, p: 1 } }, /reach.q must be/],
    [{ points: 1 }, /points must be/],
    [{ rate: 0 }, /rate must be/],
  ]
  for (const [change, message] of bad)
    await expect(phasePlane(field, { ...options, ...change })).rejects.toThrow(message)
  const plane = await phasePlane(field, { ...options, points: 3 })
  const short = { ...plane, values: plane.values.slice(1) }
  expect(() => phasePlaneFigure({ plane: short, provenance: {} })).toThrow(/values must have length 2/)
})
