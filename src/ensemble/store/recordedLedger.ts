/**
 * The ledger as measured last, from data/claims.json: for `mfl claims --recorded`, for comparison with a new
 * measurement, and for notebooks that want all verdicts at once.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredLedger } from '../../claims/core/ledgerRecord.js'
import { packageRoot } from '../../files/packageRoot.js'

/**
 * Nothing is computed. A test measures every claim again and compares.
 * @throws Error if the file is missing or damaged
 * @example recordedLedger().claims.find(({ id }) => id === '6.1').verdict.status // 'fails as printed'
 */
export function recordedLedger(): StoredLedger {
  return JSON.parse(readFileSync(join(packageRoot(), 'data', 'claims.json'), 'utf8')) as StoredLedger
}
