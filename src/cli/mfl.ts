/**
 * The command line. Each command is a function from its options to a {@link Report}; this file parses, prints and
 * turns errors into exit codes: 0, 1 for a failure, 2 for a mistake in the command line. A command's module is loaded
 * when it is called, so that help and mistakes are answered at once.
 */
import { Command, CommanderError } from 'commander'
import { printableLines } from '../base/printable.js'
import { spaceFault } from '../files/files.js'
import { packageVersion } from '../files/packageRoot.js'
import { addEnsembleCommands, adding, type Print } from './ensemble/ensembleCommands.js'
import { json, UsageError } from './report.js'
import { setupScript } from './setupScript.js'

const FAILURE = 1
const USAGE = 2

interface LabScript {
  lab(flags: string[], options: { json: boolean }): Promise<void>
}

/**
 * Runs a command line.
 * @param argv without node and script
 * @returns the exit code
 * @example await main(['claims', '--only', '3.4', '--json'])
 */
export async function main(argv: readonly string[]): Promise<number> {
  let code = 0
  // A reader that has seen enough, as `mfl claims | head`, is no failure.
  process.stdout.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.stderr.write(`mfl: cannot write standard output: ${spaceFault(error)}\n`)
    process.exit(error.code === 'EPIPE' ? 0 : FAILURE)
  })
  try {
    await program(exit => {
      code = exit
    }).parseAsync(argv, { from: 'user' })
  } catch (error) {
    // Commander has printed its own line by now; --help and --version end here too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE
    process.stderr.write(`mfl: ${printableLines(spaceFault(error))}\n`)
    if (error instanceof UsageError) return USAGE
    if (process.env.MFL_DEBUG) process.stderr.write(`${(error as Error).stack}\n`)
    return FAILURE
  }
  return code
}

