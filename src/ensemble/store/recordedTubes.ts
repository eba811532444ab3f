/**
 * The runs behind the picture of Theorem 4.2, from data/tubes/theorem-4-2.json, which `node scripts/theorem.mjs`
 * writes.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../files/packageRoot.js'
import type { Tubes } from '../../flow/coupled/tubes.js'

/**
 * Nothing is computed. A test measures some of the runs again and compares.
 * @throws Error if the file is missing or damaged
 * @example recordedTubes().runs.length // 20
 */
export function recordedTubes(): Tubes {
  return JSON.parse(readFileSync(join(packageRoot(), 'data', 'tubes', 'theorem-4-2.json'), 'utf8')) as Tubes
}
