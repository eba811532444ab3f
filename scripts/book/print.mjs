// What npm run pdf and npm run slides print, where to, and what it says meanwhile.
import { existsSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inRoot, root } from '../setup/paths.mjs'
import { Problem, say } from '../setup/problem.mjs'
import { prepareNode } from '../setup/steps.mjs'

/** What each command is called with, and where its files go. */
const COMMANDS = {
  pdf: { usage: 'npm run pdf [-- NOTEBOOK ... --out FOLDER]', folder: 'pdf-out' },
  slides: { usage: 'npm run slides -- NOTEBOOK ... [--out FOLDER]', folder: 'slides-out' },
}

/**
 * Reads the arguments.
 * @param {string[]} args notebooks, and --out with a folder
 * @param {'pdf' | 'slides'} command
 * @returns {{ notebooks: string[], out: string, command: string }} paths; no notebook means the whole book
 * @throws Problem for another flag, for what is no notebook, and for slides of none
 */
export function wanted(args, from = process.env.INIT_CWD ?? process.cwd(), command = 'pdf') {
  const { usage, folder } = COMMANDS[command]
  const notebooks = []
  let out = inRoot(folder)
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]
    if (arg === '--out') {
      i += 1
      if (!args[i]) throw new Problem(`--out must be a folder: ${usage}`)
      out = resolve(from, args[i])
    } else if (arg.startsWith('-')) throw new Problem(`there is no option ${arg}: ${usage}`)
    else {
      const file = resolve(from, arg)
      if (!file.endsWith('.ipynb') || !existsSync(file) || !statSync(file).isFile())
        throw new Problem(
          `${arg} must be a notebook that exists (.ipynb); those of the book are in ${inRoot('notebooks')}`,
        )
      notebooks.push(file)
    }
  }
  if (command === 'slides' && notebooks.length === 0) throw new Problem(`slides need a notebook: ${usage}`)
  return { notebooks, out, command }
}

/** Prints what is wanted, one file after the other. */
export async function printAll({ notebooks, out, command }) {
  prepareNode()
  const load = path => import(pathToFileURL(inRoot('dist', ...path.split('/'))).href)
  const { makePdf, requireChromium } = await import('./pdf.mjs')
  await requireChromium()
  const { printedBook, printedNotebook } = await load('book/paper/printedBook.js')
  const { terminalProgress } = await load('cli/terminalProgress.js')
  const { slidesOf } = await load('book/paper/slides.js')
  const read = command === 'slides' ? slidesOf : printedNotebook
  const jobs = notebooks.map(file => [`${basename(file, '.ipynb')}.pdf`, () => read(file)])
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
