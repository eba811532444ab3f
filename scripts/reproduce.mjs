// Everything from nothing: claims, ensembles, figures, notebooks; ends with a table of what agrees: npm run reproduce
// [-- --full]
// Quick: the claims on their small grid, the quick plan of Theorem 4.2. --full: the publication grid of the claims, all
// plans again (rare events too: hours), whose results must be the stored ones. Exit code 1 if anything does not agree.
import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { withSupportedNode } from './node-version.mjs'
import { inRoot, root } from './setup/paths.mjs'
import { guarded, say } from './setup/problem.mjs'
import { prepareNode, prepareVenv } from './setup/steps.mjs'

const full = process.argv.includes('--full')
const work = inRoot('.cache', 'reproduce')
const mfl = (...args) => ['scripts/mfl.mjs', ...args]
const vitest = (...args) => ['node_modules/vitest/vitest.mjs', 'run', ...args]

const plans = readdirSync(inRoot('data', 'plans'))
  .filter(file => file.endsWith('.json') && file.endsWith('.quick.json') !== full && !file.includes('.tail.'))
  .map(file => file.replace(/\.json$/, ''))

const tails = full ? readdirSync(inRoot('data', 'rare')) : []

/** @param images whether there is a Chromium to draw them */
const stepsOf = images => [
  {
    name: 'claims',
    agrees: 'every verdict is the recorded one, every broken hypothesis is reported',
    run: [mfl('claims', '--controls', ...(full ? ['--full'] : []))],
  },
  {
    name: 'ensembles',
    agrees: `${plans.join(', ')} run to the end; stored replicates come out again, bit for bit`,
    run: [
      ...plans.map(plan => mfl('ensemble', 'run', `data/plans/${plan}.json`, '--out', `.cache/reproduce/${plan}`)),
      vitest('--project', 'processes', 'test/ensemble/reference.test.ts'),
    ],
  },
  ...(tails.length === 0
    ? []
    : [
        {
          name: 'rare events',
          agrees: `${tails.join(', ')} are sampled again, each run to the stored bits`,
          run: [
            ...tails.map(file => mfl('rare', `data/plans/${file}`, '--out', `.cache/reproduce/rare/${file}`)),
            ['scripts/same-tails.mjs', '.cache/reproduce/rare'],
          ],
        },
      ]),
  {
    name: 'figures',
    agrees: images
      ? 'all figures are drawn, as figures-out/*.svg, png, pdf and csv, and are those of the snapshots'
      : 'all figures are computed, and are those of the snapshots; figures-out/*.csv only, as images need Chromium',
    run: [
      mfl('figures', '--export', ...(images ? [] : ['--formats', 'csv'])),
      vitest('--project', 'unit', 'test/figures'),
    ],
  },
  {
    name: 'notebooks',
    agrees: 'every notebook runs from top to bottom, and its outputs are the stored ones',
    run: [vitest('--project', 'jupyter', 'test/notebooks')],
  },
]

withSupportedNode(() =>
  guarded(async () => {
    prepareNode()
    await prepareVenv()
    rmSync(work, { recursive: true, force: true })
    const { findChromium } = await import('../dist/notebook/pictures/findChromium.js')
    const rows = stepsOf(findChromium() !== undefined).map(({ name, agrees, run }) => {
      say(`reproduce: ${name}`)
      const start = performance.now()
      const failed = run.find(args => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status !== 0)
      return {
        step: name,
        agrees: failed === undefined ? 'yes' : 'NO',
        minutes: (performance.now() - start) / 6e4,
        what: agrees,
      }
    })
    const width = Math.max(...rows.map(({ step }) => step.length))
    process.stdout.write('\n')
    for (const { step, agrees, minutes, what } of rows)
      process.stdout.write(
        `${step.padEnd(width)}  ${agrees.padEnd(3)}  ${minutes.toFixed(1).padStart(5)} min  ${what}\n`,
      )
    return rows.every(({ agrees }) => agrees === 'yes') ? 0 : 1
  }),
)
