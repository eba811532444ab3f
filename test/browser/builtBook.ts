/** The book, made from the clone into a folder of the test's own. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../support/capabilities.js'

export interface BuiltBook {
  readonly folder: string
  /** Formulas and links that went wrong. */
  readonly problems: readonly { readonly page: string; readonly message: string }[]
  remove(): void
}

/** @param parent an empty folder, which `remove` deletes */
export async function buildBookInto(parent: string): Promise<BuiltBook> {
  const folder = join(parent, 'book')
  const { buildBook } = await import(pathToFileURL(join(root, 'scripts', 'book', 'build.mjs')).href)
  const { problems } = await buildBook({ outDir: folder, log: () => undefined })
  return { folder, problems, remove: () => rmSync(parent, { recursive: true, force: true }) }
}
