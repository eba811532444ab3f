/**
 * The type of an executable claim: a numbered statement of the paper with its bound, the measurement that tests
 * it and the judgement that follows from the measurement.
 */
import { quote } from '../../base/errors.js'
import type { Formula } from '../../base/formula.js'
import type { RandomStream } from '../../base/random.js'
import type { Estimate } from '../../base/statistics/estimate.js'

/** What a claim's evidence amounts to. */
export type VerdictStatus =
  | 'holds'
  | 'holds with a repaired constant or hypothesis'
  | 'fails as printed'
  | 'not contradicted at these N'
  | 'not testable at these N'

/** Quantities of a claim: what each key means, in words with formulas between $...$. */
export type Quantities = Readonly<Record<string, string>>

/**
 * What the verdict rests on. Sampling alone never yields 'holds'. 'proved' is a derivation whose numbers certificates
 * enclose.
 */
export type VerdictBasis = 'proved' | 'derivation' | 'certified' | 'measured' | 'literature'

/** What the records say of a claim. */
export interface Verdict {
  readonly status: VerdictStatus
  readonly basis: VerdictBasis
  /**
   * Why, in one sentence without measured numbers, TeX between $...$; absent: the first sentence of `reason` is one.
   */
  readonly gist?: string
  /** One or two sentences: why. */
  readonly reason: string
  /** The smallest change under which the statement holds, when it needs one. TeX allowed between $...$. */
  readonly repair?: string
  /** A concrete input that violates the printed statement. */
  readonly counterExample?: Readonly<Record<string, unknown>>
}

/** A hypothesis as a predicate that can be evaluated on a spec. */
export interface Hypothesis<Spec> {
  /** In words, TeX between $...$. */
  readonly text: string
  /** Whether the spec satisfies it. */
  test(spec: Spec): boolean
}

/**
 * Where the second value of a constant comes from. 'search': an optimiser or a solver that does not know the answer.
 * 'quadrature': an integral that has a closed form, done by a rule. 'algebra': the formula that gave the sharp value,
 * solved or evaluated again: a check of the algebra alone.
 */
export type ConstantEvidence = 'search' | 'quadrature' | 'algebra'

/** A constant: as printed, and as sharp as it was found. */
export interface ConstantComparison {
  /** Its key among the claim's quantities, which say what it is the constant of. */
  readonly name: string
  /** The printed value (or the one that the pieces of the printed proof give); null if none is printed. */
  readonly printed: number | null
  /** The best possible constant, in closed form where there is one. */
  readonly sharp: Estimate
  /** TeX of the closed form, if any. */
  readonly sharpTex?: string
  /** The largest ratio that the search reached: that of an admissible input, so a lower bound of the sharp constant. */
  readonly attacked: Estimate
  /** What `attacked` rests on, where it is no search; default 'search'. */
  readonly evidence?: ConstantEvidence
  /** The input that reached it. */
  readonly extremal: Readonly<Record<string, unknown>>
}

/** What a measurement is given beside its spec. */
export interface MeasureContext {
  /** Seed of every random stream used. */
  readonly seed: string
  /** Ends a long measurement when aborted. */
  readonly signal: AbortSignal | undefined
  /** The claim's own stream for these parameters: its key is `seed/claim-id/parameter/parameter/...`. */
  stream(...parameters: readonly (string | number)[]): RandomStream
}

/** What a measurement finds. */
export interface Measurement {
  readonly constants: readonly ConstantComparison[]
  /** Further measured numbers, by the keys of the claim's quantities. */
  readonly measured: Readonly<Record<string, Estimate>>
}

/** A measurement with what it is one of: plain JSON. */
export interface ClaimRecord<Spec = Record<string, number | string>> extends Measurement {
  readonly claim: string
  readonly spec: Spec
  readonly seed: string
  /** The hypotheses and whether this spec satisfies them. */
  readonly hypotheses: readonly { readonly text: string; readonly satisfied: boolean }[]
}

/** What a record must show: its measured quantity or constant, interval and all, on one side of a number. */
export interface Expectation {
  /** Key of `measured`, or name of a constant, of which then the attacked value counts. */
  readonly quantity: string
  /** The interval must lie above this number, or above that of another quantity of the record. */
  readonly above?: number | string
  /** The same, below. */
  readonly below?: number | string
}

/** A negative control: a hypothesis broken on purpose, which the check of the claim must report. */
export interface Control<Spec> {
  /** What is broken, in words, TeX between $...$. */
  readonly text: string
  /** Violates at least one hypothesis of the claim. */
  readonly spec: Spec
  /** How the failure shows. */
  readonly expect: Expectation
}

