/**
 * What would bring a coupled run within its error budget: the option, a value, and what it is estimated to cost.
 */
import type { EvolvingField } from '../field/evolvingField.js'

/** What the advice is a function of. */
export interface AdviceInput {
  /** Shares of the deviation, NaN where not measured. */
  readonly shares: { readonly step: number; readonly force: number; readonly field: number }
  readonly limit: number
  readonly steps: number
  /** Relative force tolerance of the run. */
  readonly tolerance: number
  readonly field: Pick<EvolvingField, 'error' | 'scale' | 'parameters'>
}

/**
 * Exponent of the grid solver's marker error, E ~ M^-0.6, and the largest number of markers that it takes by itself.
 */
const MARKER_RATE = 0.6
const MOST_MARKERS = 2 ** 20
/** Estimated seconds of a marker and force, forces of a step, and bytes of a marker in both sets with their run. */
const MARKER_SECONDS = 4e-7
const STAGES = 6
const MARKER_BYTES = 300
/** Nodes a digit along each coordinate of phase space that the radial solver needs. */
const DIGIT_NODES = 3

/**
 * One clause for each share that is larger than its part of the budget; the parts are equal. Shares fall like the
 * square of the step (the order that the corner of (4) leaves), and in proportion to force and field tolerance.
 * @returns an empty text where every share is within its part
 * @example budgetAdvice({ shares: { step: 0.08, force: 0, field: 0 }, limit: 0.02, steps: 100, tolerance: 1e-4, field }).includes('steps: 300') // true
 */
export function budgetAdvice({ shares, limit, steps, tolerance, field }: AdviceInput): string {
  const known = Object.values(shares).filter(share => share > 0).length
  // A tenth is left over: a share does not fall exactly as predicted.
  const part = (0.9 * limit) / Math.max(1, known)
  const clauses: string[] = []
  if (shares.step > part) {
    const factor = Math.ceil(Math.sqrt(shares.step / part))
    clauses.push(`\`steps: ${factor * steps}\` (${factor} times the steps and the time)`)
  }
  if (shares.force > part) {
    const wanted = (tolerance * part) / shares.force
    clauses.push(`\`tolerance: ${short(wanted)}\` (direct sums above 1e-6: no more time; below: at most twice)`)
  }
  if (shares.field > part) clauses.push(fieldAdvice(field, part / shares.field))
  return clauses.join('; ')
}

/** What a digit more asks of the bandwidth of a lattice. */
const DIGIT_BANDWIDTH = 1.6

/** @param ratio what the error must be multiplied with */
function fieldAdvice({ error, scale, parameters }: AdviceInput['field'], ratio: number): string {
  const wanted = (error.high / scale) * ratio
  const value = `fieldTolerance: ${short(wanted)}`
  const { markers, steps, nodes, bandwidth } = parameters
  if (typeof bandwidth === 'number') {
    const more = bandwidth + DIGIT_BANDWIDTH * Math.max(0, -Math.log10(ratio))
    return `\`${value}\` (the solver for smooth laws: about ${((more / bandwidth) ** 6).toPrecision(2)} times its time)`
  }
  if (typeof markers === 'number' && typeof steps === 'number') {
    const M = 2 ** Math.ceil(Math.log2(markers * ratio ** (-1 / MARKER_RATE)))
    const cost = `${M} markers, about ${time(2 * STAGES * MARKER_SECONDS * M * steps)} and ${memory(MARKER_BYTES * M)}`
    if (M <= MOST_MARKERS) return `\`${value}\` (the grid solver: ${cost})`
    return (
      `a \`field\` from \`gridField({ law, kernel, T, tolerance: ${short(wanted)}, limits: { markers: ${M} } })\` ` +
      `(${cost}, of which none by itself takes more than ${MOST_MARKERS}), or a larger \`budgetLimit\``
    )
  }
  if (typeof nodes === 'number') {
    const more = nodes + DIGIT_NODES * Math.max(0, -Math.log10(ratio))
    return `\`${value}\` (the radial solver: about ${((more / nodes) ** 3).toPrecision(2)} times its time)`
  }
  return `a \`field\` whose error is ${ratio.toPrecision(2)} times this one's`
}

/** One digit, rounded down. */
function short(x: number): string {
  const unit = 10 ** Math.floor(Math.log10(x))
  return String(Number((Math.floor(x / unit) * unit).toPrecision(1)))
}

function time(seconds: number): string {
  return seconds < 90
    ? `${Math.ceil(seconds)} s`
    : seconds < 5400
      ? `${Math.ceil(seconds / 60)} min`
      : `${Math.ceil(seconds / 3600)} h`
}

function memory(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toPrecision(2)} GB`
}
