/**
 * Replays a certificate: no search, only the rules.
 */
import { quote, requireArray } from '../base/errors.js'
import { intervals } from '../base/interval/arithmetic.js'
import { taylorPanel, valuePanel } from '../base/interval/integralEnclosure.js'
import { type Interval, interval, plus, ZERO } from '../base/interval/interval.js'
import { jets, variableJet } from '../base/interval/jets.js'
import { compare, enclosing, parseRational, type Rational } from '../base/interval/rational.js'
import { rationals } from '../base/interval/rationals.js'
import { taylors } from '../base/interval/taylor.js'
import { coordinates, wholeBox } from './box.js'
import {
  type Certificate,
  type ExtremumCertificate,
  type InequalityCertificate,
  type IntegralCertificate,
  parseCertificate,
  type ZeroCertificate,
} from './certificate.js'
import { checkDistance } from './checkDistance.js'
import { checkCover } from './cover.js'
import { type Expression, evaluator, type Names, referencesIn, valueOrNothing } from './expression.js'
import { isInDomain, problemOf, trend } from './rules.js'

/** What a check found. */
export interface CheckedCertificate {
  readonly id: string
  /** Whether the certificate proves its statement. */
  readonly holds: boolean
  /** Why not. */
  readonly reason?: string
  /** Boxes or panels that were settled. */
  readonly leaves: number
}

/**
 * Whether a certificate proves its statement.
 * @param certificate as read from its file
 * @param others among them those that it refers to, each of which is checked too
 * @returns the reason if it does not: never an error for a certificate that is wrong
 * @example checkCertificate({}).holds // false
 */
export function checkCertificate(certificate: unknown, others: readonly unknown[] = []): CheckedCertificate {
  requireArray('others', others)
  return checker([certificate, ...others])(0)
}

/** Checks certificates that may refer to each other, each once; in their order. */
export function checkCertificates(list: readonly unknown[]): CheckedCertificate[] {
  requireArray('list', list)
  const check = checker(list)
  return list.map((_, k) => check(k))
}

/** Checks the k-th of a list, with those that it refers to, each at most once. */
function checker(list: readonly unknown[]): (k: number) => CheckedCertificate {
  const read = list.map(value => {
    try {
      return parseCertificate(value)
    } catch (error) {
      return { fault: (error as Error).message, id: idOf(value) }
    }
  })
  const known = new Map<string, Certificate>()
  const twice = new Set<string>()
  for (const certificate of read) {
    if ('fault' in certificate) continue
    if (known.has(certificate.id)) twice.add(certificate.id)
    known.set(certificate.id, certificate)
  }
  const results = new Map<string, CheckedCertificate>()
  return k => {
    const certificate = read[k]!
    if ('fault' in certificate) return { id: certificate.id, holds: false, reason: certificate.fault, leaves: 0 }
    const { id } = certificate
    if (twice.has(id)) return { id, holds: false, reason: `there are two certificates of ${quote(id)}`, leaves: 0 }
    return checkOne(certificate, known, results, [])
  }
}

const idOf = (value: unknown): string => {
  const { id } = Object(value) as { id?: unknown }
  return typeof id === 'string' ? id : ''
}

