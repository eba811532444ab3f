/**
 * The ensembles that come with the package, found wherever the caller is: a notebook may be copied to any folder.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { requireOneOf } from '../base/errors.js'
import { packageRoot } from './packageRoot.js'
import { readEnsemble } from './packedEnsemble.js'
import type { EnsembleResults } from './store.js'

const EXTENSION = '.parquet'

/**
 * Reads an ensemble of data/ensembles; its plan lies beside it in data/plans, under the same name.
 * @param name file name without extension
 * @throws RangeError naming the known ones for another name
 * @throws Error in one sentence if the file was changed
 * @example (await packagedEnsemble('08-molecular-chaos')).jobs.size // 720
 */
export async function packagedEnsemble(name: string): Promise<EnsembleResults> {
  const folder = join(packageRoot(), 'data', 'ensembles')
  const known = readdirSync(folder)
    .filter(file => file.endsWith(EXTENSION))
    .map(file => file.slice(0, -EXTENSION.length))
    .sort()
  return readEnsemble(join(folder, `${requireOneOf('name', name, known)}${EXTENSION}`))
}
