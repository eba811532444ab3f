// CITATION.cff as a module of src/, so that cite() works in browsers too. The file is kept in git, and a test compares.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inRoot } from './setup/paths.mjs'

const source = inRoot('CITATION.cff')
const target = inRoot('src', 'base', 'citation.generated.ts')

/**
 * The module made from the text of a CITATION.cff.
 * @param {string} text
 */
export function citationModule(text) {
  // Loaded here, since the build's other parts run before the packages are there.
  const { parse } = createRequire(import.meta.url)('yaml')
  const record = JSON.stringify(parse(text, { schema: 'failsafe' }), null, 2)
  return `// Generated from CITATION.cff by scripts/build.mjs.
import type { CitationRecord } from './citationRecord.js'

/** The file as it is. */
export const citationText: string = ${JSON.stringify(text)}

/** The same, parsed. */
export const citationRecord: CitationRecord = ${record}
`
}

/** Writes the module if it is not what CITATION.cff says. */
export function buildCitation() {
  const content = citationModule(readFileSync(source, 'utf8'))
  if (existsSync(target) && readFileSync(target, 'utf8') === content) return
  writeFileSync(`${target}.next`, content)
  renameSync(`${target}.next`, target)
}
