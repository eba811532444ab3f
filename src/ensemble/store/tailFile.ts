/**
 * The file of a plan of rare events: its records, or how far they are, sealed with a digest; whole or absent.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { quote, requireOneOf, requireOptions, requirePositive, requireText } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { canonicalHash, type Json } from '../../files/canonicalJson.js'
import { readFault, writeFileAtomic } from '../../files/files.js'
import { packageRoot } from '../../files/packageRoot.js'
import { lawNames } from '../../law/lawByName.js'
import { DEVIATION_EVENTS, type DeviationEvent } from '../../rare/deviationScore.js'
import { joinTails } from '../../rare/joinTails.js'
import type { TailCheckpoint } from '../../rare/runTail.js'
import { parseTailPlan, type TailPlan } from '../../rare/tailPlan.js'

/** What a file of rare events holds. */
export interface TailFile extends TailCheckpoint {
  readonly plan: TailPlan
  readonly provenance: Readonly<Record<string, string>>
}

/** Writes the content with its SHA-256, so that a file that was changed is known. @throws Error in one sentence */
export function writeTailFile(path: string, content: TailFile): void {
  requireText('path', path)
  requireShape<TailFile>('content', content, {
    plan: 'any',
    provenance: 'record',
    records: 'any',
    current: { optional: 'any' },
  })
  const plain = JSON.parse(JSON.stringify(content)) as { readonly [key: string]: Json }
  writeFileAtomic(path, `${JSON.stringify({ sha256: canonicalHash(plain), ...plain })}\n`)
}

/**
 * Reads a result of `mfl rare`, and checks its SHA-256.
 * @throws Error in one sentence: not there, no JSON, none of these files, or changed after it was written
 */
export function readTailFile(path: string): TailFile {
  requireText('path', path)
  const { sha256, ...content } = jsonOf(path)
  if (sha256 === undefined || sha256 !== canonicalHash(content as { readonly [key: string]: Json })) {
    throw new Error(`${quote(path)} is no result of mfl rare, or was changed after it was written`)
  }
  const file = content as unknown as TailFile
  // Members that plans did not have when it was written have their defaults.
  return { ...file, plan: parseTailPlan(file.plan) }
}

/** Which recorded tail is meant. */
export interface RecordedTailOptions {
  /** Default 1. */
  readonly T?: number
  /** Whose supremum it is of; default 'Delta'. */
  readonly event?: DeviationEvent
  /** The name of the initial law; default 'gaussian'. */
  readonly law?: string
}

const SIGNS = { repulsion: 1, attraction: -1 } as const

/** Every file of data/rare, in the order of their names; the plans have the same names in data/plans. */
export function recordedTails(): readonly TailFile[] {
  const folder = join(packageRoot(), 'data', 'rare')
  const names = readdirSync(folder).filter(name => name.includes('.tail.') && name.endsWith('.json'))
  return names.sort().map(name => readTailFile(join(folder, name)))
}

/**
 * The tail of Theorem 4.2's events as it was recorded last, for one law: all N and delta, one after the other.
 * @throws TypeError, RangeError naming the argument; RangeError for what was not recorded; Error if a file is missing
 * or damaged
 * @example recordedTail('attraction').plan.sigma // -1
 */
export function recordedTail(
  force: keyof typeof SIGNS = 'repulsion',
  options: RecordedTailOptions = {},
): Omit<TailFile, 'current'> {
  const sigma = SIGNS[requireOneOf('force', force, Object.keys(SIGNS) as (keyof typeof SIGNS)[])]
  requireOptions<RecordedTailOptions>('recordedTail', options, { T: true, event: true, law: true })
  const { T = 1, event = 'Delta', law = 'gaussian' } = options
  requirePositive('T', T)
  requireOneOf('event', event, DEVIATION_EVENTS)
  requireOneOf('law', law, lawNames)
  const found = recordedTails().filter(
    ({ plan }) => plan.sigma === sigma && plan.T === T && plan.event === event && plan.law === law,
  )
  if (found.length === 0) {
    throw new RangeError(
      `force, T, event and law must be those of a recorded tail, got ${[force, T, event, law].join(', ')}`,
    )
  }
  return { ...joinTails(found), provenance: found[0]!.provenance }
}

function jsonOf(path: string): Record<string, unknown> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw readFault(path, cause)
  }
  try {
    return { ...(JSON.parse(text) as object) }
  } catch {
    return {}
  }
}
