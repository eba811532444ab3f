/**
 * Mean fields on disk, by the hash of everything they are a function of: computed once, then shared by all replicates,
 * processes and machines that see the folder.
 */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { requireFunction, requireOptions, requireText } from '../../base/errors.js'
import { writeFileAtomic } from '../../files/files.js'
import { type EvolvingFieldOptions, evolvingField, FIELD_OPTIONS } from '../../flow/field/evolveField.js'
import type { EvolvingField } from '../../flow/field/evolvingField.js'
import { anyFieldFromBytes, fieldToBytes, type StoredField } from '../../flow/field/fieldBytes.js'
import { type FieldStore, fieldChoice, throughStore } from '../../flow/field/fieldFor.js'

const toStandardError = (message: string): void => void process.stderr.write(`${message}\n`)

/**
 * A folder in which {@link fieldFor} keeps fields of every solver but 'stationary'. A file that is damaged, cut short,
 * foreign or of another version is as none, and is replaced.
 * @param folder where; made if it is not there
 * @param onNotice told in one line, with the file's name, when a file was there and is not used; default: standard
 * error
 * @throws Error in one sentence if the folder cannot be written, when a field is kept
 * @example await fieldFor({ law: gaussianLaw(), kernel: coulombKernel(), T: 1 }, { store: fieldStore('.cache/fields') })
 */
export function fieldStore(folder: string, onNotice: (message: string) => void = toStandardError): FieldStore {
  requireText('folder', folder)
  requireFunction('onNotice', onNotice)
  const pathOf = (key: string): string => join(folder, `${createHash('sha256').update(key).digest('hex')}.field`)
  return {
    name: folder,
    read: (key, { law, kernel }) => {
      const path = pathOf(key)
      try {
        return anyFieldFromBytes(new Uint8Array(readFileSync(path)), { law, kernel, storedAs: key })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        onNotice(`the stored mean field ${path} is not used and computed again: ${(error as Error).message}`)
        return undefined
      }
    },
    write: (key, field) => writeFileAtomic(pathOf(key), fieldToBytes(field as StoredField, key)),
  }
}

/**
 * A mean field as `evolvingField` has it, kept in a {@link fieldStore}, whose file is read at every call.
 * @throws as `evolvingField`; Error in one sentence if the folder cannot be written
 * @example await storedField('.cache/fields', { law: gaussianLaw(), kernel: cutoffKernel({ N: 1000, delta: 0.25 }), T: 1 })
 */
export async function storedField(
  folder: string,
  options: EvolvingFieldOptions,
  onNotice: (message: string) => void = toStandardError,
): Promise<EvolvingField> {
  requireOptions<EvolvingFieldOptions>('storedField', options, FIELD_OPTIONS)
  const { law, kernel, T, ...accuracy } = options
  const problem = { law, kernel, T }
  const choice = fieldChoice(problem, accuracy)
  // In closed form: nothing to be kept.
  if (choice.solver === 'stationary') return evolvingField(options)
  return throughStore(fieldStore(folder, onNotice), choice, problem, accuracy)
}
