// The picture of Theorem 4.2: runs data/tubes/plan.json, keeps the deviations in data/tubes/theorem-4-2.json (under a
// minute), and draws docs/images/theorem.svg of them: node scripts/theorem.mjs [--picture]. With --picture the stored
// runs are only drawn. It needs dist/ (npm run build).
import { readFileSync, writeFileSync } from 'node:fs'
import { withSupportedNode } from './node-version.mjs'
import { inRoot } from './setup/paths.mjs'
import { guarded, say } from './setup/problem.mjs'

const stored = inRoot('data', 'tubes', 'theorem-4-2.json')
const built = (...path) => import(inRoot('dist', ...path))

withSupportedNode(() =>
  guarded(async () => {
    if (!process.argv.includes('--picture')) {
      const { measureTubes } = await built('flow', 'index.js')
      const { lawByName } = await built('law', 'index.js')
      const { law, ...plan } = JSON.parse(readFileSync(inRoot('data', 'tubes', 'plan.json'), 'utf8'))
      const tubes = await measureTubes({ law: lawByName(law), ...plan })
      for (const { N, delta, radius, largest, error } of tubes.runs) {
        say(`N ${N}, delta ${delta}: ${(Math.max(...largest) / radius).toFixed(3)} of the radius, error ${error}`)
      }
      writeFileSync(stored, `${JSON.stringify(tubes)}\n`)
    }
    const { PICTURED, tubesAnimation } = await built('figures', 'section4', 'tubesAnimation.js')
    const tubes = JSON.parse(readFileSync(stored, 'utf8'))
    writeFileSync(inRoot('docs', 'images', 'theorem.svg'), tubesAnimation(tubes, PICTURED))
    return 0
  }),
)
