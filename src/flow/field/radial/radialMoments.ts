/**
 * Moments of the momentum along a computed field: the rule's nodes are carried to the time asked for by its
 * characteristics.
 */
import { type Estimate, estimated } from '../../../base/statistics/estimate.js'
import { phaseNodesOf } from '../../../law/invariantPhaseNodes.js'
import type { PhaseNodes } from '../../../law/phaseNodes.js'
import { wasmCore } from '../../../wasm/core.js'
import { symplecticScheme } from '../../step/symplecticScheme.js'
import type { RadialFieldRecord } from './radialRecord.js'
import { forceFactor, radialSlice } from './radialTable.js'

/** int |p|^m f_t: by the nodes of the field's own rule, and by one of three quarters of its order for the error. */
export function momentAlong(record: RadialFieldRecord, t: number, m: number): Estimate {
  const { law, kernel, parameters } = record
  const n = parameters.nodes as number
  const tail = parameters.tail as number
  const d = kernel.d as 2 | 3
  const [value, check] = [n, Math.ceil(0.75 * n)].map((order, i) => {
    const nodes = phaseNodesOf(law, { d, n: order, tail: i === 0 ? tail : 10 * tail })
    return momentOf(nodes, momentaAt(record, nodes, t), m)
  }) as [number, number]
  // A force error of e for a time t moves each momentum by e t.
  const moved = m * record.errors.nodes * t * Math.abs(value)
  return estimated(value, Math.abs(value - check) + moved + 1e-14 * Math.abs(value), 'nodes carried by the field')
}

/** |p|^2 of every node at time t. */
function momentaAt({ kernel, solution }: RadialFieldRecord, nodes: PhaseNodes, t: number): Float64Array {
  const { drifts, kicks } = symplecticScheme('yoshida6')
  const steps = t === 0 ? 0 : Math.max(1, Math.ceil((t / solution.T) * solution.record.steps))
  const h = steps === 0 ? 0 : t / steps
  const x1 = nodes.r.slice()
  const x2 = new Float64Array(x1.length)
  const p1 = nodes.pr.slice()
  const p2 = nodes.pt.slice()
  let now = 0
  const kick = (tau: number): void => {
    if (kernel.sigma === 0) return
    // The scheme's substeps reach beyond [0, T] by a fraction of a step, where the polynomial in time still holds.
    const slice = radialSlice(solution, now)
    for (let j = 0; j < x1.length; j++) {
      const f = tau * kernel.sigma * forceFactor(solution, slice, x1[j]! * x1[j]! + x2[j]! * x2[j]!)
      p1[j] = p1[j]! + f * x1[j]!
      p2[j] = p2[j]! + f * x2[j]!
    }
  }
  for (let step = 0; step < steps; step++) {
    kick(kicks[0]! * h)
    drifts.forEach((drift, s) => {
      for (let j = 0; j < x1.length; j++) {
        x1[j] = x1[j]! + drift * h * p1[j]!
        x2[j] = x2[j]! + drift * h * p2[j]!
      }
      now += drift * h
      kick(kicks[s + 1]! * h)
    })
  }
  return Float64Array.from(p1, (p, j) => p * p + p2[j]! * p2[j]!)
}

function momentOf({ mass }: PhaseNodes, square: Float64Array, m: number): number {
  const core = wasmCore()
  let sum = 0
  for (let j = 0; j < mass.length; j++) {
    const v2 = square[j]!
    sum += mass[j]! * (m === 2 ? v2 : m === 0 ? 1 : v2 === 0 ? 0 : core.pow(v2, 0.5 * m))
  }
  return sum
}
