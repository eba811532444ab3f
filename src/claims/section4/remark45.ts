/**
 * Remarks 4.5: the size of the cut-off, external forces and noise, and W_infinity. They hold, with hypotheses that the remark leaves out.
 *
 * Derivation. (1) N^(-1/3) is the typical distance to the nearest neighbour: $P(\text{none within }r)\approx e^{-\frac{4\pi}3N\rho r^3}$,
 * median $(3\ln2/4\pi N\rho)^{1/3}$; the smallest of all distances is of order N^(-2/3), far inside any such cut-off.
 * (2) With an external force E(t, q), friction gamma and noise sqrt(2D) dW on both flows, dW the same, the difference obeys
 *   $d(\Psi^2-\Phi^2)=[K(\Psi^1)-\bar K(\Phi^1)+E(\Psi^1)-E(\Phi^1)-\gamma(\Psi^2-\Phi^2)]\,dt$:
 * the noise drops out, friction helps, E adds Lip(E)|Psi^1 - Phi^1|. So $v\le\int(s+f+\operatorname{Lip}(E)x)$, and the proof goes through
 * with C_0 log N + Lip(E). What it needs: the same Brownian paths (independent ones leave sqrt(2Dt) between the flows), noise that
 * is additive, E Lipschitz, and a bounded density of the mean field equation, with noise of Vlasov-Poisson-Fokker-Planck.
 * (3) W_infinity: as W_inf <= sqrt(6)|Psi - Phi|_inf (Lemma 5.2 repaired), (42) holds for it; so do (44) and (86), p = infinity. A
 * sample does not converge to f_0 in W_inf if the support is unbounded, and if f_0 has a gap.
 * @source Remarks 4.5
 */

import { median } from '../../base/bootstrapSlope.js'
import type { Configuration } from '../../base/configuration.js'
import { requireN, requireOneOf, requirePositive } from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { type Formula, formula } from '../../base/formula.js'
import { randomStream } from '../../base/random.js'
import type { EvolvingField } from '../../flow/field/evolvingField.js'
import { particleField } from '../../flow/field/particleField.js'
import { langevinNoise } from '../../flow/step/langevinNoise.js'
import { type ParticleStepper, particleStepper } from '../../flow/step/particleStepper.js'
import { forces } from '../../forces/forces.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import type { Kernel } from '../../interaction/kernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { bottleneckDistance } from '../../transport/bottleneck/bottleneckDistance.js'
import { phaseCloud } from '../../transport/pointCloud.js'
import type { Claim, ClaimRecord, MeasureContext, Measurement, Verdict } from '../core/claim.js'
import { derivedVerdict, inWords, ofSample } from '../core/derived.js'
import { measuredValue } from '../core/evidence.js'

export type Remark45Spec = {
  readonly N: number
  readonly delta: number
  /** 'force': the trap E = -q; 'noise': D = 0.1 and friction 0.2 on the same paths; 'other-noise': on independent paths. */
  readonly added: 'nothing' | 'force' | 'noise' | 'other-noise'
}

const SYMBOLS = { s: 's', f: 'f', E: '\\operatorname{Lip}(E)' }
/** What may be added to the momenta's deviation per unit of time. */
const bound: Formula = formula('s + f + E * x', SYMBOLS)
const T = 1
const STEPS = 32
/** Particles of the field: its own fluctuation is then half of that of the largest N below. */
const SOURCES = 2000

