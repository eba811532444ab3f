/**
 * `mfl ensemble ...`: the subcommands, their arguments and options. What they do is in files of their own, loaded when
 * called.
 */
import type { Command } from 'commander'
import { type Report, UsageError } from '../report.js'

/** Prints a report, as text or as JSON, and takes its exit code. */
export type Print = (report: Report | Promise<Report>, options: { json?: boolean }) => Promise<void>

/** A function that adds commands to a parent. */
export const adding =
  (parent: Command): ((name: string, description: string) => Command) =>
  (name, description) =>
    parent
      .command(name)
      .description(description)
      .option('--json', 'print one JSON document and nothing else')
      .allowExcessArguments(false)

/** Adds the command with its subcommands. */
export function addEnsembleCommands(mfl: Command, print: Print): void {
  const about = 'thousands of replicates: run a plan, resume it, look at it, read its numbers'
  const command = adding(mfl.command('ensemble').description(about))

  command('run', 'run a plan, or what is missing of it; Ctrl-C ends it, the same command continues')
    .argument('[plan]', 'JSON file; may be left out with --resume')
    .requiredOption('--out <folder>', 'where the results are kept')
    .option('--executor <name>', 'inline, threads or queue', 'threads')
    .option('--threads <count>', 'of the threads executor; default: as many as the machine runs at once')
    .option('--queue <url>', 'of the queue executor: redis://... or rediss://... (TLS); default: MFL_QUEUE')
    .option('--queue-timeout <seconds>', 'that its server may take to answer at first; default: 10')
    .option('--resume', 'only continue: the folder must hold the ensemble already')
    .option('--shard <k/K>', 'only the k-th of K parts, for array jobs of a batch system')
    .action(async (plan: string | undefined, options) => {
      const { ensembleRunCommand } = await import('./ensembleRunCommand.js')
      await print(ensembleRunCommand(plan, options), options)
    })

  command('worker', 'compute jobs of a queue until told to stop; any number, on any machine')
    .option('--queue <url>', 'redis://... or rediss://... (TLS); default: MFL_QUEUE, its password MFL_QUEUE_PASSWORD')
    .option('--queue-timeout <seconds>', 'that its server may take to answer at first; default: 10')
    .option('--threads <count>', 'jobs at once; default: as many as the machine runs at once')
    .option('--fields <folder>', "where mean fields are kept; default: the user's cache")
    .option('--lease <seconds>', 'without a sign of life of this worker its jobs go to others', '60')
    .option('--idle <seconds>', 'end after so long without a job; default: never')
    .option('--verbose', 'a line for each job')
    .action(async options => {
      const { ensembleWorkerCommand } = await import('./ensembleWorkerCommand.js')
      await print(ensembleWorkerCommand(options), options)
    })

  command('status', 'how far an ensemble is: done, running, failed with reasons, time left')
    .argument('[folder]', 'of an ensemble')
    .option('--queue [url]', 'instead: jobs and workers of a queue; default: MFL_QUEUE')
    .option('--queue-timeout <seconds>', 'that its server may take to answer at first; default: 10')
    .action(
      async (folder: string | undefined, options: { queue?: string | true; queueTimeout?: string; json?: boolean }) => {
        const { queue } = options
        if ((folder === undefined) === (queue === undefined)) throw new UsageError('give a folder or --queue')
        if (folder === undefined) {
          const { queueStatusCommand } = await import('./queueStatusCommand.js')
          return print(queueStatusCommand(queue === true ? undefined : queue, options.queueTimeout), options)
        }
        const { ensembleStatusCommand } = await import('./ensembleShowCommand.js')
        await print(ensembleStatusCommand(folder), options)
      },
    )

  command('show', 'probabilities, means and exponents with their intervals')
    .argument('<folder>', 'of an ensemble')
    .option('--level <level>', 'confidence level', '0.95')
    .action(async (folder: string, options) => {
      const { ensembleShowCommand } = await import('./ensembleShowCommand.js')
      await print(ensembleShowCommand(folder, options), options)
    })

  command('export', 'all numbers in the order of the plan, as one file')
    .argument('<folder>', 'of an ensemble')
    .option('--csv <file>', 'as CSV; - for standard output')
    .option('--parquet <file>', 'as one Parquet file with its provenance')
    .action(async (folder: string, options) => {
      const { ensembleExportCommand } = await import('./ensembleExportCommand.js')
      await print(ensembleExportCommand(folder, options), options)
    })

  command('query', 'SQL over the results: the table is called rows')
    .argument('<folder>', 'of an ensemble')
    .argument('<sql>', 'e.g. "select N, avg(sup) from rows group by N order by N"')
    .action(async (folder: string, sql: string, options) => {
      const { ensembleQueryCommand } = await import('./ensembleExportCommand.js')
      await print(ensembleQueryCommand(folder, sql), options)
    })

  command('schema', 'print the JSON Schema of plan files').action(async () => {
    const { planJsonSchema } = await import('../../ensemble/plan/plan.js')
    await print({ data: {}, text: JSON.stringify(planJsonSchema(), null, 2) }, {})
  })
}
