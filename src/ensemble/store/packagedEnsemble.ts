/**
 * The ensembles that come with the package, found wherever the caller is: a notebook may be copied to any folder.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { requireOneOf, requireText } from '../../base/errors.js'
import { packageRoot } from '../../files/packageRoot.js'
import { readEnsemble } from './packedEnsemble.js'
import type { EnsembleResults } from './store.js'

const EXTENSION = '.parquet'
/** Beside the ensembles: the SHA-256 of each file, by its name. `npm run ensembles` writes it. */
const DIGESTS = 'digests.json'

/**
 * Reads an ensemble of data/ensembles; its plan lies beside it in data/plans, under the same name.
 * @param name file name without extension
 * @param root of the package, default: this one
 * @throws RangeError naming the known ones for another name
 * @throws Error in one sentence if the file was changed
 * @example (await packagedEnsemble('08-molecular-chaos')).jobs.size // 720
 */
export async function packagedEnsemble(name: string, root: string = packageRoot()): Promise<EnsembleResults> {
  requireText('root', root)
  const folder = join(root, 'data', 'ensembles')
  const known = readdirSync(folder)
    .filter(file => file.endsWith(EXTENSION))
    .map(file => file.slice(0, -EXTENSION.length))
    .sort()
  const file = `${requireOneOf('name', name, known)}${EXTENSION}`
  const path = join(folder, file)
  const digests: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(folder, DIGESTS), 'utf8'))
  if (createHash('sha256').update(readFileSync(path)).digest('hex') !== digests[file]) {
    throw new Error(`${path} is not the file that ${DIGESTS} beside it records: install the package again`)
  }
  return readEnsemble(path)
}
