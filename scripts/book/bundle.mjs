// Scripts and styles for the reader's browser, by Vite: classic scripts, because browsers run no modules from file://.
//   node scripts/book/bundle.mjs DIST   the laboratories, into DIST/notebook/laboratory/assets: for the book and for
//   JupyterLab
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { inRoot, root } from '../setup/paths.mjs'
import { threadless } from './threadless.mjs'

/** In browsers the threads of the force sums are workers of the page, and there are no others. */
const browserThreads = dist => ({
  name: 'browser-threads',
  enforce: 'pre',
  resolveId(source) {
    if (/\/forcePool\.js$/.test(source)) return join(dist, 'book', 'labs', 'browserForcePool.js')
    return threadless(source, dist)
  },
})

/** The build with relaxed SIMD, which is used on request only and never in the book, stays out. */
export const portableOnly = {
  name: 'portable-arithmetic-only',
  transform(code, id) {
    if (id.endsWith('forces.generated.js')) return code.replace(/(forcesRelaxedBase64 = )'[^']*'/, "$1''")
  },
}

/**
 * The worker's script is a function that a worker calls at once. A page from file:// may not start a worker by its
 * address: it loads the same script, takes the function's text and starts a worker from a blob.
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

/** The page typesets what cells show with the KaTeX that it has loaded for their kernel. */
const katexOfThePage = {
  name: 'katex-of-the-page',
  enforce: 'pre',
  resolveId(source) {
    if (source === 'katex') return '\0katex-of-the-page'
  },
  load(id) {
    if (id === '\0katex-of-the-page') return 'export default globalThis.mflKatex()'
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

/** Of every build: nothing is read but what it names. */
export const BUILD = { root, configFile: false, logLevel: 'warn', publicDir: false, base: './' }

const common = dist => ({
  ...BUILD,
  plugins: [browserThreads(dist), noNode, katexOfThePage, portableOnly, onlyWoff2, asFunction],
})

/** Of every script. @param {string} outDir it goes into assets of this folder */
export const scriptBuild = outDir => ({
  outDir: join(outDir, 'assets'),
  emptyOutDir: false,
  target: 'es2022',
  minify: true,
  modulePreload: false,
  chunkSizeWarningLimit: 100_000,
})

/** Constants stay in one place: the WebAssembly would otherwise be copied to each of its uses. */
export const CONSTANTS_ONCE = { inlineConst: false }

/**
 * One classic script without imports.
 * @param {string} name of the script
 * @param {string} entry file
 * @param {string} outDir it goes into assets of this folder
 * @param {string} dist the compiled modules
 */
export async function bundleScript(name, entry, outDir, dist = inRoot('dist')) {
  const output = { format: 'iife', entryFileNames: `${name}.js`, name: name === 'plotly' ? 'Plotly' : undefined }
  await build({
    ...common(dist),
    build: { ...scriptBuild(outDir), rolldownOptions: { input: entry, output, optimization: CONSTANTS_ONCE } },
  })
}

/** A style sheet, with its fonts beside it. */
export async function bundleStyles(name, outDir) {
  await build({
    ...common(inRoot('dist')),
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

/** What a laboratory loads in the book; in JupyterLab lab-output.css takes the place of lab.css. */
export const LABORATORY_FILES = ['lab.js', 'lab-worker.js', 'lab.css']

/** @param {string} dist compiled modules, which get the scripts and styles of the laboratories beside them */
export async function bundleLaboratory(dist) {
  const outDir = join(dist, 'notebook', 'laboratory')
  await bundleScript('lab', join(dist, 'book', 'labUi', 'labPage.js'), outDir, dist)
  await bundleScript('lab-worker', join(dist, 'book', 'labs', 'labWorker.js'), outDir, dist)
  for (const name of ['lab', 'lab-output']) await bundleStyles(name, outDir)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleLaboratory(resolve(process.argv[2]))