/** Remarks 4.5. */
export const remark45: Claim<Remark45Spec> = {
  id: '4.5',
  order: 130,
  label: 'Remarks 4.5',
  title: 'The cut-off at the distance of neighbours, external forces and noise, and W_infinity',
  statement:
    'The cut-off may come as near $N^{-1/3}$, the typical distance to the nearest neighbour, as one likes; external forces or noise may be added; the dynamical estimates hold for $W_\\infty$.',
  bound,
  formulas: {},
  quantities: {
    deviation: '|Psi - Phi|_inf at T',
    infinite: 'W_inf(mu[Psi], mu[Phi]) / |Psi - Phi|_inf',
    nearest: 'median distance to the nearest neighbour times N^(1/3)',
    closest: 'smallest distance times N^(2/3)',
  },
  hypotheses: [
    { text: 'both flows have the same Brownian paths', test: ({ added }) => added !== 'other-noise' },
    { text: '$0<\\delta<\\tfrac13$', test: ({ delta }) => delta > 0 && delta < 1 / 3 },
  ],
  defaults: (['nothing', 'force', 'noise'] as const).map(added => ({ N: 128, delta: 0.3, added })),
  full: [128, 512].flatMap(N => (['nothing', 'force', 'noise'] as const).map(added => ({ N, delta: 0.3, added }))),
  controls: [
    {
      text: 'independent Brownian paths for the two flows',
      spec: { N: 128, delta: 0.3, added: 'other-noise' },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#remarks-45',
  reference: 'Remarks 4.5',
  notebook: '08-molecular-chaos.ipynb#remarks-45',
  figure: 'noise-on-both-flows',
  test: 'derivedClaims',
}

/** A run of the claim, at its 33 times of [0, 1]. */
export interface Remark45Run {
  readonly start: Configuration
  readonly Psi: Configuration
  readonly Phi: Configuration
  readonly t: readonly number[]
  /** |Psi^1 - Phi^1|_inf, |Psi^2 - Phi^2|_inf, and what is allowed for the second: the integral of s + f + Lip(E) |Psi^1 - Phi^1|_inf. */
  readonly position: readonly number[]
  readonly momentum: readonly number[]
  readonly allowed: readonly number[]
}

/**
 * Both flows with a force or noise added.
 * @throws RangeError naming a field of the spec; the reason of the signal, both as rejections
 * @example (await remark45Run({ N: 128, delta: 0.3, added: 'noise' }, '1')).momentum.at(-1)
 */
export async function remark45Run(spec: Remark45Spec, seed: string, signal?: AbortSignal): Promise<Remark45Run> {
  const N = requireN(spec.N)
  const delta = requirePositive('delta', spec.delta)
  const added = requireOneOf('added', spec.added, ['nothing', 'force', 'noise', 'other-noise'])
  const law = gaussianLaw()
  const kernel = cutoffKernel({ N, delta })
  const noisy = added === 'noise' || added === 'other-noise'
  const trap = added === 'force' ? 1 : 0
  const noise = { diffusion: 0.1, friction: 0.2 }
  const field = await particleField(law, kernel, {
    ...{ T, steps: STEPS, M: SOURCES, seed: `${seed}/claim-4.5`, threads: 1 },
    ...(noisy ? { noise } : {}),
    ...(trap > 0 ? { external: (_: number, q: Float64Array, out: Float64Array) => opposite(q, out) } : {}),
    ...(signal === undefined ? {} : { signal }),
  })
  const Z = law.sample(N, randomStream({ seed: `${seed}/claim-4.5`, law: law.name, N }))
  const stepper = (mean: EvolvingField | undefined, path: string): ParticleStepper =>
    particleStepper(Z, {
      acceleration: (t, q, out) => {
        if (mean === undefined) forces(q, kernel, { method: 'direct', precision: 'f64', out })
        else mean.force(Math.min(t, T), q, out)
        for (let k = 0; k < q.length; k++) out[k] = out[k]! - trap * q[k]!
      },
      ...{ T, steps: STEPS },
      ...(noisy
        ? { noise: langevinNoise({ key: `${seed}/claim-4.5/${path}`, N, T, resolution: STEPS, ...noise }) }
        : {}),
    })
  const Psi = stepper(undefined, 'path')
  const Phi = stepper(field, added === 'other-noise' ? 'other' : 'path')
  const out = { t: [] as number[], position: [] as number[], momentum: [] as number[], allowed: [] as number[] }
  let [integral, before] = [0, Number.NaN]
  for (let n = 0; n <= STEPS; n++) {
    signal?.throwIfAborted()
    if (n > 0) {
      Psi.advanceSync()
      Phi.advanceSync()
    }
    const now = addedPerTime(Psi.Z, Phi.Z, { kernel, field, t: Math.min(Phi.t, T), trap })
    if (n > 0) integral += (0.5 * (before + now) * T) / STEPS
    before = now
    out.t.push((n / STEPS) * T)
    out.position.push(largest(Psi.Z.q, Phi.Z.q))
    out.momentum.push(largest(Psi.Z.p, Phi.Z.p))
    out.allowed.push(integral)
  }
  return { start: Z, Psi: Psi.Z, Phi: Phi.Z, ...out }
}

async function measure(spec: Remark45Spec, { seed, signal }: MeasureContext): Promise<Measurement> {
  const { start, Psi, Phi, position, momentum, allowed } = await remark45Run(spec, seed, signal)
  const { N } = spec
  const chain = maximum(momentum.slice(1).map((value, n) => value / allowed[n + 1]!))
  const apart = Math.max(position.at(-1)!, momentum.at(-1)!)
  const { nearest, closest } = neighbours(start)
  return {
    constants: [],
    measured: {
      // Leapfrog's momenta are the trapezoidal sums of the same forces, so (2) holds for the steps themselves, up to the noise inside a step.
      overBound: ofSample(chain, 0.01, `one run, ${STEPS} steps, trapezoidal rule`, seed),
      deviation: ofSample(apart, 1e-2, 'one run', seed),
      infinite: ofSample(
        bottleneckDistance(phaseCloud(Psi), phaseCloud(Phi)).value / apart,
        1e-3,
        'exact W_inf of one run',
        seed,
      ),
      nearest: ofSample(nearest * N ** (1 / 3), 0, 'over the particles of one sample', seed),
      closest: ofSample(closest * N ** (2 / 3), 0, 'one sample', seed),
    },
  }
}

function opposite(q: Float64Array, out: Float64Array): void {
  for (let k = 0; k < q.length; k++) out[k] = -q[k]!
}

function largest(x: Float64Array, y: Float64Array): number {
  return x.reduce((most, value, k) => Math.max(most, Math.abs(value - y[k]!)), 0)
}

/** s + f + Lip(E) x at one time. */
function addedPerTime(
  Psi: Configuration,
  Phi: Configuration,
  options: { readonly kernel: Kernel; readonly field: EvolvingField; readonly t: number; readonly trap: number },
): number {
  const { kernel, field, t, trap } = options
  const direct = { method: 'direct', precision: 'f64' } as const
  const onPhi = forces(Phi.q, kernel, direct).force
  const s = largest(forces(Psi.q, kernel, direct).force, onPhi)
  const f = largest(onPhi, field.force(t, Phi.q, new Float64Array(Phi.q.length)))
  return bound.evaluate({ s, f, E: trap, x: largest(Psi.q, Phi.q) })
}

/** The median of the distances to the nearest neighbour, and the smallest of all. */
function neighbours({ N, q }: Configuration): { readonly nearest: number; readonly closest: number } {
  const distances = Float64Array.from({ length: N }, (_, i) => {
    let best = Number.POSITIVE_INFINITY
    for (let j = 0; j < N; j++) {
      if (j === i) continue
      const [a, b, c] = [q[i]! - q[j]!, q[N + i]! - q[N + j]!, q[2 * N + i]! - q[2 * N + j]!]
      best = Math.min(best, a * a + b * b + c * c)
    }
    return Math.sqrt(best)
  })
  return { nearest: median(distances), closest: distances.reduce((a, b) => Math.min(a, b)) }
}

function judge(records: readonly ClaimRecord<Remark45Spec>[]): Verdict {
  return derivedVerdict(records, inside => {
    const rows = inside.map(record => {
      const { added, N } = record.spec
      return `${inWords(measuredValue(record, 'deviation'), 2)} with ${added} added ($N=${N}$)`
    })
    const infinite = maximum(inside.map(record => measuredValue(record, 'infinite')))
    return {
      status: 'holds with a repaired constant or hypothesis',
      basis: 'derivation',
      reason: `On the same Brownian paths additive noise drops out of $\\Psi-\\Phi$, friction helps, a force adds its Lipschitz constant to $C_0\\log N$. Measured $|\\Psi-\\Phi|_\\infty$ at $t=1$: ${rows.join(', ')}. $W_\\infty$ is ${inWords(infinite, 3)} times that at most ($\\sqrt6$ is allowed). Half of the particles have a neighbour within ${inWords(measuredValue(inside[0]!, 'nearest'), 2)}$\\,N^{-1/3}$; the smallest distance is of order $N^{-2/3}$.`,
      repair:
        'the noise must be additive and the same for both flows, the force Lipschitz; then $C_0\\log N+\\operatorname{Lip}(E)$.',
    }
  })
}