/**
 * A box of the map of the proof. The claims that are `partOf` its claim count as what it states, those that are
 * `stepOf` it as its proof.
 */
export interface ProofBox {
  /** Default the claim's id. */
  readonly id?: string
  /** 'Thm 3.1'. */
  readonly label: string
  /** In three words. */
  readonly gist: string
  /** From the model (0) to the theorems (4). */
  readonly column: number
  /** From top to bottom. */
  readonly row: number
  /** Ids of the boxes that use it. */
  readonly feeds: readonly string[]
  /** One of the theorems of the paper. */
  readonly theorem?: true
}

/** A bound without a number to compare with: it is shown, and nothing evaluates it. */
export interface ShownBound extends Formula {
  /** Why it can't be evaluated. */
  readonly shownOnly: string
  /** @throws Error always */
  evaluate(scope: Readonly<Record<string, number>>): never
}

/** A formula as a bound that is only shown. @param why it can't be evaluated */
export function shownOnly(shown: Formula, why: string): ShownBound {
  const evaluate = (): never => {
    throw new Error(`a bound that is only shown can't be evaluated: ${why}`)
  }
  return { ...shown, shownOnly: why, evaluate }
}

/** A numbered statement of the paper. `measure` and `judge` are functions of their arguments alone. */
export interface Claim<Spec = Record<string, number | string>> {
  /** Stable id for commands and links: '3.4', '6.1', '2.1', ... */
  readonly id: string
  /** Position in the ledger, which follows the paper; tens, so that a new claim finds room between two. */
  readonly order: number
  /** Where it stands in the map of the proof; absent: about no single statement of it. */
  readonly place?: ProofBox | { readonly partOf: string } | { readonly stepOf: string }
  /** 'Lemma 3.4'. */
  readonly label: string
  readonly title: string
  /** The statement in its own words, TeX between $...$. */
  readonly statement: string
  /** The bound: one source, both shown and evaluated by every measurement, or else only shown, with the reason. */
  readonly bound: Formula | ShownBound
  /** Further bounds that the claim evaluates, by name: 'sharp', 'repaired', steps of the printed proof. */
  readonly formulas: Readonly<Record<string, Formula>>
  /**
   * Everything that `measure` may find, constants as well: what each key means, in words, TeX between $...$. A key that
   * ends in `_` stands for those that go on with a parameter, which takes the place of a `*` that stands alone or
   * behind `=`. `overBound` is every claim's, see `COMMON_QUANTITIES`.
   */
  readonly quantities: Quantities
  readonly hypotheses: readonly Hypothesis<Spec>[]
  /** The specs that `mfl claims` measures by default. */
  readonly defaults: readonly Spec[]
  /** The specs of `mfl claims --full`, where they are more than the defaults. */
  readonly full?: readonly Spec[]
  /** Runs with a hypothesis broken on purpose, at least one. */
  readonly controls: readonly Control<Spec>[]
  /** The evidence at these parameters, at once or as a promise (flows); `measureClaim` makes a record of it. */
  measure(spec: Spec, context: MeasureContext): Measurement | Promise<Measurement>
  /** The verdict that follows from the records alone. */
  judge(records: readonly ClaimRecord<Spec>[]): Verdict
  /**
   * A counter-example of its verdict as a formula or in words, TeX between $...$, with the full stop; undefined for an
   * input of another shape, which is then told by names and values.
   */
  counterExampleText?(input: Readonly<Record<string, unknown>>): string | undefined
  /** Where the proof stands that a verdict by derivation rests on: file and anchor. */
  readonly derivation: string
  /** Ids of the certificates (src/proofs/statements) that enclose the numbers which the verdict rests on. */
  readonly certificates?: readonly string[]
  /** Paper number or DOI. */
  readonly reference: string
  /** Where it is told: notebook file and section anchor. */
  readonly notebook: string
  /** Id of the figure that shows it. */
  readonly figure: string
  /** Its test, a file of test/claims without `.test.ts`. */
  readonly test: string
}

/**
 * A {@link Claim}.
 * @deprecated whether its evidence is there at once makes no difference to `measureClaim`
 */
export type ImmediateClaim<Spec = Record<string, number | string>> = Claim<Spec>

/** Requires a claim. @throws TypeError */
export function requireClaim(name: string, claim: unknown): void {
  const { id, measure, judge, controls, defaults } = Object(claim) as Partial<Claim>
  const isClaim = typeof id === 'string' && typeof measure === 'function' && typeof judge === 'function'
  if (isClaim && Array.isArray(controls) && Array.isArray(defaults)) return
  throw new TypeError(`${name} must be a claim, as from claimById(id), got ${quote(claim)}`)
}
