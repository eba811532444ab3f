/**
 * The file of a plan of rare events: its records, or how far they are, sealed with a digest; whole or absent.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { quote, requireOneOf, requireText } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { canonicalHash, type Json } from '../../files/canonicalJson.js'
import { readFault, writeFileAtomic } from '../../files/files.js'
import { packageRoot } from '../../files/packageRoot.js'
import type { TailCheckpoint } from '../../rare/runTail.js'
import type { TailPlan } from '../../rare/tailPlan.js'

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
  return content as unknown as TailFile
}

/** The recorded tails, by the sign of the force, and their files in data/rare; the plans have the same names in data/plans. */
const RECORDED = {
  repulsion: 'theorem-4-2.tail.json',
  attraction: 'theorem-4-2.tail.attraction.json',
} as const

/**
 * The tail of Theorem 4.2's event as it was recorded last, for the Gaussian law.
 * @throws RangeError for another name; Error if the file is missing or damaged
 * @example recordedTail('attraction').plan.sigma // -1
 */
export function recordedTail(force: keyof typeof RECORDED = 'repulsion'): TailFile {
  const names = Object.keys(RECORDED) as (keyof typeof RECORDED)[]
  return readTailFile(join(packageRoot(), 'data', 'rare', RECORDED[requireOneOf('force', force, names)]))
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
