/**
 * The small JSON files of a store, which its processes leave for each other and for `status`: read with a check of
 * their shape.
 */
import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { readFault } from '../../files/files.js'

/**
 * @param what it should be, for the message
 * @returns undefined if there is no such file, which its process may just have removed
 * @throws Error in one sentence that names the file and what to do: cannot be read, no JSON, another shape
 * @example readNote(join(folder, 'runs', 'a.json'), runSchema, 'state of a run')
 */
export function readNote<T>(path: string, schema: z.ZodType<T>, what: string): T | undefined {
  const text = ifThere(path, () => readFileSync(path, 'utf8'))
  if (text === undefined) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new Error(`${path} is no ${what}, as it is not JSON: remove it`, { cause })
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const { path: member, message } = parsed.error.issues[0]!
  throw new Error(
    `${path} is no ${what}${member.length === 0 ? '' : `, for its ${member.join('.')}`} (${message}): remove it`,
  )
}

/** What `read` gives; undefined if there is nothing at the path. @throws Error in one sentence if it cannot be read */
export function ifThere<T>(path: string, read: () => T): T | undefined {
  try {
    return read()
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw readFault(path, cause)
  }
}
