/**
 * `mfl distance`: the Wasserstein distance between the points of two files, with its certified bracket.
 */
import { quote } from '../base/errors.js'
import { readPoints, STANDARD_INPUT } from '../ensemble/store/readPoints.js'
import { writeFileAtomic } from '../files/files.js'
import { readableNumber } from '../present/html.js'
import type { Certificate } from '../proofs/certificate.js'
import { type TransportResult, transportGap } from '../transport/assignment/transportResult.js'
import { distanceBetweenAsync } from '../transport/distanceBetween.js'
import type { PointCloud } from '../transport/pointCloud.js'
import { distanceCertificate } from '../transport/proof/distanceCertificate.js'
import { type ProvedDistance, provedDistance } from '../transport/proof/provedDistance.js'
import { numberIn } from './numbers.js'
import { certificateText } from './proveCommand.js'
import { type Report, UsageError } from './report.js'
import { requirePath } from './requirePath.js'
import { terminalProgress } from './terminalProgress.js'

/** Options of `mfl distance`. */
interface DistanceOptions {
  /** A number >= 1, or "inf". */
  readonly p: string
  /** Wanted relative gap, in (0, 1); exact by default. */
  readonly gap?: string
  /** Seconds after which the best bracket is printed. */
  readonly timeLimit?: string
  /** Prove the bracket from its evidence, without rounding. */
  readonly prove?: boolean
  /** Where the certificate goes. */
  readonly certificate?: string
}

/** What a shell expects of a program that was interrupted. */
const INTERRUPTED = 130

/** Milliseconds; a longer time makes a timer fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1

/**
 * Ctrl-C ends the search and prints the best certified bracket.
 * @throws UsageError for files and options that won't do
 */
export async function distanceCommand(a: string, b: string, options: DistanceOptions): Promise<Report> {
  const p = exponent(options.p)
  const gap = options.gap === undefined ? undefined : numberIn('--gap', options.gap, { min: 0, max: 1, open: true })
  const timeLimit =
    options.timeLimit === undefined
      ? undefined
      : numberIn('--time-limit', options.timeLimit, { min: 0, max: 1e9, open: true })
  if (a === STANDARD_INPUT && b === STANDARD_INPUT) throw new UsageError('only one of A and B can be standard input')
  if (options.prove && ![1, 2, Number.POSITIVE_INFINITY].includes(p)) {
    throw new UsageError(`--prove needs --p 1, 2 or inf; got ${quote(options.p)}`)
  }
  const path = options.certificate === undefined ? undefined : requirePath('--certificate', options.certificate)
  if (path !== undefined && !options.prove) throw new UsageError('--certificate needs --prove')
  const found = await search(a, b, p, { gap, timeLimit })
  // Not before the search is over, so that Ctrl-C now ends the command.
  const proved = options.prove ? provedDistance(found.X, found.Y, found.result) : undefined
  if (path !== undefined) writeFileAtomic(path, certificateText(certified(found)))
  return { data: document(a, b, found, proved), text: text(found, proved), code: found.code }
}

/** @throws UsageError for what no certificate is of: too many points, different numbers of them */
function certified({ X, Y, result }: Found): Certificate {
  try {
    return distanceCertificate(X, Y, result)
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`--certificate: ${error.message}`)
    throw error
  }
}

/** A distance with the clouds that it is between. */
interface Found {
  readonly X: PointCloud
  readonly Y: PointCloud
  readonly result: TransportResult
  readonly seconds: number
  readonly code: number
}

