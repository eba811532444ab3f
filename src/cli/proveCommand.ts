/**
 * `mfl prove`: certificates of statements, one JSON file each.
 */
import { join } from 'node:path'
import { interruptible } from '../base/interrupt.js'
import { writeFileAtomic } from '../files/files.js'
import { tableBundle } from '../present/table.js'
import type { Certificate } from '../proofs/certificate.js'
import { prove } from '../proofs/prove.js'
import { statementIds, statementsFor } from '../proofs/statements.js'
import { boundsOf } from './checkCommand.js'
import { namesIn } from './lists.js'
import type { Report } from './report.js'
import { requirePath } from './requirePath.js'
import { terminalProgress } from './terminalProgress.js'

interface ProveCommandOptions {
  /** Ids, comma-separated; all by default. */
  readonly only?: string
  /** Where the files go. */
  readonly out: string
}

/** @throws UsageError for an unknown id; RangeError for a statement without a proof; an interrupt */
export async function proveCommand(options: ProveCommandOptions): Promise<Report> {
  const ids = options.only === undefined ? statementIds : namesIn('--only', options.only, statementIds)
  const out = requirePath('--out', options.out)
  const statements = statementsFor(ids)
  const shown = terminalProgress('certificates', 1000 * statements.length)
  const certificates: Certificate[] = []
  const files: string[] = []
  await interruptible(async signal => {
    for (const [done, statement] of statements.entries()) {
      const onProgress = ({ fraction }: { readonly fraction: number }): void =>
        shown.update(Math.round(1000 * (done + fraction)))
      const certificate = await proved(
        statement.id,
        prove(statement, { signal, bar: 'hide', onProgress, certificates }),
      )
      certificates.push(certificate)
      const path = join(out, `${certificate.id}.json`)
      writeFileAtomic(path, certificateText(certificate))
      files.push(path)
    }
  }).finally(() => shown.finish())
  const rows = certificates.map((certificate, k) => {
    const { id, kind } = certificate
    return { id, kind, bounds: boundsOf(certificate), file: files[k]! }
  })
  return { data: { certificates: rows }, text: tableBundle(rows)['text/plain'] }
}

/** The reason with the statement in front. */
function proved(id: string, certificate: Promise<Certificate>): Promise<Certificate> {
  return certificate.catch((error: unknown) => {
    throw error instanceof RangeError ? new RangeError(`${id}: ${error.message}`) : error
  })
}

/** A certificate as a file: a line a member. */
export function certificateText(certificate: Certificate): string {
  const members = Object.entries({ $schema: '../schema/certificate.schema.json', ...certificate })
  return `{\n${members.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(',\n')}\n}\n`
}
