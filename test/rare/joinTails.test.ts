import { expect, test } from 'vitest'
import { joinTails } from '../../src/rare/joinTails.js'
import { runTail } from '../../src/rare/runTail.js'
import { tailCurve } from '../../src/rare/tailCurve.js'
import { parseTailPlan, type TailPlan } from '../../src/rare/tailPlan.js'

const planOf = (N: readonly number[], other: Partial<TailPlan> = {}): TailPlan =>
  parseTailPlan({
    ...{ name: 'small', kind: 'tail', seed: '1', portraits: 0, ...other },
    groups: [{ N, delta: [0.2], factors: [1], population: 100, runs: 16 }],
  })

test('two plans of one event are one curve, as if one plan had asked for both', async () => {
  const both = planOf([8, 16])
  const whole = await runTail(both)
  const [a, b] = [whole.slice(0, 1), whole.slice(1)]
  const joined = joinTails([
    { plan: planOf([16]), records: b },
    { plan: planOf([8]), records: a },
  ])
  const curve = tailCurve(joined.plan, joined.records)
  expect(curve.points).toEqual([...tailCurve(both, whole).points].reverse())
  expect(curve.exponents).toEqual(tailCurve(both, whole).exponents)
  // Neither plan alone has an exponent.
  expect(curve.exponents).toHaveLength(1)
  expect(tailCurve(planOf([8]), a).exponents).toHaveLength(0)
})

test('plans of different events are not joined', () => {
  const join = (...plans: TailPlan[]): unknown => joinTails(plans.map(plan => ({ plan, records: [] })))
  expect(() => join()).toThrow(/tails must have one member/)
  expect(() => join(planOf([8]), planOf([16], { sigma: -1 }))).toThrow(/tails\[1\]\.plan\.sigma must be .* 1, got -1/)
  expect(() => join(planOf([8]), planOf([16], { T: 2 }))).toThrow(/plan\.T must be/)
  expect(() => join(planOf([8]), planOf([16], { event: 'deviation' }))).toThrow(/plan\.event must be .*Delta/)
  expect(() => join(planOf([8]), planOf([16], { law: 'plummer' }))).toThrow(/plan\.law must be .*gaussian, got plummer/)
  expect(() => join(planOf([8]), planOf([8]))).toThrow(/N = 8, delta = 0\.2 stands twice/)
})
