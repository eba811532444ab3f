// Runs the plans of data/plans (those that end in .quick are examples, those with .tail in their names are for mfl
// rare: left out) and keeps their results in data/ensembles, one Parquet file each: npm run ensembles
// Flags: names of plans without .json (default: all). What is computed is kept in .cache/ensembles, so that a second
// call continues; --fresh begins anew.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { withSupportedNode } from './node-version.mjs'
import { inRoot } from './setup/paths.mjs'
import { guarded, Problem, say } from './setup/problem.mjs'

const names = process.argv.slice(2).filter(flag => !flag.startsWith('--'))
const plans = readdirSync(inRoot('data', 'plans'))
  .map(file => file.replace(/\.json$/, ''))
  .filter(name => !name.endsWith('.quick') && !name.includes('.tail'))
  .filter(name => names.length === 0 || names.includes(name))

function mfl(...args) {
  const { status } = spawnSync(process.execPath, [inRoot('scripts', 'mfl.mjs'), 'ensemble', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Problem(`mfl ensemble ${args[0]} failed (exit code ${status})`)
}

/** What packagedEnsemble compares its files with. */
function recordDigests() {
  const folder = inRoot('data', 'ensembles')
  const files = readdirSync(folder)
    .filter(file => file.endsWith('.parquet'))
    .sort()
  const digests = files.map(file => [
    file,
    createHash('sha256')
      .update(readFileSync(inRoot('data', 'ensembles', file)))
      .digest('hex'),
  ])
  writeFileSync(
    inRoot('data', 'ensembles', 'digests.json'),
    `${JSON.stringify(Object.fromEntries(digests), null, 2)}\n`,
  )
}

withSupportedNode(() =>
  guarded(() => {
    if (plans.length === 0) throw new Problem(`no such plan in data/plans: ${names.join(', ')}`)
    for (const name of plans) {
      say(`the ensemble ${name}`)
      const folder = inRoot('.cache', 'ensembles', name)
      if (process.argv.includes('--fresh')) rmSync(folder, { recursive: true, force: true })
      mfl('run', inRoot('data', 'plans', `${name}.json`), '--out', folder)
      mfl('export', folder, '--parquet', inRoot('data', 'ensembles', `${name}.parquet`))
    }
    recordDigests()
    return 0
  }),
)
