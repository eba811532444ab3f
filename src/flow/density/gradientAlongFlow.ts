/**
 * The gradient of f^N_t, carried along characteristics: what an error of the field does to the density is an integral
 * over it. Called by phaseSpaceDensity.
 */
import type { Configuration } from '../../base/configuration.js'
import { turns } from '../../base/interrupt.js'
import type { Law } from '../../law/law.js'
import { wasmCore } from '../../wasm/core.js'
import { type EvolvingField, fieldForce } from '../field/evolvingField.js'
import { gyration, type MagneticField } from '../step/gyration.js'

/** How far, in which steps, and who is told. */
export interface GradientOptions {
  readonly t: number
  readonly steps: number
  readonly magnetic?: MagneticField
  readonly signal?: AbortSignal
  /** Called after every step with how many are done. */
  readonly onStep: (done: number) => void
}

/** The gradient at the end, and the integral over it. */
export interface GradientAlongFlow {
  /** grad f_t at the points that the origins move to: by q and by p, structure of arrays. */
  readonly gradient: { readonly q: Float64Array; readonly p: Float64Array }
  /** int_0^t |grad_p f_s| ds along every characteristic, length N. */
  readonly along: Float64Array
}

/** Differences over this part of a length of the law: the quotients are good to 1e-8 of themselves. */
const PART = 1e-4

/**
 * g(s) = grad f_s(z_s) with z_s = phi_{s,0}(z_0): as f_s(phi_{s,0}(z)) = f_0(z) for all z, g obeys the transposed
 * inverse of the linearised flow, g_q' = -DF(s, q_s) g_p, g_p' = -g_q + g_p x Omega, DF being symmetric. By leapfrog,
 * whose adjoint is exact step by step; DF g_p by a difference of the force along g_p.
 * @param origins z_0
 */
export async function gradientAlongFlow(
  origins: Configuration,
  field: EvolvingField,
  { t, steps, magnetic, signal, onStep }: GradientOptions,
): Promise<GradientAlongFlow> {
  const { N } = origins
  const size = 3 * N
  const [q, p] = [origins.q.slice(), origins.p.slice()]
  const lengths = lengthsOf(field.law)
  const g = initialGradient(field.law, origins, lengths)
  const along = new Float64Array(N)
  if (t === 0) return { gradient: g, along }
  const h = t / steps
  const [force, low, high] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)]
  const [below, above] = [new Float64Array(size), new Float64Array(size)]
  const norms = new Float64Array(N)
  const reach = PART * lengths.q

  /** F and the difference of F along g_p, over 2 reach / |g_p|, at time s. */
  const forces = async (s: number): Promise<void> => {
    for (let i = 0, j = N, k = 2 * N; i < N; i++, j++, k++) {
      const norm = Math.sqrt(g.p[i]! * g.p[i]! + g.p[j]! * g.p[j]! + g.p[k]! * g.p[k]!)
      norms[i] = norm
      const part = norm === 0 ? 0 : reach / norm
      for (const a of [i, j, k]) {
        below[a] = q[a]! - part * g.p[a]!
        above[a] = q[a]! + part * g.p[a]!
      }
    }
    await fieldForce(field, s, q, force)
    await fieldForce(field, s, below, low)
    await fieldForce(field, s, above, high)
  }
  const kick = (dt: number): void => {
    for (let k = 0; k < size; k++) {
      p[k] = p[k]! + dt * force[k]!
      g.q[k] = g.q[k]! - (dt * norms[k % N]! * (high[k]! - low[k]!)) / (2 * reach)
    }
    for (let i = 0; i < N; i++) along[i] = along[i]! + dt * norms[i]!
  }
  const drift = drifting(magnetic, h, q, p, g)
  const turn = turns(signal)

  await forces(0)
  for (let n = 1; n <= steps; n++) {
    kick(0.5 * h)
    drift()
    await forces(n === steps ? t : n * h)
    kick(0.5 * h)
    onStep(n)
    await turn()
  }
  return { gradient: g, along }
}

interface Covectors {
  readonly q: Float64Array
  readonly p: Float64Array
}

/** Free motion over h, of the points and of the covectors at them. */
function drifting(
  magnetic: MagneticField | undefined,
  h: number,
  q: Float64Array,
  p: Float64Array,
  g: Covectors,
): () => void {
  if (magnetic === undefined) {
    return () => {
      for (let k = 0; k < q.length; k++) {
        q[k] = q[k]! + h * p[k]!
        g.p[k] = g.p[k]! - h * g.q[k]!
      }
    }
  }
  const turn = gyration(magnetic, h)
  const [way, turned] = [new Float64Array(q.length), new Float64Array(q.length)]
  return () => {
    turn(q, p)
    // g_p(h) = R(h) g_p - int_0^h R(s) g_q ds, with R the turn of momenta: the integral is the way of one with momentum
    // g_q.
    way.fill(0)
    turned.set(g.q)
    turn(way, turned)
    const path = way.slice()
    turn(way, g.p)
    for (let k = 0; k < q.length; k++) g.p[k] = g.p[k]! - path[k]!
  }
}

/** A length and a momentum over which f_0 changes: those of a uniform density with the same suprema. */
function lengthsOf({ rhoSup, densitySup }: Law): { readonly q: number; readonly p: number } {
  const { pow } = wasmCore()
  const length = (x: number): number => (Number.isFinite(x) && x > 0 ? pow(x, 1 / 3) : 1)
  return { q: 1 / length(rhoSup), p: length(rhoSup / densitySup) }
}

/** grad f_0 by central differences. */
function initialGradient(law: Law, { N, q, p }: Configuration, lengths: { q: number; p: number }): Covectors {
  const out = { q: new Float64Array(3 * N), p: new Float64Array(3 * N) }
  const [x, v] = [new Float64Array(3), new Float64Array(3)]
  const parts = [
    [x, out.q, PART * lengths.q],
    [v, out.p, PART * lengths.p],
  ] as const
  for (let i = 0; i < N; i++) {
    for (let a = 0; a < 3; a++) {
      x[a] = q[a * N + i]!
      v[a] = p[a * N + i]!
    }
    for (const [z, into, reach] of parts) {
      for (let a = 0; a < 3; a++) {
        const at = z[a]!
        z[a] = at + reach
        const above = law.density(x, v)
        z[a] = at - reach
        const difference = above - law.density(x, v)
        z[a] = at
        into[a * N + i] = Number.isFinite(difference) ? difference / (2 * reach) : 0
      }
    }
  }
  return out
}