function program(finish: (code: number) => void): Command {
  const print: Print = async (report, options) => {
    const { data, text, code = 0 } = await report
    process.stdout.write(`${options.json ? json(data) : text}\n`)
    finish(code)
  }
  const mfl = new Command('mfl')
    .description('A laboratory for the mean field limit of the Vlasov-Poisson system.')
    .version(packageVersion())
    .exitOverride()
    // The proposal of a misspelt name on the same line.
    .configureOutput({
      outputError: (text, write) => write(text.replace(/^error: /, 'mfl: ').replace(/\n(?=\(Did you mean)/, ' ')),
    })
  const command = adding(mfl)

  command('setup', 'put the kernel and the figure renderer into .venv, or into a Jupyter that exists already')
    .option('--prefix <folder>', "environment of that Jupyter: its Python's sys.prefix, or ~/.local")
    .action(async options => {
      const { setupCommand } = await import('./setupCommand.js')
      await print(setupCommand(options), options)
    })

  command('lab', 'open the notebooks in JupyterLab (npm start); flags after -- go to it')
    .argument('[flags...]', 'flags of jupyter lab, e.g. --no-browser --port 8889')
    .allowUnknownOption()
    .action(async (flags: string[], options: { json?: boolean }) => {
      const { lab } = await setupScript<LabScript>('lab')
      await lab(flags, { json: options.json ?? false })
      finish(Number(process.exitCode ?? 0))
    })

  command('claims', 'measure the claims of the paper and print their verdicts')
    .option('--only <ids>', 'comma-separated, e.g. 3.4,6.1')
    .option('--seed <seed>', 'of every random stream', '1')
    .option('--full', 'the publication grid in place of the quick one')
    .option('--controls', 'also the negative controls: hypotheses broken on purpose')
    .option('--markdown', 'print the tables of docs/claims.md, with --recorded that of docs/statements.md')
    .option('--recorded', 'print the stored ledger, measure nothing')
    .action(async options => {
      const { claimsCommand } = await import('./claimsCommand.js')
      await print(claimsCommand(options), options)
    })

  command('flow', 'run the N particles and their mean field from the same initial data')
    .option('--law <name>', 'initial law', 'gaussian')
    .option('--n <N>', 'number of particles', '1000')
    .option('--delta <delta>', 'cut-off exponent; Infinity: no cut-off', '0.25')
    .option('--sigma <sign>', '1 repulsive, -1 attractive, 0 free', '1')
    .option('--time <T>', 'final time', '1')
    .option('--seed <seed>', 'of the initial data', '1')
    .option('--replica <number>', 'number of the replicate', '0')
    .option('--profile <name>', 'shape of the kernel inside the cut-off; truncated is (4)', 'truncated')
    .option('--scheme <name>', 'leapfrog or suzuki4; default: chosen by a pilot run')
    .option('--outputs <count>', 'number of output times', '20')
    .option('--steps <count>', 'number of steps; default: chosen by a pilot run')
    .option('--threads <count>', 'default: as many as the machine runs at once')
    .option('--out <file>', 'keep the trajectory statistics as a Parquet file')
    .action(async options => {
      const { flowCommand } = await import('./flowCommand.js')
      await print(flowCommand(options), options)
    })

  command('rare', "probabilities of Theorem 4.2's event far below what a frequency shows; the same command continues")
    .argument('[plan]', 'JSON file of kind "tail", e.g. data/plans/theorem-4-2.tail.quick.json')
    .option(
      '--out <file>',
      'JSON file that the result is kept in, and until then how far it is (default: rare-out/ and the name of the plan)',
    )
    .option('--schema', 'print the JSON Schema of such plans')
    .action(async (plan: string | undefined, options) => {
      const { rareCommand } = await import('./rareCommand.js')
      await print(rareCommand(plan, options), options)
    })

  command('prove', 'make certificates of constants by interval arithmetic and branch and bound')
    .option('--only <ids>', 'comma-separated; with them all that they refer to')
    .option('--out <folder>', 'where to write one JSON file for each', 'certificates-out')
    .action(async options => {
      const { proveCommand } = await import('./proveCommand.js')
      await print(proveCommand(options), options)
    })

  command('check', 'check certificates, without search; the stored ones unless files are given')
    .argument('[files...]', 'JSON files of mfl prove; those that they refer to among them or stored')
    .option('--schema', 'print the JSON Schema of certificates')
    .action(async (files: string[], options) => {
      const { checkCommand } = await import('./checkCommand.js')
      await print(checkCommand(files, options), options)
    })

  command('figures', 'list the figures, or export them')
    .option('--export', 'write files')
    .option('--only <ids>', 'comma-separated')
    .option('--out <folder>', 'where to write', 'figures-out')
    .option('--formats <list>', 'comma-separated: svg, png, pdf, csv', 'svg,png,pdf,csv')
    .option('--size <preset>', 'column, page or slide (default: each as it is)')
    .action(async options => {
      const { figuresCommand } = await import('./figuresCommand.js')
      await print(figuresCommand(options), options)
    })

  command('distance', 'Wasserstein distance between the points of two files, with a certified bracket')
    .argument('<a>', 'CSV or Parquet, one point a row; - for CSV on standard input')
    .argument('<b>', 'the same')
    .option('--p <p>', 'exponent: a number >= 1, or inf', '1')
    .option('--gap <gap>', 'relative gap that is enough, e.g. 0.001 (default: exact up to 100000 points)')
    .option('--time-limit <seconds>', 'then print the best bracket so far, as Ctrl-C does')
    .option('--prove', 'prove a bracket from plan and potentials, without rounding (p = 1, 2 or inf)')
    .option('--certificate <file>', 'with --prove: points, plan and potentials as a certificate for mfl check')
    .action(async (a: string, b: string, options) => {
      const { distanceCommand } = await import('./distanceCommand.js')
      await print(distanceCommand(a, b, options), options)
    })

  command('run', 'execute notebooks without Jupyter')
    .argument('<notebook...>', '.ipynb files')
    .option('--write', 'store the outputs in the files')
    .option('--timeout <seconds>', 'for one cell', '600')
    .action(async (notebooks: string[], options) => {
      const { runCommand } = await import('./runCommand.js')
      await print(runCommand(notebooks, options), options)
    })

  command('assignment', 'the exercises of the notebooks as an assignment of nbgrader (docs/teaching.md)')
    .argument('<folder>', 'of the course: a new one, or one with nbgrader_config.py, which gets one more assignment')
    .option('--only <ids>', 'comma-separated notebooks or exercises, e.g. 01,04.2 (default: all)')
    .option('--name <name>', 'of the assignment', 'exercises')
    .option('--points <points>', 'of each exercise', '1')
    .action(async (folder: string, options) => {
      const { assignmentCommand } = await import('./assignmentCommand.js')
      await print(assignmentCommand(folder, options), options)
    })

  command('cite', 'how to cite this package and the paper')
    .option('--format <name>', 'bibtex, text or cff', 'bibtex')
    .action(async options => {
      const { citeCommand } = await import('./citeCommand.js')
      await print(citeCommand(options), options)
    })

  addEnsembleCommands(mfl, print)

  return mfl
}
