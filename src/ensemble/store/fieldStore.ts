/**
 * Mean fields on disk, by the hash of everything they are a function of: computed once, then shared by all replicates,
 * processes and machines that see the folder.
 */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { requireOptions, requireText } from '../../base/errors.js'
import { writeFileAtomic } from '../../files/files.js'
import { type EvolvingFieldOptions, evolvingField, FIELD_OPTIONS } from '../../flow/field/evolveField.js'
import type { EvolvingField } from '../../flow/field/evolvingField.js'
import { fieldFromBytes, fieldToBytes } from '../../flow/field/fieldBytes.js'
import { fieldKey } from '../../flow/field/fieldKey.js'
import type { RadialField } from '../../flow/field/radial/radialField.js'
import { requireKernel } from '../../interaction/kernel.js'
import { requireLaw } from '../../law/law.js'

/**
 * {@link evolvingField}, kept in a folder. A file that is damaged, cut short, foreign or of another version is computed
 * again and replaced. Fields of the grid solver, whose tables are large, are computed each time.
 * @param folder where; made if it is not there
 * @param onNotice told in one line, with the file's name, when a file was there and is not used; default: standard
 * error
 * @throws as {@link evolvingField}; Error in one sentence if the folder cannot be written
 * @example await storedField('.cache/fields', { law: gaussianLaw(), kernel: cutoffKernel({ N: 1000, delta: 0.25 }), T: 1 })
 */
export async function storedField(
  folder: string,
  options: EvolvingFieldOptions,
  onNotice: (message: string) => void = message => void process.stderr.write(`${message}\n`),
): Promise<EvolvingField> {
  requireOptions<EvolvingFieldOptions>('storedField', options, FIELD_OPTIONS)
  requireText('folder', folder)
  requireLaw(options.law)
  requireKernel(options.kernel)
  const { law, kernel, T, tolerance = 1e-6, solver } = options
  if (law.phaseNodes === undefined || solver === 'grid') return evolvingField(options)
  const name = createHash('sha256')
    .update(fieldKey({ law, kernel, T, tolerance, method: 'stored radial' }))
    .digest('hex')
  const path = join(folder, `${name}.field`)
  try {
    const field = fieldFromBytes(new Uint8Array(readFileSync(path)), { law, kernel })
    if (field.T === T && field.parameters.tolerance === tolerance) return field
    throw new RangeError(
      `T and tolerance must be ${T} and ${tolerance}, got ${field.T} and ${field.parameters.tolerance}`,
    )
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      onNotice(`the stored mean field ${path} is not used and computed again: ${(error as Error).message}`)
    }
  }
  const field = (await evolvingField(options)) as RadialField
  writeFileAtomic(path, fieldToBytes(field))
  return field
}
