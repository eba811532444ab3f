// What npm run pdf prints, where to, and what it says meanwhile.
import { existsSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inRoot, root } from '../setup/paths.mjs'
import { Problem, say } from '../setup/problem.mjs'
import { prepareNode } from '../setup/steps.mjs'

const USAGE = 'npm run pdf [-- NOTEBOOK ... --out FOLDER]'

/**
 * Reads the arguments.
 * @param {string[]} args notebooks, and --out with a folder
 * @returns {{ notebooks: string[], out: string }} paths; no notebook means the whole book
 * @throws Problem for another flag, and for what is no notebook
 */
export function wanted(args, from = process.env.INIT_CWD ?? process.cwd()) {
  const notebooks = []
  let out = inRoot('pdf-out')
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]
    if (arg === '--out') {
      i += 1
      if (!args[i]) throw new Problem(`--out must be a folder: ${USAGE}`)
      out = resolve(from, args[i])
    } else if (arg.startsWith('-')) throw new Problem(`there is no option ${arg}: ${USAGE}`)
    else {
      const file = resolve(from, arg)
      if (!file.endsWith('.ipynb') || !existsSync(file) || !statSync(file).isFile())
        throw new Problem(
          `${arg} must be a notebook that exists (.ipynb); those of the book are in ${inRoot('notebooks')}`,
        )
      notebooks.push(file)
    }
  }
  return { notebooks, out }
}

/** Prints what is wanted, one file after the other. */
export async function printAll({ notebooks, out }) {
  prepareNode()
  const load = path => import(pathToFileURL(inRoot('dist', ...path.split('/'))).href)
  const { makePdf, requireChromium } = await import('./pdf.mjs')
  await requireChromium()
  const { printedBook, printedNotebook } = await load('book/site/printedBook.js')
  const { terminalProgress } = await load('cli/terminalProgress.js')
  const jobs = notebooks.map(file => [`${basename(file, '.ipynb')}.pdf`, () => printedNotebook(file)])
  if (jobs.length === 0) {
    const { writeSite } = await load('book/site/writeSite.js')
    jobs.push(['mean-field-limit.pdf', () => printedBook(writeSite(root))])
  }
  for (const [name, read] of jobs) {
    say(`reading what goes into ${name}`)
    const printed = read()
    say(`drawing ${printed.figures.length} figures, then printing (a notebook: seconds; the book: about two minutes)`)
    const progress = terminalProgress('figures', printed.figures.length)
    const { vectors, images } = await makePdf(printed, join(out, name), { onFigure: done => progress.update(done) })
    progress.finish()
    say(`${join(out, name)}: ${vectors} figures as vectors, ${images} as images`)
  }
}