function checkOne(
  certificate: Certificate,
  known: ReadonlyMap<string, Certificate>,
  results: Map<string, CheckedCertificate>,
  path: readonly string[],
): CheckedCertificate {
  const { id } = certificate
  const found = results.get(id)
  if (found !== undefined) return found
  let result: CheckedCertificate
  try {
    if (path.includes(id)) throw new RangeError(`certificates must not refer to each other in a circle`)
    const names = { definitions: certificate.definitions ?? [], proved: provedBy(certificate, known, results, path) }
    result = { id, holds: true, leaves: check(certificate, names) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    result = { id, holds: false, reason: error.message, leaves: 0 }
  }
  results.set(id, result)
  return result
}

/** The enclosures that a certificate refers to, each proved first. */
function provedBy(
  certificate: Certificate,
  known: ReadonlyMap<string, Certificate>,
  results: Map<string, CheckedCertificate>,
  path: readonly string[],
): Record<string, Interval> {
  const proved: Record<string, Interval> = {}
  for (const id of referencesOf(certificate)) {
    const other = known.get(id)
    if (other === undefined) throw new RangeError(`the certificate ${quote(id)} must be given, and is not`)
    if (other.kind === 'inequality') throw new RangeError(`${quote(id)} must enclose a number, and is an inequality`)
    const { holds } = checkOne(other, known, results, [...path, certificate.id])
    if (!holds) throw new RangeError(`the certificate ${quote(id)}, which it refers to, does not hold`)
    proved[id] = enclosureOf(other)
  }
  return proved
}

/** The enclosure that a certificate claims. */
export const enclosureOf = ({ lo, hi }: { readonly lo: string; readonly hi: string }): Interval => ({
  lo: enclosing(parseRational(lo)).lo,
  hi: enclosing(parseRational(hi)).hi,
})

/** The ids that a certificate or a statement refers to. */
export function referencesOf(certificate: object): string[] {
  const {
    expression,
    left,
    right,
    where = [],
    definitions = [],
  } = certificate as Partial<Record<'expression' | 'left' | 'right', Expression>> & {
    where?: readonly Expression[]
    definitions?: Names['definitions']
  }
  const parts = [expression, left, right, ...where, ...definitions.map(([, part]) => part)]
  return [...new Set(parts.filter(part => part !== undefined).flatMap(part => referencesIn(part)))]
}

type Known = Omit<Names, 'variables'>

/** The number of leaves. @throws RangeError if it does not hold */
function check(certificate: Certificate, names: Known): number {
  switch (certificate.kind) {
    case 'enclosure': {
      const [lo, hi] = [parseRational(certificate.lo), parseRational(certificate.hi)]
      const value = numberOf(certificate.expression, names)
      requireInside(value, lo, hi)
      return 1
    }
    case 'inequality':
      return checkInequality(certificate, names)
    case 'supremum':
    case 'infimum':
      return checkExtremum(certificate, names)
    case 'integral':
      return checkIntegral(certificate, names)
    case 'zero':
      return checkZero(certificate, names)
    case 'distance':
      return checkDistance(certificate)
  }
}

/** A number exactly, if it is rational by rational steps, and an enclosure of it. */
export interface Value {
  readonly exact: Rational | undefined
  readonly around: Interval
}

/** The value of a formula without variables. */
export function numberOf(expression: Expression, names: Known): Value {
  const all = { ...names, variables: [] }
  const exact = valueOrNothing(() => evaluator(expression, rationals, all)([]))
  return { exact, around: exact === undefined ? evaluator(expression, intervals, all)([]) : enclosing(exact) }
}

function requireInside({ exact, around }: Value, lo: Rational, hi: Rational): void {
  const inside =
    exact === undefined
      ? enclosing(lo).hi <= around.lo && around.hi <= enclosing(hi).lo
      : compare(lo, exact) <= 0 && compare(exact, hi) <= 0
  if (!inside) throw new RangeError(`the value must be seen within the bounds, got [${around.lo}, ${around.hi}]`)
}

function checkInequality({ left, relation, right }: InequalityCertificate, names: Known): number {
  const [a, b] = [numberOf(left, names), numberOf(right, names)]
  const text = `left [${a.around.lo}, ${a.around.hi}], right [${b.around.lo}, ${b.around.hi}]`
  if (a.exact !== undefined && b.exact !== undefined) {
    const sign = compare(a.exact, b.exact)
    if (sign < 0 ? relation !== '=' : sign === 0 && relation !== '<') return 1
  } else if (relation === '<' ? a.around.hi < b.around.lo : relation === '<=' && a.around.hi <= b.around.lo) return 1
  throw new RangeError(`left ${relation} right must be seen, got ${text}`)
}

function checkExtremum(certificate: ExtremumCertificate, names: Known): number {
  const { kind, variables, where = [], cover } = certificate
  const problem = problemOf(variables, upwards(certificate), where, names)
  const witness = certificate.witness.map(parseRational)
  if (witness.length !== variables.length || !isInDomain(problem, variables, witness)) {
    throw new RangeError('the witness must be in the domain')
  }
  const exact = valueOrNothing(() => problem.exact(witness))
  const [least, most] = kind === 'supremum' ? [certificate.lo, certificate.hi] : [certificate.hi, certificate.lo]
  const sign = kind === 'supremum' ? 1n : -1n
  const signed = (text: string): Rational => {
    const { n, d } = parseRational(text)
    return { n: sign * n, d }
  }
  const reached =
    exact === undefined
      ? problem.value(witness.map(enclosing)).lo >= enclosing(signed(least)).hi
      : compare(exact, signed(least)) >= 0
  if (!reached) throw new RangeError(`the witness must reach ${kind === 'supremum' ? 'lo' : 'hi'}`)
  return checkCover(problem, cover, wholeBox(variables), signed(most), witness)
}

/** What has the supremum: the expression, or minus it for an infimum. */
export const upwards = ({ kind, expression }: Pick<ExtremumCertificate, 'kind' | 'expression'>): Expression =>
  kind === 'supremum' ? expression : ['neg', expression]

function checkIntegral(certificate: IntegralCertificate, names: Known): number {
  const { variable, panels, lo, hi } = certificate
  const panel = panelOf(certificate, names)
  const ends = coordinates([variable])
  let [at, leaves, sum] = [0, 0, ZERO]
  const walk = (from: number, to: number): void => {
    const token = panels[at++]
    if (token === undefined) throw new RangeError('the panels must end with the last one')
    if (token === 's') {
      const middle = 0.5 * (from + to)
      walk(from, middle)
      walk(middle, to)
      return
    }
    leaves++
    const [[a], [b]] = [ends.of([[from, from]]), ends.of([[to, to]])]
    sum = plus(sum, panel(token as 't' | 'v', a!, b!))
  }
  walk(0, 1)
  if (at !== panels.length) throw new RangeError(`the panels must end with the last one, got more`)
  requireInside({ exact: undefined, around: sum }, parseRational(lo), parseRational(hi))
  return leaves
}

/** The rules of panels. */
export function panelOf(
  { variable, expression, order }: Pick<IntegralCertificate, 'variable' | 'expression' | 'order'>,
  names: Known,
): (rule: 't' | 'v', a: Interval, b: Interval) => Interval {
  const all = { ...names, variables: [variable.name] }
  const series = evaluator(expression, taylors(order), all)
  const value = evaluator(expression, intervals, all)
  return (rule, a, b) => (rule === 't' ? taylorPanel(x => series([x]), a, b, order) : valuePanel(x => value([x]), a, b))
}

function checkZero({ variable, expression, lo, hi }: ZeroCertificate, names: Known): number {
  const all = { ...names, variables: [variable] }
  const f = evaluator(expression, intervals, all)
  const [a, b] = [enclosing(parseRational(lo)), enclosing(parseRational(hi))]
  if (compare(parseRational(lo), parseRational(hi)) >= 0) throw new RangeError('lo must be less than hi')
  const [left, right] = [f([a]), f([b])]
  const changes = (left.hi < 0 && right.lo > 0) || (left.lo > 0 && right.hi < 0)
  const jet = evaluator(expression, jets(1, 1), all)([variableJet(interval(a.lo, b.hi), 0, 1, 1)])
  if (!changes) throw new RangeError('the expression must change its sign between lo and hi')
  if (trend(jet.gradient, 0) === 0) throw new RangeError('the expression must be monotone between lo and hi')
  return 1
}
