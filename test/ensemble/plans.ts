/** A small ensemble that many tests run: 2 x 2 grid points, cheap runs in fixed steps. */
import { type Plan, parsePlan } from '../../src/ensemble/plan.js'

/** @param changes members that differ from the default */
export function smallPlan(changes: Record<string, unknown> = {}): Plan {
  return parsePlan({
    name: 'small',
    kind: 'coupled',
    seed: 'test',
    replicates: 3,
    grid: { law: ['gaussian'], N: [4, 8], delta: [0.2, 0.3] },
    times: [0.1, 0.2],
    steps: 4,
    ...changes,
  })
}
