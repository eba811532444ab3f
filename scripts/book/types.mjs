// The declaration files that the cells of the book are checked with, as one compressed script: the library's own, those
// that they import, and TypeScript's, as they are installed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import ts from 'typescript'
import { inRoot } from '../setup/paths.mjs'

/** What cells may call of the globals that a browser's worker has; no connections, which their policy refuses. */
const GLOBALS = [
  ...['console', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'structuredClone'],
  ...['performance', 'AbortController', 'AbortSignal', 'URL', 'TextEncoder', 'TextDecoder', 'atob', 'btoa'],
]

/** What those mention and no cell needs: it would bring WebGL and all the rest. */
const OPAQUE = ['Transferable', 'Blob']

/** And of those of Node, which src/book/kernel/platform/globals.ts stands in for. */
const NODE_GLOBALS = `
declare const process: {
  readonly env: Record<string, string | undefined>; readonly argv: string[]; readonly platform: string; readonly pid: number
  cwd(): string
  readonly stdout: { write(text: string): boolean }; readonly stderr: { write(text: string): boolean }
}
declare function setImmediate(work: () => void): void
declare const Buffer: any
`

/** The declarations of a file that some names need, with all that those need. */
function declarationsOf(file, names) {
  const byName = new Map()
  for (const statement of file.statements) {
    const declared = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map(({ name }) => name.text)
      : [statement.name?.text]
    for (const name of declared) byName.set(name, [...(byName.get(name) ?? []), statement])
  }
  const taken = new Set()
  const visit = node => {
    const used = ts.isTypeReferenceNode(node) ? node.typeName : (node.exprName ?? node.expression)
    if (used !== undefined && ts.isIdentifier(used)) take(used.text)
    ts.forEachChild(node, visit)
  }
  const take = name => {
    if (OPAQUE.includes(name)) return
    for (const statement of byName.get(name) ?? []) {
      if (taken.has(statement)) continue
      taken.add(statement)
      visit(statement)
    }
  }
  for (const name of names) {
    if (!byName.has(name)) throw new Error(`${file.fileName} declares no ${name}`)
    take(name)
  }
  const opaque = OPAQUE.map(name => `type ${name} = unknown`)
  const kept = file.statements
    .filter(statement => taken.has(statement))
    .map(statement => statement.getFullText(file).trim())
  return [...opaque, ...kept].join('\n')
}

/**
 * @returns {Promise<{ files: Record<string, string>, modules: Record<string, string> }>} what
 * src/book/cellTypes/protocol.ts calls TypesFiles
 */
export async function typesFiles() {
  const platform = inRoot('dist', 'book', 'kernel', 'platform')
  const { NODE_MODULES } = await import(pathToFileURL(join(platform, 'nodeModules.js')).href)
  const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
  const libFolder = dirname(ts.getDefaultLibFilePath({}))
  const node_modules = inRoot('node_modules')
  const modules = {}
  const entries = []
  /** Where a file lies for the service. */
  const placed = path =>
    path.startsWith(libFolder)
      ? path.replace(libFolder, '/lib')
      : path.startsWith(node_modules)
        ? path.replace(node_modules, '/node_modules')
        : path.replace(inRoot('dist'), `/${manifest.name}`)
  const enter = (name, path) => {
    modules[name] = placed(path)
    entries.push(path)
  }
  for (const [name, target] of Object.entries(manifest.exports)) {
    if (typeof target === 'object') enter(join(manifest.name, name), inRoot(target.types))
  }
  for (const name of Object.keys(NODE_MODULES)) {
    for (const prefix of ['node:', '']) enter(`${prefix}${name}`, join(platform, `${name}.d.ts`))
  }
  const options = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.webworker.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
    noEmit: true,
  }
  const host = ts.createCompilerHost(options)
  const program = ts.createProgram(entries, options, host)
  const files = {}
  for (const file of program.getSourceFiles()) {
    if (file.fileName.endsWith('lib.webworker.d.ts')) {
      files['/globals/worker.d.ts'] = declarationsOf(file, GLOBALS) + NODE_GLOBALS
      continue
    }
    files[placed(file.fileName)] = file.text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n')
    // Packages are found by their names, as from here.
    for (const { text: name } of file.imports ?? []) {
      if (name.startsWith('.') || name.startsWith('node:') || modules[name] !== undefined) continue
      const { resolvedModule } = ts.resolveModuleName(name, file.fileName, options, host)
      if (resolvedModule !== undefined) modules[name] = placed(resolvedModule.resolvedFileName)
    }
  }
  return { files, modules }
}

/** @param outDir the folder of the book, which gets data/types.js */
export async function packTypes(outDir) {
  const pack = gzipSync(JSON.stringify(await typesFiles()), { level: 9 }).toString('base64')
  mkdirSync(join(outDir, 'data'), { recursive: true })
  writeFileSync(join(outDir, 'data', 'types.js'), `mflData("types.json.gz","${pack}")\n`)
}
