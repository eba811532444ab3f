/**
 * Proves statements: finds what a certificate holds.
 */
import { requireArray, requireObject, requireOptions } from '../base/errors.js'
import type { Interval } from '../base/interval/interval.js'
import { type BarOption, reporting } from '../base/progress.js'
import { inTurns, type Steps, type TurnOptions } from '../base/steps.js'
import {
  CERTIFICATE_FORMAT,
  type Certificate,
  parseCertificate,
  requireStatement,
  type Statement,
} from './certificate.js'
import { checkCertificates, enclosureOf, numberOf, referencesOf } from './checkCertificate.js'
import { roundedDown, roundedUp } from './decimals.js'
import type { Names } from './expression.js'
import { proveExtremum } from './proveExtremum.js'
import { proveIntegral } from './proveIntegral.js'
import { proveZero } from './proveZero.js'

/** Options of {@link prove}. */
export interface ProveOptions extends TurnOptions, BarOption {
  /** The certificates that the statement refers to; they are checked. */
  readonly certificates?: readonly Certificate[]
}

/**
 * The certificate of a statement, by search and branch and bound; what it finds is checked by {@link checkCertificate}
 * alone.
 * @throws RangeError if it finds no proof: the box that no rule settles, or the bound that is not reached
 * @example (await prove({ id: 'three', kind: 'inequality', statement: { words: 'pi > 3', tex: '\\pi>3' }, left: '3',
 *   relation: '<', right: 'pi' })).format // 'mean-field-limit certificate 1'
 */
export function prove(statement: Statement, options: ProveOptions = {}): Promise<Certificate> {
  requireObject('statement', statement, '{ id, kind, statement, ... }')
  requireStatement(statement)
  requireOptions<ProveOptions>('prove', options, {
    signal: 'signal',
    onProgress: 'function',
    bar: true,
    certificates: 'given',
  })
  const { certificates = [] } = options
  requireArray('certificates', certificates)
  return reporting('prove', options, report => inTurns(proofSteps(statement, certificates), options, report))
}

/** The work of {@link prove}. */
export function* proofSteps(statement: Statement, certificates: readonly Certificate[]): Steps<Certificate> {
  const names = { definitions: statement.definitions ?? [], proved: provedNumbers(statement, certificates) }
  const { accuracy: _, between: __, ...rest } = statement as Statement & { accuracy?: number; between?: unknown }
  const found = yield* proofOf(statement, names)
  return parseCertificate({ format: CERTIFICATE_FORMAT, ...rest, ...found })
}

function provedNumbers(statement: Statement, certificates: readonly Certificate[]): Record<string, Interval> {
  const needed = referencesOf(statement)
  if (needed.length === 0) return {}
  const results = checkCertificates(certificates)
  return Object.fromEntries(
    needed.map(id => {
      const at = certificates.findIndex(certificate => certificate.id === id)
      const certificate = certificates[at]
      if (certificate === undefined || !results[at]!.holds || !('lo' in certificate)) {
        throw new RangeError(`certificates must hold one of ${id} that encloses a number`)
      }
      return [id, enclosureOf(certificate)]
    }),
  )
}

function* proofOf(statement: Statement, names: Omit<Names, 'variables'>): Steps<object> {
  switch (statement.kind) {
    case 'inequality':
      return {}
    case 'enclosure': {
      const { around } = numberOf(statement.expression, names)
      const { lo = roundedDown(around.lo), hi = roundedUp(around.hi) } = statement
      return { lo, hi }
    }
    case 'integral':
      return yield* proveIntegral(statement, names)
    case 'zero':
      return proveZero(statement, names)
    default:
      return yield* proveExtremum(statement, names)
  }
}
