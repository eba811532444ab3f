/**
 * Certificates that must not hold: each a true one with one thing changed. Written out by the full test for the second
 * checker too.
 */
import {
  compare,
  difference,
  parseRational,
  product,
  type Rational,
  rational,
  rationalText,
  sum,
} from '../../src/base/interval/rational.js'
import type { Certificate } from '../../src/proofs/index.js'

/** A changed certificate, and how. */
export interface Spoilt {
  readonly how: string
  readonly certificate: unknown
}

/** A unit of the eleventh digit, or ten times the bounds' distance if that is more. */
function unit(lo: Rational, hi: Rational): Rational {
  const size = Math.max(Math.abs(Number(lo.n) / Number(lo.d)), Math.abs(Number(hi.n) / Number(hi.d)), 1e-300)
  const digit = parseRational(`1e${Math.floor(Math.log10(size)) - 10}`)
  const gap = product(rational(10n), difference(hi, lo))
  return compare(digit, gap) > 0 ? digit : gap
}

/** Everything that can be spoilt about a certificate. */
export function spoilt(certificate: Certificate): Spoilt[] {
  const changes: Spoilt[] = []
  const add = (how: string, change: object): void => {
    changes.push({ how, certificate: { ...certificate, ...change } })
  }
  add('another format', { format: 'mean-field-limit certificate 0' })
  if (certificate.kind === 'inequality') {
    const { left, relation, right } = certificate
    if (relation === '=') add('one side in the 11th digit', { left: ['*', left, '1.00000000001'] })
    else add('its sides swapped', { left: right, right: left })
    return changes
  }
  const [lo, hi] = [parseRational(certificate.lo), parseRational(certificate.hi)]
  const step = unit(lo, hi)
  const text = rationalText
  add('bounds above the truth in the 11th digit', { lo: text(sum(lo, step)), hi: text(sum(hi, step)) })
  add('bounds below the truth in the 11th digit', { lo: text(difference(lo, step)), hi: text(difference(hi, step)) })
  add('lo above the truth', { lo: text(sum(hi, step)), hi: text(sum(hi, product(rational(2n), step))) })
  add('bounds swapped', compare(lo, hi) < 0 ? { lo: certificate.hi, hi: certificate.lo } : { lo: text(sum(lo, step)) })
  if (certificate.kind !== 'zero' && certificate.kind !== 'distance')
    add('the sign of its expression swapped', { expression: ['neg', certificate.expression] })
  if (certificate.kind === 'supremum' || certificate.kind === 'infimum') {
    const { cover } = certificate
    add('no cover', { cover: '' })
    add('a box missing', { cover: cover.slice(0, -1) })
    add('a box too many', { cover: `${cover}v` })
    add('a box said to be outside the domain', { cover: 'o' })
    add('a witness outside the domain', {
      witness: certificate.variables.map(({ hi: end }) => `${Number(parseRational(end).n) + 1}`),
    })
    add('a witness with a coordinate too many', { witness: [...certificate.witness, '0'] })
    add('a domain that is larger, on which nothing is covered', { variables: [], witness: [] })
  }
  if (certificate.kind === 'distance') {
    const { plan, from, potentials } = certificate
    add('a plan that is none', { plan: plan.map(() => 0) })
    add('two of its plan swapped', { plan: [plan[1], plan[0], ...plan.slice(2)] })
    add('a point moved', { from: [from[0]!.map(t => t + 1000), ...from.slice(1)] })
    if (potentials === undefined) add('no set', { set: undefined })
    else {
      add('a potential raised', { potentials: potentials.map((t, j) => (j === 1 ? t + 10 : t)) })
      add('a potential lowered', { potentials: potentials.map((t, j) => (j === 1 ? t - 10 : t)) })
      add('a potential missing', { potentials: potentials.slice(1) })
    }
  }
  if (certificate.kind === 'integral') {
    const { panels } = certificate
    add('a panel missing', { panels: panels.slice(0, -1) })
    add('a panel too many', { panels: `${panels}t` })
    add('an odd order', { order: certificate.order + 1 })
    add('an order beyond 40', { order: 42 })
    add('panels by values alone', { panels: 'v' })
  }
  return changes
}
