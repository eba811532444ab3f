/**
 * How a claim is declared, so that the compiler knows its quantities: a key that `measure` finds and the claim does not
 * declare is an error of type. What the compiler cannot know, keys with parameters, is left to `requireDeclared`.
 */
import type { Estimate } from '../../base/statistics/estimate.js'
import type { Claim, ConstantComparison, MeasureContext, Quantities } from './claim.js'

/** What `measure` returns as the compiler infers it: a key that one of its ways out lacks is undefined there. */
interface Finding {
  readonly constants: readonly ConstantComparison[]
  readonly measured: Readonly<Record<string, Estimate | undefined>>
}

type Measuring<Spec> = (spec: Spec, context: MeasureContext) => Finding | Promise<Finding>

/** The keys that a claim may find: its own, with any parameter behind a stem, and that of every claim. */
type Declared<Q> = 'overBound' | { [K in keyof Q]: K extends `${string}_` ? `${K}${string}` : K }[keyof Q]

/** The keys of what is measured, as far as the compiler knows them. */
type Found<F> = F extends { readonly measured: infer Measured }
  ? Measured extends unknown
    ? string extends keyof Measured
      ? never
      : keyof Measured
    : never
  : never

/** A claim as it is given; with a key that is not declared `measure` is of no type that a function has. */
type Given<Spec, Q, Measure extends Measuring<Spec>> = Omit<Claim<Spec>, 'measure' | 'quantities'> & {
  readonly quantities: Q
  readonly measure: [Exclude<Found<Awaited<ReturnType<Measure>>>, Declared<Q>>] extends [never]
    ? Measure
    : { readonly notDeclared: Exclude<Found<Awaited<ReturnType<Measure>>>, Declared<Q>> }
}

/** The claim as it is given. Its `measure` is written without a type of what it returns, which is inferred. */
export function declareClaim<Spec, const Q extends Quantities, Measure extends Measuring<Spec>>(
  given: { readonly measure: Measure } & Given<Spec, Q, Measure>,
): Claim<Spec> {
  return given as unknown as Claim<Spec>
}
