// node scripts/same-tails.mjs FOLDER: whether the results of mfl rare in FOLDER are those of data/rare, bit for bit but
// for the seconds.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { readTailFile } from '../dist/ensemble/store/tailFile.js'
import { inRoot } from './setup/paths.mjs'
import { say } from './setup/problem.mjs'

const [folder] = process.argv.slice(2)
const content = path => {
  const { plan, records } = readTailFile(path)
  const { description: _, name: __, ...asked } = plan
  return { asked, records: records.map(({ seconds: ___, ...rest }) => rest) }
}
const files = folder === undefined ? [] : readdirSync(folder).filter(file => file.endsWith('.json'))
if (files.length === 0) say('same-tails: FOLDER must have results of mfl rare')
const different = files.filter(
  file => !isDeepStrictEqual(content(join(folder, file)), content(inRoot('data', 'rare', file))),
)
for (const file of files) say(`${file}: ${different.includes(file) ? 'NOT as stored' : 'as stored'}`)
process.exitCode = files.length > 0 && different.length === 0 ? 0 : 1
