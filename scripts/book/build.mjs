// The book: pages from dist/book/site, scripts and styles through Vite, all in one folder.
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { preview } from 'vite'
import { inRoot, root } from '../setup/paths.mjs'
import { say } from '../setup/problem.mjs'
import { packageApi } from './api.mjs'
import { bundleScript, bundleStyles, LABORATORY_FILES } from './bundle.mjs'
import { bundleKernel } from './kernel.mjs'
import { packTypes } from './types.mjs'

export const bookFolder = inRoot('book-out')

/** The scripts of the book, those of the laboratories apart: name -> compiled module. */
const SCRIPTS = {
  book: 'dist/book/page/page.js',
  search: 'dist/book/page/searchDialog.js',
  plotly: 'node_modules/plotly.js-dist/plotly.js',
  'narrow-figure': 'dist/book/page/narrowFigure.js',
  run: 'dist/book/runUi/runPage.js',
  'typed-editor': 'dist/book/runUi/typedEditor.js',
  'kernel-frame': 'dist/book/kernel/kernelFrame.js',
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
  const { drawnFigures } = await import(
    pathToFileURL(inRoot('dist', 'book', 'site', 'figures', 'drawnFigures.js')).href
  )
  const { files, missing } = await drawnFigures(site.files)
  if (missing !== undefined) log(`no images for phones, nor of steps: ${missing}`)
  const next = `${outDir}.next`
  rmSync(next, { recursive: true, force: true })
  for (const { path, content } of files) {
    mkdirSync(dirname(join(next, path)), { recursive: true })
    writeFileSync(join(next, path), content)
  }
  await bundleStyles('book', next)
  for (const [name, entry] of Object.entries(SCRIPTS)) await bundleScript(name, inRoot(entry), next)
  await bundleKernel(next)
  await packTypes(next)
  for (const name of LABORATORY_FILES) {
    copyFileSync(inRoot('dist', 'notebook', 'laboratory', 'assets', name), join(next, 'assets', name))
  }
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
