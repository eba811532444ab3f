// Skeletons: `npm run new claim 3.5`, `npm run new law|kernel|figure|notebook NAME`. Each writes its files with a test
// that fails until the lines marked FILL IN say something, and names what is to be done next. Existing files are never
// touched.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { claimFiles } from './new/claim.mjs'
import { figureFiles } from './new/figure.mjs'
import { kernelFiles } from './new/kernel.mjs'
import { lawFiles } from './new/law.mjs'
import { notebookFiles } from './new/notebook.mjs'
import { buildRegistries } from './registries.mjs'
import { inRoot } from './setup/paths.mjs'
import { guarded, Problem, say } from './setup/problem.mjs'

const CAMEL = /^[a-z][a-zA-Z0-9]*$/

/**
 * What each kind writes: for a name the texts by path, and what comes next. Their names: what is asked for, an example,
 * and the rule.
 */
export const KINDS = {
  claim: { files: claimFiles, name: 'section and number of the statement', example: '3.5', rule: /^\d+\.\d+$/ },
  law: { files: lawFiles, name: 'a name in camelCase', example: 'shellWithHole', rule: CAMEL },
  kernel: { files: kernelFiles, name: 'the name of a profile in camelCase', example: 'quintic', rule: CAMEL },
  figure: { files: figureFiles, name: 'a name in camelCase', example: 'energyDrift', rule: CAMEL },
  notebook: { files: notebookFiles, name: 'a name in kebab-case', example: 'two-streams', rule: /^[a-z][a-z0-9-]*$/ },
}

/**
 * Writes a skeleton.
 * @returns {string[]} the paths that were written
 */
export function scaffold(kind, name) {
  const known = KINDS[kind]
  const kinds = Object.keys(KINDS).join(', ')
  if (known === undefined)
    throw new Problem(`kind must be one of ${kinds}, got ${JSON.stringify(kind)}: npm run new kernel quintic`)
  if (typeof name !== 'string' || !known.rule.test(name)) {
    throw new Problem(
      `a ${kind} needs ${known.name}, for instance \`npm run new ${kind} ${known.example}\`, got ${JSON.stringify(name)}`,
    )
  }
  const { files, next } = known.files(name)
  const taken = Object.keys(files).filter(path => existsSync(inRoot(path)))
  if (taken.length > 0) throw new Problem(`${taken.join(' and ')} exists already; nothing was written`)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(inRoot(path)), { recursive: true })
    writeFileSync(inRoot(path), text)
    say(`wrote ${path}`)
  }
  buildRegistries()
  for (const line of next) say(line)
  return Object.keys(files)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await guarded(() => {
    scaffold(process.argv[2], process.argv[3])
    return 0
  })
}
