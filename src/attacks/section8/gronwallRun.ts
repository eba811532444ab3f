/**
 * Runs with every term of the Gronwall argument (69)-(77) at 41 times: what the claim measures and its figure shows.
 */
import { requireN, requireOneOf, requirePositive } from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { coupledRun } from '../../flow/coupled/coupledRun.js'
import { type Observer, observer } from '../../flow/coupled/observer.js'
import { deviationObserver } from '../../flow/coupled/observers/deviation.js'
import { system } from '../../flow/coupled/system.js'
import { majorantField } from '../../flow/field/majorantField.js'
import { type RadialField, radialField } from '../../flow/field/radial/radialField.js'
import { forces } from '../../forces/forces.js'
import { majorantSums } from '../../forces/pairSums.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { lipschitzMajorant } from '../../interaction/lipschitzMajorant.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'

export type GronwallBudgetSpec = {
  readonly N: number
  readonly delta: number
  readonly sigma: 1 | -1
  /** 'own': Phi moves in the mean field of its law; 'opposite': in that of the other sign, (16) broken on purpose. */
  readonly field: 'own' | 'opposite'
}

const T = 1
const OUTPUTS = 40
const STEPS = 80
const TERMS = ['s', 'f', 'force', 'crude', 'L', 'Lbar', 'wide'] as const

export interface GronwallTerms {
  readonly t: number
  /** (72), (73), their sum bounded by (71), and K(Psi) - Kbar(Phi). */
  readonly s: number
  readonly f: number
  readonly force: number
  readonly crude: number
  /** max_i L_i(Phi), max_i Lbar_i(Phi), |L - Lbar|_inf. */
  readonly L: number
  readonly Lbar: number
  readonly wide: number
}

/** A run of the claim: x = |Psi^1 - Phi^1|_inf, v = |Psi^2 - Phi^2|_inf and the terms, at 41 times of [0, 1]. */
export interface GronwallRun {
  readonly terms: readonly GronwallTerms[]
  readonly x: Float64Array
  readonly v: Float64Array
}

/**
 * Both flows from one throw with the terms of (69)-(77) at every output time.
 * @throws RangeError naming a field of the spec; the reason of the signal, both as rejections
 * @example (await gronwallRun({ N: 128, delta: 0.2, sigma: 1, field: 'own' }, '1')).terms.at(-1)!.s
 */
export async function gronwallRun(spec: GronwallBudgetSpec, seed: string, signal?: AbortSignal): Promise<GronwallRun> {
  const N = requireN(spec.N)
  const delta = requirePositive('delta', spec.delta)
  const { sigma } = spec
  requireOneOf('field', spec.field, ['own', 'opposite'])
  const law = gaussianLaw()
  const kernel = cutoffKernel({ N, delta, sigma })
  const own = radialField({ law, kernel, T, tolerance: 1e-4 })
  const other = cutoffKernel({ N, delta, sigma: sigma === 1 ? -1 : 1 })
  const field = spec.field === 'own' ? own : radialField({ law, kernel: other, T, tolerance: 1e-4 })
  const run = await coupledRun(
    system({ law, kernel, T, seed: `${seed}/claim-69` }),
    {
      ...{ field, outputs: OUTPUTS, steps: STEPS, scheme: 'leapfrog', threads: 1, budget: 'omit', notes: 'hide' },
      ...(signal === undefined ? {} : { signal }),
    },
    [deviationObserver(), termsObserver(own, { N, delta })] as const,
  )
  const { position, momentum, ...columns } = run.columns
  const terms = Array.from(run.times, (t, n) => {
    const row = Object.fromEntries(TERMS.map(name => [name, columns[name][n]!]))
    return { t, ...row } as unknown as GronwallTerms
  })
  return { terms, x: position, v: momentum }
}

/** The terms at the output times, from direct sums in double precision. */
function termsObserver(
  field: RadialField,
  { N, delta }: { readonly N: number; readonly delta: number },
): Observer<(typeof TERMS)[number]> {
  const { kernel } = field
  const direct = { method: 'direct', precision: 'f64' } as const
  const l = lipschitzMajorant({ N, delta })
  const mean = majorantField(field, l)!
  const difference = (a: Float64Array, b: Float64Array): number =>
    a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k]!)), 0)
  return observer({
    columns: TERMS,
    see: ({ t, Psi: { q: Psi }, Phi: { q: Phi } }) => {
      const KPsi = forces(Psi, kernel, direct).force
      const KPhi = forces(Phi, kernel, direct).force
      const Kbar = field.force(t, Phi, new Float64Array(Phi.length))
      const L = majorantSums(Phi, l)
      const Lbar = mean(t, Phi)
      let strongest = 0
      for (let i = 1; i <= 100; i++) strongest = Math.max(strongest, Math.abs(field.radial(t, i / 20)))
      return {
        s: difference(KPsi, KPhi),
        f: difference(KPhi, Kbar),
        force: difference(KPsi, Kbar),
        crude: N ** (2 * delta) + strongest,
        L: maximum(L),
        Lbar: maximum(Lbar),
        wide: difference(L, Lbar),
      }
    },
  })
}
