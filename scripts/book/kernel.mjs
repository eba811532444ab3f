// The scripts of the kernel that runs cells in the book: the library with what takes the place of Node, the compiler,
// KaTeX.
import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { build } from 'vite'
import { inRoot } from '../setup/paths.mjs'
import { BUILD, CONSTANTS_ONCE, portableOnly, scriptBuild } from './bundle.mjs'
import { threadless } from './threadless.mjs'

const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
const platform = name => inRoot('dist', 'book', 'kernel', 'platform', `${name}.js`)

/** What a browser has in the place of Node's modules, and of packages that come later. */
const NODE = {
  'node:fs': platform('fs'),
  'node:path': platform('path'),
  'node:os': platform('os'),
  'node:url': platform('url'),
  'node:crypto': platform('crypto'),
  'node:module': platform('module'),
  'node:async_hooks': platform('asyncHooks'),
  'node:util': platform('util'),
  hyparquet: platform('parquet'),
  'hyparquet-writer': platform('parquet'),
}

/** Packages that are of no use in a browser: what calls them fails with a sentence. */
const ABSENT = new Set([...Object.keys(manifest.peerDependencies), 'piscina', ...builtinModules])

/** All modules that the package exports, by name, and the kernel with them. */
function kernelEntry() {
  const entries = Object.entries(manifest.exports).filter(([, target]) => typeof target === 'object')
  const path = target => JSON.stringify(inRoot(target.default))
  const imports = entries.map(([, target], i) => `import * as m${i} from ${path(target)}`)
  const names = entries.map(([name], i) => `${JSON.stringify(join(manifest.name, name))}: m${i}`)
  const { name, version, peerDependencies } = manifest
  const found = JSON.stringify(JSON.stringify({ name, version, peerDependencies }))
  return [
    `import ${JSON.stringify(platform('globals'))}`,
    `import { startKernel } from ${JSON.stringify(inRoot('dist/book/kernel/kernelWorker.js'))}`,
    ...imports,
    `startKernel({ ${names.join(', ')} }, ${found})`,
  ].join('\n')
}

const ENTRIES = {
  kernel: kernelEntry,
  compiler: () =>
    `import typescript from 'typescript'\nimport * as util from 'node-inspect-extracted'\nexport { typescript, util }`,
  types: () => `export { startTypes } from ${JSON.stringify(inRoot('dist/book/cellTypes/typesWorker.js'))}`,
  parquet: () =>
    `export { parquetMetadata, parquetReadObjects } from 'hyparquet'\nexport { parquetWriteBuffer } from 'hyparquet-writer'`,
  katex: () => `import katex from 'katex'\nexport default katex`,
}

const instead = {
  name: 'instead-of-node',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (source.startsWith('\0entry:')) return source
    const ours = importer?.startsWith(inRoot('dist'))
    if (NODE[source] !== undefined && (ours || source.startsWith('node:'))) return NODE[source]
    if (source.startsWith('node:') || ABSENT.has(source)) return `\0absent:${source}`
    const unthreaded = threadless(source)
    if (unthreaded !== undefined) return unthreaded
    if (importer?.startsWith('\0entry:') && !source.startsWith('/')) return this.resolve(source, inRoot('package.json'))
  },
  load(id) {
    if (id.startsWith('\0entry:')) return ENTRIES[id.slice('\0entry:'.length)]()
    if (!id.startsWith('\0absent:')) return
    // CommonJS, so that any name can be imported; it throws when it is called.
    const message = JSON.stringify(`${id.slice('\0absent:'.length).replace('node:', '')} is not there in a browser`)
    const code = `module.exports = new Proxy({}, { get: (_, key) => key === '__esModule' ? false : function () { throw new Error(${message}) } })`
    return { code, moduleType: 'js' }
  },
  transform(code, id) {
    // The help texts of mathjs, which no formula reads.
    if (id.endsWith('embeddedDocs.js')) return 'export const embeddedDocs = {}'
    if (id.startsWith(inRoot('dist')))
      return code.replaceAll('import.meta.url', '"file:///mean-field-limit/dist/module.js"')
  },
}

/**
 * The script is a function that returns the module: it does nothing by itself, and its text can be handed to a worker.
 */
const asFunction = name => ({
  name: 'script-as-function',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      const global = `mfl${name[0].toUpperCase()}${name.slice(1)}`
      chunk.code = `function ${global}(){${chunk.code}\nreturn typeof mflModule==='undefined'?undefined:mflModule}\n`
    }
  },
})

/** @param outDir the folder of the book */
export async function bundleKernel(outDir, names = Object.keys(ENTRIES)) {
  for (const name of names) {
    await build({
      ...BUILD,
      // Not the library for browsers, which leaves out what needs Node: here is something in its place.
      resolve: { mainFields: ['module', 'main'] },
      plugins: [instead, portableOnly, asFunction(name)],
      build: {
        ...scriptBuild(outDir),
        rolldownOptions: {
          input: `\0entry:${name}`,
          preserveEntrySignatures: 'strict',
          output: {
            format: 'iife',
            entryFileNames: `${name}.js`,
            name: 'mflModule',
            exports: 'auto',
            codeSplitting: false,
          },
          optimization: CONSTANTS_ONCE,
          checks: { pluginTimings: false },
          transform: { define: { 'import.meta': '{}' } },
        },
      },
    })
  }
}
