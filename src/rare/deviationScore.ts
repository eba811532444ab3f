/**
 * The scores of Theorem 4.2's events: the largest Delta (Definition 5.1), or the largest |Psi - Phi|_inf of (30), along
 * a coupled run from a given state, fast enough to be asked a million times.
 */
import { requireInteger, requireLength, requireOneOf } from '../base/errors.js'
import type { StateLaw } from '../base/rare/stateLaw.js'
import { requireShape } from '../base/shape.js'
import { requireSystem, type System } from '../flow/coupled/system.js'
import type { RadialField } from '../flow/field/radial/radialField.js'
import { requireKernel } from '../interaction/kernel.js'
import { requireLaw } from '../law/law.js'
import { wasmCore } from '../wasm/core.js'
import { type DeviationMaximum, deviationModule } from '../wasm/rare.js'
import { phaseStates } from './phaseStates.js'

/**
 * What S is the supremum of. 'Delta': sqrt(log N) |Psi^1 - Phi^1|_inf + |Psi^2 - Phi^2|_inf, of Definition 5.1, which
 * the proof bounds. 'deviation': |Psi - Phi|_inf on R^{6N}, of (30), which is Delta at most for N >= 3.
 */
export type DeviationEvent = 'Delta' | 'deviation'

/** All of them. */
export const DEVIATION_EVENTS: readonly DeviationEvent[] = ['Delta', 'deviation']

/** The weight of |Psi^1 - Phi^1|_inf in Delta; null where the larger of both norms counts. */
export const positionWeight = (event: DeviationEvent, N: number): number | null =>
  event === 'Delta' ? Math.sqrt(wasmCore().log(N)) : null

/** S, and the law of its states. */
export interface DeviationScore {
  readonly law: StateLaw
  /** S over the steps, for a state of `law`. */
  readonly score: (state: Float64Array) => number
  /** Which step and which coordinates carried it at the last call. */
  readonly maximum: () => DeviationMaximum
  /** Positions and momenta of a state, coordinate a of particle i at [a * N + i]. */
  readonly configuration: (state: Float64Array) => { readonly q: Float64Array; readonly p: Float64Array }
  readonly steps: number
  readonly event: DeviationEvent
}

/** Nodes of the tables of F(t, r)/r in r/(r + 1), between which it is linear: 1e-7 of its largest value. */
const NODES = 4097
/** Behind which an N^2 sum in single precision loses the digits that are promised. */
const MOST = 4096

/**
 * S(Z) = sup_n Delta_N(t_n) or sup_n |Psi - Phi|_inf(t_n), see {@link DeviationEvent}, over the steps of leapfrog, in
 * single precision: all pairs of (5), and the mean field F(t_n, r)/r from tables of a radial field. The differences
 * Psi - Phi are what is moved, so that S is right to about 1e-5 of itself.
 * @param of a law that is invariant under rotations, and the kernel (4) in R^3
 * @param field of the same law and kernel, up to T at least
 * @param steps default 20
 * @param event default 'Delta'
 * @throws TypeError, RangeError naming the argument: N above 4096, another kernel than (4), a field of another system
 * @source Definition 5.1, Theorem 4.2, (30)
 * @example deviationScore(s, field).law.particles // 16
 */
export function deviationScore(
  of: System,
  field: RadialField,
  steps: number = 20,
  event: DeviationEvent = 'Delta',
): DeviationScore {
  requireSystem('of', of)
  requireShape<Pick<RadialField, 'T' | 'radial'>>('field', field, { T: 'number', radial: 'function' })
  requireKernel(field.kernel)
  requireLaw(field.law)
  requireInteger('steps', steps, 1, 10_000)
  requireOneOf('event', event, DEVIATION_EVENTS)
  const { N, kernel, law, sigma, T } = of
  requireInteger('N', N, 2, MOST)
  if (kernel.parameters.profile !== 'truncated' || kernel.alpha !== 2 || kernel.cutoffRadius === 0) {
    throw new RangeError(`kernel must be (4), of profile "truncated", alpha = 2 and finite delta, got ${kernel.name}`)
  }
  if (
    field.kernel.cutoffRadius !== kernel.cutoffRadius ||
    field.kernel.sigma !== sigma ||
    field.law.name !== law.name
  ) {
    throw new RangeError(`field must be that of the system, got that of ${field.law.name} with ${field.kernel.name}`)
  }
  if (!(field.T >= T)) throw new RangeError(`field.T must be at least T = ${T}, got ${field.T}`)
  const { states, write } = phaseStates(law, N)
  const module = deviationModule({
    ...{ N, steps, h: T / steps, strength: sigma / N, cutoffRadius: kernel.cutoffRadius },
    ...{ weight: positionWeight(event, N), table: fieldTable(field, T, steps), nodes: NODES, length: 1 },
  })
  const size = 3 * N
  const q = new Float64Array(size)
  const p = new Float64Array(size)
  const read = (state: Float64Array): void => {
    requireLength('state', state, states.components * N)
    write(state, q, p)
  }
  return {
    ...{ law: states, steps, event, maximum: module.maximum },
    score: state => {
      read(state)
      return module.deviation(q, p)
    },
    configuration: state => {
      read(state)
      return { q: q.slice(), p: p.slice() }
    },
  }
}

/** F(t_n, r)/r at r = x/(1 - x), x = k/(NODES - 1): a row for each time. */
function fieldTable(field: RadialField, T: number, steps: number): Float32Array {
  const table = new Float32Array((steps + 1) * NODES)
  for (let n = 0; n <= steps; n++) {
    for (let k = 0; k < NODES - 1; k++) {
      // At r = 0 the limit, which at this radius is reached to rounding.
      const r = Math.max(1e-5, k / (NODES - 1 - k))
      table[n * NODES + k] = field.radial((n / steps) * T, r) / r
    }
  }
  return table
}
