/**
 * The mean field of a law and a kernel: {@link fieldFor} for those who have no system.
 */
import { type OptionKind, requireOptions } from '../../base/errors.js'
import type { Kernel } from '../../interaction/kernel.js'
import type { Law } from '../../law/law.js'
import type { EvolvingField } from './evolvingField.js'
import { ACCURACY_OPTIONS, type FieldAccuracy, labelledField } from './fieldFor.js'

/** Options of {@link evolvingField}. */
export interface EvolvingFieldOptions extends FieldAccuracy {
  readonly law: Law
  /** k^N_delta with its sign, of the law's dimension (the radial solver also knows d = 2 for some laws of R^3). */
  readonly kernel: Kernel
  /** Last time, > 0. */
  readonly T: number
}

/** The options of a mean field in time, as `requireOptions` checks them. */
export const FIELD_OPTIONS: Readonly<Record<keyof EvolvingFieldOptions, OptionKind>> = {
  law: true,
  kernel: true,
  T: true,
  ...ACCURACY_OPTIONS,
}

/**
 * The mean field k^N_delta * rho^N_t on [0, T], to 1e-6 by the radial solver, 1e-4 by that for smooth laws, 1e-2 by the
 * grid (1.2e-3 for laws with an axis, under attraction 2e-3) unless a tolerance is given; as {@link fieldFor} computed
 * once and kept.
 * @returns the field; `error` says what was reached: a tolerance that cannot be met is reported there, not thrown
 * @throws TypeError, RangeError naming the argument; the signal's reason
 * @source (10)-(12)
 * @example
 * const kernel = cutoffKernel({ N: 1000, delta: 0.25 })
 * const field = await evolvingField({ law: gaussianLaw(), kernel, T: 1, tolerance: 1e-4 })
 */
export async function evolvingField(options: EvolvingFieldOptions): Promise<EvolvingField> {
  requireOptions<EvolvingFieldOptions>('evolvingField', options, FIELD_OPTIONS)
  const { law, kernel, T, ...accuracy } = options
  return labelledField('evolvingField', { law, kernel, T }, accuracy)
}