async function search(
  a: string,
  b: string,
  p: number,
  { gap, timeLimit }: { readonly gap: number | undefined; readonly timeLimit: number | undefined },
): Promise<Found> {
  const end = new AbortController()
  let code = 0
  const interrupt = (): void => {
    code = INTERRUPTED
    end.abort()
  }
  process.once('SIGINT', interrupt)
  let timer: NodeJS.Timeout | undefined
  const bar = terminalProgress('distance', 1)
  try {
    const [X, Y] = [await points(a), await points(b)]
    requireComparable(X, Y, p)
    // A timer of our own: what AbortSignal.any makes of AbortSignal.timeout may be collected before it fires.
    if (timeLimit !== undefined) timer = setTimeout(() => end.abort(), Math.min(1000 * timeLimit, LONGEST_TIMER))
    const start = performance.now()
    const result = await distanceBetweenAsync(X, Y, p, {
      ...(gap === undefined ? {} : { gap }),
      signal: end.signal,
      onProgress: ({ matched }) => bar.update(matched),
    })
    return { X, Y, result, seconds: (performance.now() - start) / 1000, code }
  } catch (error) {
    // Sizes that the solver refuses, in its words.
    if (error instanceof RangeError && !(error instanceof UsageError)) throw new UsageError(error.message)
    throw error
  } finally {
    clearTimeout(timer)
    bar.finish()
    process.removeListener('SIGINT', interrupt)
  }
}

function requireComparable(X: PointCloud, Y: PointCloud, p: number): void {
  if (X.d !== Y.d) throw new UsageError(`A and B must have the same dimension; got ${X.d} and ${Y.d}`)
  if (p === Number.POSITIVE_INFINITY && X.d > 1 && X.n !== Y.n) {
    throw new UsageError(`--p inf needs equally many points in more than one dimension; got ${X.n} and ${Y.n}`)
  }
}

function exponent(text: string): number {
  const p = /^(inf|infinity)$/i.test(text.trim()) ? Number.POSITIVE_INFINITY : Number(text)
  if (p >= 1 && (p <= 100 || p === Number.POSITIVE_INFINITY) && text.trim() !== '') return p
  throw new UsageError(`--p must be a number in [1, 100] or inf; got ${quote(text)}`)
}

async function points(path: string): Promise<PointCloud> {
  try {
    return await readPoints(path)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

function document(
  a: string,
  b: string,
  { X, Y, result, seconds }: Found,
  proved: ProvedDistance | undefined,
): Record<string, unknown> {
  const { p, value, low, high, status, method } = result
  const sizes = { d: X.d, n: { a: X.n, b: Y.n } }
  const found = { a, b, ...sizes, p, value, low, high, gap: transportGap(result), status, method, seconds }
  return proved === undefined ? found : { ...found, proved }
}

function text({ X, Y, result, seconds }: Found, proved: ProvedDistance | undefined): string {
  const { p, value, low, high, status, method } = result
  const name = p === Number.POSITIVE_INFINITY ? 'W_inf' : `W_${p}`
  return [
    [name, String(value)],
    ['bracket', `[${low}, ${high}]`],
    ['gap', `${readableNumber(transportGap(result), 3)} (${MEANING[status]})`],
    ...(proved === undefined ? [] : proof(name, proved)),
    ['points', `${X.n} and ${Y.n} in dimension ${X.d}, equal weights`],
    ['method', method],
    ['time', `${readableNumber(seconds, 3)} s`],
  ]
    .map(([label, content]) => `${label!.padEnd(9)}${content}`)
    .join('\n')
}

/** Longer rationals are in the JSON document only. */
const SHORT = 40

function proof(name: string, { p, low, high, encloses, exact, pairs, open }: ProvedDistance): string[][] {
  const power = encloses === 'square' ? `${name}^2` : name
  const evidence = p === Number.POSITIVE_INFINITY ? 'a set with too few near points' : 'potentials'
  return [
    ['proved', `[${low}, ${high}], by the plan and ${evidence}, for the points as read`],
    ...(exact.low === exact.high && exact.low.length <= SHORT ? [['exactly', `${power} = ${exact.low}`]] : []),
    ['', `${pairs} pairs compared, ${open} of them in whole numbers, the others by a bound on rounding`],
  ]
}

const MEANING: Readonly<Record<TransportResult['status'], string>> = {
  exact: 'exact: rounding only',
  bracket: 'certified bracket',
  interrupted: 'interrupted: certified bracket so far',
}
