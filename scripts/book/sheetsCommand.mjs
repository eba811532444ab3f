// What npm run sheets makes, of which pages, and what it says meanwhile.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { inRoot, root } from '../setup/paths.mjs'
import { Problem, say } from '../setup/problem.mjs'
import { prepareNode } from '../setup/steps.mjs'
import { requireChromium } from './pdf.mjs'
import { APPEARANCES, makeSheets } from './sheets.mjs'

const USAGE = 'npm run sheets [-- PAGE ... --only light,dark,... --out FOLDER]'

/**
 * Reads the arguments.
 * @param {readonly string[]} args
 * @param {readonly string[]} known pages of the book
 * @returns {{ pages: readonly string[], appearances: readonly string[], out: string }}
 * @throws Problem for another flag, a page that the book does not have, or an appearance that there is not
 */
export function wantedSheets(args, known, from = process.env.INIT_CWD ?? process.cwd()) {
  const { values, positionals } = parsed(args)
  const appearances = values.only?.split(',') ?? Object.keys(APPEARANCES)
  for (const name of appearances) {
    if (Object.hasOwn(APPEARANCES, name)) continue
    throw new Problem(`--only must be some of ${Object.keys(APPEARANCES).join(', ')}, got ${name}`)
  }
  for (const page of positionals) {
    if (!known.includes(page)) throw new Problem(`there is no page ${page}; the pages are ${known.join(', ')}`)
  }
  const pages = positionals.length > 0 ? positionals : known
  return { pages, appearances, out: values.out === undefined ? inRoot('sheets-out') : resolve(from, values.out) }
}

function parsed(args) {
  try {
    return parseArgs({
      args: [...args],
      options: { only: { type: 'string' }, out: { type: 'string' } },
      allowPositionals: true,
    })
  } catch (error) {
    throw new Problem(`${error.message.split('. ')[0]}: ${USAGE}`)
  }
}

/** Makes the book, and the sheets of it. */
export async function sheets(args) {
  prepareNode()
  const load = path => import(pathToFileURL(inRoot('dist', ...path.split('/'))).href)
  const { notebookFiles } = await load('notebook/notebookFolder.js')
  const known = notebookFiles(root).map(name => name.replace('.ipynb', ''))
  const { pages, appearances, out } = wantedSheets(args, [...known, 'ledger'])
  await requireChromium('a contact sheet')
  const { bookFolder, buildBook } = await import('./build.mjs')
  await buildBook()
  const { terminalProgress } = await load('cli/terminalProgress.js')
  const progress = terminalProgress('sheets', pages.length * appearances.length)
  const made = await makeSheets({ folder: bookFolder, pages, appearances, out, onSheet: done => progress.update(done) })
  progress.finish()
  const tiles = made.reduce((sum, sheet) => sum + sheet.tiles, 0)
  say(`${made.length} sheets with ${tiles} figures and cards are in ${out}`)
}
