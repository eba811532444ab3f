/**
 * `mfl check`: whether certificates prove their statements.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../files/packageRoot.js'
import { tableBundle } from '../present/table.js'
import { certificateJsonSchema } from '../proofs/certificate.js'
import { checkCertificates } from '../proofs/checkCertificate.js'
import { readJson } from './readJson.js'
import type { Report } from './report.js'
import { requirePath } from './requirePath.js'

interface CheckCommandOptions {
  /** Print the schema instead. */
  readonly schema?: boolean
}

/** Exit code 1 if one does not hold. @throws UsageError for a file that cannot be read as JSON */
export async function checkCommand(files: readonly string[], options: CheckCommandOptions): Promise<Report> {
  if (options.schema) return { data: certificateJsonSchema(), text: JSON.stringify(certificateJsonSchema(), null, 2) }
  const stored = storedFiles()
  const chosen = files.length === 0 ? stored : files.map(file => requirePath('a file', file))
  const certificates = chosen.map(readJson)
  const ids = new Set(certificates.map(idOf))
  // What is given goes before what is stored under the same id.
  const others = files.length === 0 ? [] : stored.map(readJson).filter(other => !ids.has(idOf(other)))
  const results = checkCertificates([...certificates, ...others]).slice(0, chosen.length)
  const failed = results.filter(({ holds }) => !holds).length
  const rows = results.map(({ id, holds, leaves, reason = '' }, k) => ({
    id,
    bounds: boundsOf(certificates[k]),
    verdict: holds ? 'proved' : 'not proved',
    leaves,
    reason,
  }))
  const all = `${rows.length - failed} of ${rows.length} certificates hold`
  return {
    data: { certificates: results.map((result, k) => ({ ...result, file: chosen[k] })) },
    text: rows.length === 0 ? all : `${tableBundle(rows)['text/plain']}\n${all}`,
    code: failed === 0 ? 0 : 1,
  }
}

/** The certificates that come with the package. */
function storedFiles(): string[] {
  const folder = join(packageRoot(), 'data', 'certificates')
  const names = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.json')) : []
  return names.sort().map(name => join(folder, name))
}

const idOf = (value: unknown): unknown => (Object(value) as { readonly id?: unknown }).id

/** The bounds of a certificate, for tables; an inequality has none. */
export function boundsOf(value: unknown): string {
  const { lo, hi } = Object(value) as { readonly lo?: unknown; readonly hi?: unknown }
  return typeof lo === 'string' && typeof hi === 'string' ? `[${lo}, ${hi}]` : ''
}
