// Types and docblocks of every export, read by typedoc: what the pages of the API reference are made from.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sourceHash } from '../build.mjs'
import { inRoot } from '../setup/paths.mjs'
import { say } from '../setup/problem.mjs'

export const apiFolder = inRoot('api-out')

/** What the radial solver keeps for itself: a field hands it on without anybody reading it. */
const INTERNAL = ['src/flow/field/radial/radialTable.ts:RadialSolution']

const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')

/** Whatever is exported says what it is; members of a record may be clear by their names. */
const DOCUMENTED = ['Variable', 'Function', 'Class', 'Interface', 'TypeAlias', 'Enum', 'Namespace', 'Reference']

/**
 * Reads a package by its entry file.
 * @param {string} entry file with the exports
 * @param {string} tsconfig
 * @param {string[]} internal types that exports mention and that stay inside, as file:name
 * @returns {Promise<{ project: object, warnings: string[] }>} the data, and what is undocumented, unknown or leads nowhere
 */
export async function readExports(entry, tsconfig, internal = []) {
  const { Application, LogLevel } = await import('typedoc')
  const app = await Application.bootstrap({
    name: 'mean-field-limit',
    entryPoints: [entry],
    tsconfig,
    readme: 'none',
    disableGit: true,
    sourceLinkTemplate: '{path}#L{line}',
    excludeInternal: true,
    excludePrivate: true,
    excludeExternals: true,
    // The build has checked the types.
    skipErrorChecking: true,
    sort: ['source-order'],
    blockTags: ['@param', '@returns', '@throws', '@source', '@example', '@deprecated'],
    inlineTags: ['@link'],
    modifierTags: ['@internal'],
    intentionallyNotExported: internal,
    requiredToBeDocumented: DOCUMENTED,
    validation: { notExported: true, invalidLink: true, rewrittenLink: true, notDocumented: true },
    logLevel: 'Warn',
  })
  const warnings = []
  const log = app.logger.log.bind(app.logger)
  app.logger.log = (message, level) => {
    // Without the colours of a terminal and the word in front.
    if (level >= LogLevel.Warn) warnings.push(message.replace(COLOURS, '').replace(/^\[\w+\] /, ''))
    else log(message, level)
  }
  const project = await app.convert()
  if (project === undefined) throw new Error(`typedoc cannot read ${entry}: ${warnings.join('; ')}`)
  app.validate(project)
  for (const { name, comment, signatures } of project.children ?? []) {
    const said = comment ?? signatures?.[0]?.comment
    if (said !== undefined && said.summary.length === 0)
      warnings.push(`${name} has tags, and no sentence that says what it is`)
  }
  return { project: app.serializer.projectToObject(project, inRoot()), warnings }
}

const hash = () =>
  createHash('sha256')
    .update(sourceHash())
    .update(readFileSync(inRoot('scripts/book/api.mjs')))

/**
 * The data of this package, in api-out/api.json; read anew when a source has changed.
 * @returns {Promise<{ project: object, warnings: string[] }>}
 */
export async function packageApi({ log = say } = {}) {
  const file = join(apiFolder, 'api.json')
  const stamp = hash().digest('hex')
  if (existsSync(file)) {
    const known = JSON.parse(readFileSync(file, 'utf8'))
    if (known.stamp === stamp) return known
  }
  log('reading the docblocks of every export (typedoc, about 10 s)')
  const read = { stamp, ...(await readExports(inRoot('src', 'index.ts'), inRoot('tsconfig.json'), INTERNAL)) }
  mkdirSync(apiFolder, { recursive: true })
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(read))
  renameSync(`${file}.${process.pid}`, file)
  return read
}
