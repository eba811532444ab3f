// The book: pages from dist/book/site, scripts and styles through Vite, all in one folder.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, preview } from 'vite'
import { inRoot, root } from '../setup/paths.mjs'
import { say } from '../setup/problem.mjs'
import { packageApi } from './api.mjs'

export const bookFolder = inRoot('book-out')

/** The classic scripts of the book: name -> compiled module. Classic, because browsers run no modules from file://. */
const SCRIPTS = {
  book: 'dist/book/page/page.js',
  search: 'dist/book/page/searchDialog.js',
  plotly: 'node_modules/plotly.js-dist/plotly.js',
  lab: 'dist/book/labUi/labPage.js',
  'lab-worker': 'dist/book/labs/labWorker.js',
}

const STYLES = ['book', 'lab']

/** In browsers the threads of the force sums are workers of the page. */
const browserThreads = {
  name: 'browser-threads',
  enforce: 'pre',
  resolveId(source) {
    if (/\/forcePool\.js$/.test(source)) return inRoot('dist', 'book', 'labs', 'browserForcePool.js')
  },
}

/** The build with relaxed SIMD, which is used on request only and never by the laboratories, stays out. */
const portableOnly = {
  name: 'portable-arithmetic-only',
  transform(code, id) {
    if (id.endsWith('forces.generated.js')) return code.replace(/(forcesRelaxedBase64 = )'[^']*'/, "$1''")
  },
}

/**
 * The worker's script is a function that a worker calls at once. A page from file:// may not start a worker by its address: it loads the
 * same script, takes the function's text and starts a worker from a blob.
 */
const asFunction = {
  name: 'worker-as-function',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.fileName !== 'lab-worker.js') continue
      chunk.code = `function mflLabWorker(){${chunk.code}}\nif(typeof document==='undefined')mflLabWorker()\n`
    }
  },
}

/** An import of Node in code for the browser is a mistake, not something to be replaced by an empty object. */
const noNode = {
  name: 'no-node-in-the-browser',
  enforce: 'pre',
  resolveId(source, importer) {
    if (source.startsWith('node:')) throw new Error(`${importer} imports ${source}, which a browser does not have`)
  },
}

/** Every browser of today reads WOFF2; KaTeX's older formats would only be dead weight. */
const onlyWoff2 = {
  name: 'only-woff2',
  generateBundle(_options, bundle) {
    for (const [name, asset] of Object.entries(bundle)) {
      if (/\.(woff|ttf)$/.test(name)) delete bundle[name]
      if (!name.endsWith('.css')) continue
      asset.source = String(asset.source).replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)/g, '')
    }
  },
}

const common = () => ({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  base: './',
  plugins: [browserThreads, noNode, portableOnly, onlyWoff2, asFunction],
})

/** One classic script without imports. */
async function bundleScript(name, entry, outDir) {
  const output = { format: 'iife', entryFileNames: `${name}.js`, name: name === 'plotly' ? 'Plotly' : undefined }
  await build({
    ...common(),
    build: {
      outDir: join(outDir, 'assets'),
      emptyOutDir: false,
      target: 'es2022',
      minify: true,
      modulePreload: false,
      chunkSizeWarningLimit: 100_000,
      // Constants stay in one place: the WebAssembly would otherwise be copied to each of its uses.
      rolldownOptions: { input: inRoot(entry), output, optimization: { inlineConst: false } },
    },
  })
}

/** A style sheet, with its fonts beside it. */
async function bundleStyles(name, outDir) {
  await build({
    ...common(),
    build: {
      outDir: join(outDir, 'assets'),
      emptyOutDir: false,
      assetsInlineLimit: 0,
      cssMinify: true,
      rolldownOptions: {
        input: inRoot(`src/book/style/${name}.css`),
        output: { assetFileNames: '[name][extname]' },
      },
    },
  })
}

/**
 * Makes the book; nobody sees half of it, since it is made beside its place and renamed into it.
 * @param {{ outDir?: string, notebooks?: string, log?: (line: string) => void }} options
 * @returns the problems found and the links that wait for notebooks to come
 */
export async function buildBook({ outDir = bookFolder, notebooks, log = say } = {}) {
  log('making the book')
  const { writeSite } = await import(pathToFileURL(inRoot('dist', 'book', 'site', 'writeSite.js')).href)
  const { project, warnings } = await packageApi({ log })
  const site = writeSite(root, notebooks, project)
  const next = `${outDir}.next`
  rmSync(next, { recursive: true, force: true })
  for (const { path, content } of site.files) {
    mkdirSync(dirname(join(next, path)), { recursive: true })
    writeFileSync(join(next, path), content)
  }
  for (const name of STYLES) await bundleStyles(name, next)
  for (const [name, entry] of Object.entries(SCRIPTS)) await bundleScript(name, entry, next)
  const previous = `${outDir}.previous`
  rmSync(previous, { recursive: true, force: true })
  if (existsSync(outDir)) renameSync(outDir, previous)
  renameSync(next, outDir)
  rmSync(previous, { recursive: true, force: true })
  for (const warning of warnings) log(`API reference: ${warning}`)
  for (const { page, message } of site.problems) log(`${page}: ${message}`)
  if (site.toCome.length > 0) log(`not in the book (yet): ${site.toCome.join(', ')}`)
  log(`the book is in ${outDir}: open index.html, or serve the folder from any static host`)
  return { problems: site.problems, toCome: site.toCome }
}

/** Serves the book on this machine until interrupted, with the two headers that allow threads. */
export async function serveBook(port) {
  const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'warn',
    build: { outDir: bookFolder },
    preview: { port, host: '127.0.0.1', headers },
  })
  say(`the book is served at ${server.resolvedUrls?.local[0] ?? `port ${port}`}; Ctrl-C ends it`)
  return server
}
