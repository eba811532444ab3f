/**
 * The name under which a mean field is stored and shared: fields with the same key are the same function.
 */
import { requireOptions, requirePositive, requireText } from '../../base/errors.js'
import { type Kernel, requireKernel } from '../../interaction/kernel.js'
import { dimensionOf, type Law, requireLaw } from '../../law/law.js'

/** What a mean field in time depends on. */
export interface FieldIdentity {
  readonly law: Law
  readonly kernel: Kernel
  readonly T: number
  readonly tolerance: number
  /** Which solver, and its options. */
  readonly method: string
}

/**
 * The key: JSON of the names and parameters of law and kernel, T, tolerance and method, and a few values of f0 and g to
 * ten digits, so that laws and kernels made from a user's functions under one name are told apart.
 * @example fieldKey({ law: gaussianLaw(), kernel: coulombKernel(), T: 2, tolerance: 1e-6, method: 'radial' })
 */
export function fieldKey(options: FieldIdentity): string {
  requireOptions<FieldIdentity>('fieldKey', options, {
    law: true,
    kernel: true,
    T: true,
    tolerance: true,
    method: true,
  })
  requireLaw(options.law, [2, 3])
  requireKernel(options.kernel)
  requirePositive('T', options.T)
  requirePositive('tolerance', options.tolerance)
  requireText('method', options.method)
  const { law, kernel, T, tolerance, method } = options
  const { values, ...identity } = identityOf(law, kernel)
  return JSON.stringify({ method, ...identity, T, tolerance, values })
}

/** What a law and a kernel are told by: names, parameters, and values of f0 and g to ten digits. */
export interface Identity {
  readonly law: Pick<Law, 'name' | 'parameters'>
  readonly kernel: Readonly<Record<string, unknown>>
  readonly values: readonly string[]
}

/** The identity of a law and a kernel, for keys. @example identityOf(gaussianLaw(), coulombKernel()).law.name */
export function identityOf(law: Law, kernel: Kernel): Identity {
  const length = law.radial?.scale ?? 1
  const d = dimensionOf(law)
  const values: string[] = []
  const put = (x: number): number => values.push(Number.isFinite(x) ? x.toPrecision(10) : String(x))
  if (law.atoms === undefined) {
    for (const [x, v] of [
      [0.1, 0.2],
      [0.6, 0.3],
      [1.3, 0.9],
    ] as const) {
      put(law.density([x * length, 0.1 * x * length, 0].slice(0, d), [0.2 * v, v, 0].slice(0, d)))
    }
  } else {
    const { N, q, p } = law.atoms
    for (const i of [0, N >> 1, N - 1]) values.push(`${q[i]}`, `${p[i]}`)
  }
  for (const r of [1e-3, 0.03, 0.3, 1, 4]) put(kernel.magnitude(r))
  const { name, parameters } = law
  const { alpha, sigma, cutoffRadius } = kernel
  return {
    law: { name, parameters },
    kernel: {
      ...{ name: kernel.name, parameters: kernel.parameters, d: kernel.d },
      ...{ alpha, sigma, cutoffRadius: `${cutoffRadius}` },
    },
    values,
  }
}
