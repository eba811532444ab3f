// How rare the static events are: samples data/rare-static/plan.json, group by group, and keeps the rows in
// data/rare-static/force-tail.json (some twenty minutes of one core) and those that the figure force-tail shows as a
// module: node scripts/static-tails.mjs [--fresh | --module]. Groups that the record has as the plan asks for them are
// kept; --fresh samples all. With --module only the module is written, of the stored rows. It needs dist/ (npm run
// build).
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
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

/** What the record has of a seed, group by group: a row for each threshold. */
function storedGroups(seed) {
  const { plan: had, rows, cpuSeconds } = JSON.parse(readFileSync(stored, 'utf8'))
  if (had.seed !== seed) return []
  let from = 0
  return had.groups.map((of, g) => {
    const start = from
    from += of.thresholds.length
    return { of, rows: rows.slice(start, from), cpuSeconds: cpuSeconds[g] }
  })
}

async function sample() {
  const { forceTailTable } = await built('rare', 'index.js')
  const { provenance } = await built('files', 'provenance.js')
  const asked = JSON.parse(readFileSync(plan, 'utf8'))
  // Before the samples: what is written meanwhile is not what they came from.
  const from = provenance()
  const rows = []
  const groups = []
  const known = process.argv.includes('--fresh') ? [] : storedGroups(asked.seed)
  for (const group of asked.groups) {
    const found = known.find(({ of }) => isDeepStrictEqual(of, group))
    if (found !== undefined) {
      rows.push(...found.rows)
      groups.push(found.cpuSeconds)
      continue
    }
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
