// How rare the static events are: samples data/rare-static/plan.json, group by group, and keeps the rows in
// data/rare-static/force-tail.json (some twenty minutes of one core) and those that the figure force-tail shows as a
// module: node scripts/static-tails.mjs [--module]. With --module only the module is written, of the stored rows. It
// needs dist/ (npm run build).
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { withSupportedNode } from './node-version.mjs'
import { inRoot } from './setup/paths.mjs'
import { guarded, say } from './setup/problem.mjs'

const plan = inRoot('data', 'rare-static', 'plan.json')
const stored = inRoot('data', 'rare-static', 'force-tail.json')
const target = inRoot('src', 'figures', 'section7', 'forceTailRecord.generated.ts')
const built = (...path) => import(inRoot('dist', ...path))

/** What the figure shows: a panel for each of these N. */
const SHOWN = { delta: 0.25, N: [64, 256, 1024] }

/**
 * The module that the figure reads, made from the text of the record.
 * @param {string} text
 */
export function recordModule(text) {
  const { plan: asked, rows } = JSON.parse(text)
  const shown = rows.filter(({ N, delta }) => delta === SHOWN.delta && SHOWN.N.includes(N))
  return `// Generated from data/rare-static/force-tail.json by scripts/static-tails.mjs.
import type { ForceTailRow } from '../../rare/static/forceTailTable.js'

/** The rows of the record that the figure shows. */
export const forceTailRecord: { readonly seed: string; readonly rows: readonly ForceTailRow[] } = ${JSON.stringify({ seed: asked.seed, rows: shown }, null, 2)}
`
}

async function sample() {
  const { forceTailTable } = await built('rare', 'index.js')
  const { provenance } = await built('files', 'provenance.js')
  const asked = JSON.parse(readFileSync(plan, 'utf8'))
  // Before the samples: what is written meanwhile is not what they came from.
  const from = provenance()
  const rows = []
  const groups = []
  for (const group of asked.groups) {
    const { user, system } = process.cpuUsage()
    rows.push(...(await forceTailTable({ ...group, seed: asked.seed, bar: 'hide' })))
    const used = process.cpuUsage()
    const cpuSeconds = Math.round((used.user + used.system - user - system) / 1e6)
    groups.push(cpuSeconds)
    say(`N ${group.N}, delta ${group.delta}: ${cpuSeconds} seconds`)
  }
  const content = { plan: asked, provenance: from, cpuSeconds: groups, rows }
  writeFileSync(stored, `${JSON.stringify(content)}\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  withSupportedNode(() =>
    guarded(async () => {
      if (!process.argv.includes('--module')) await sample()
      writeFileSync(target, recordModule(readFileSync(stored, 'utf8')))
      return 0
    }),
  )
}
