import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type ForceTailGroup, type ForceTailRow, forceTailTable } from '../../src/rare/static/forceTailTable.js'
import { root } from '../support/capabilities.js'

interface Plan {
  readonly seed: string
  readonly groups: readonly ForceTailGroup[]
}
const text = (...path: readonly string[]): string => readFileSync(join(root, ...path), 'utf8')
const plan = JSON.parse(text('data', 'rare-static', 'plan.json')) as Plan
const record = JSON.parse(text('data', 'rare-static', 'force-tail.json')) as {
  readonly plan: Plan
  readonly rows: readonly ForceTailRow[]
}

describe('the recorded table of static tails', () => {
  test('is that of the plan that lies beside it, to the end', () => {
    expect(record.plan).toEqual(plan)
    expect(record.rows.map(({ N, delta, threshold, samples }) => [N, delta, threshold, samples])).toEqual(
      plan.groups.flatMap(({ N, delta, thresholds, samples }) => thresholds.map(L => [N, delta, L, samples])),
    )
  })

  test('is what its first entries give again, bit for bit, which another seed does not', async () => {
    const group = { ...plan.groups[0]!, thresholds: plan.groups[0]!.thresholds.slice(0, 1), bar: 'hide' } as const
    const again = await forceTailTable({ ...group, seed: plan.seed })
    expect(JSON.parse(JSON.stringify(again))).toEqual(record.rows.slice(0, 1))
    const [other] = await forceTailTable({ ...group, samples: 100, seed: 'another' })
    expect(other!.value).not.toBe(record.rows[0]!.value)
    expect(other!.chernoff).toEqual(record.rows[0]!.chernoff)
  })

  test('has every interval below every bound, and Chernoff’s bound below Bernstein’s', () => {
    for (const { estimate, chernoff, log10Bernstein, log10Moment } of record.rows) {
      if (estimate !== undefined) expect(estimate.high).toBeLessThan(Math.min(chernoff.low, 10 ** log10Moment))
      expect(Math.log10(chernoff.high)).toBeLessThan(log10Bernstein)
    }
    // The control: the normal law is no bound.
    expect(record.rows.some(({ estimate, log10Normal }) => (estimate?.low ?? 0) > 10 ** log10Normal)).toBe(true)
  })

  test('is what the module of the figure was made from', async () => {
    const { recordModule } = await import(pathToFileURL(join(root, 'scripts', 'static-tails.mjs')).href)
    const made = text('src', 'figures', 'section7', 'forceTailRecord.generated.ts')
    const file = text('data', 'rare-static', 'force-tail.json')
    expect(recordModule(file)).toBe(made)
    expect(recordModule(file.replaceAll('"threshold":0.35,', '"threshold":0.36,')), 'control').not.toBe(made)
  })
})
