/** The book, made from the clone: once in a run of the tests, for all that read it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../support/capabilities.js'
import { once } from '../support/once.js'

export interface BuiltBook {
  /** Where it lies; nobody writes into it. */
  readonly folder: string
  /** Formulas and links that went wrong. */
  readonly problems: readonly { readonly page: string; readonly message: string }[]
}

export async function builtBook(): Promise<BuiltBook> {
  const made = await once('book', async into => {
    const { buildBook } = await import(pathToFileURL(join(root, 'scripts', 'book', 'build.mjs')).href)
    const { problems } = await buildBook({ outDir: join(into, 'book'), log: () => undefined })
    writeFileSync(join(into, 'problems.json'), JSON.stringify(problems))
  })
  return { folder: join(made, 'book'), problems: JSON.parse(readFileSync(join(made, 'problems.json'), 'utf8')) }
}
