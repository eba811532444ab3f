// The walks of docs/architecture.md: files that are there, each of which imports the one before or after it, none
// entered twice.
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../support/capabilities.js'
import { parse } from './importRules.js'

const text = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8').split('## Walks')[1]!

/** The legs of the walks: numbered lists, as the paths that their items lead to. */
function legsOf(markdown: string): string[][] {
  const lists = markdown.split(/\n(?=1\. )/).slice(1)
  return lists.map(list => [...list.matchAll(/^\d+\. \[[^\]]*\]\(\.\.\/(src\/[^)]+)\)/gm)].map(([, path]) => path!))
}

function imports(from: string, to: string): boolean {
  const { modules } = parse(from, readFileSync(join(root, from), 'utf8'))
  return modules.some(module => posix.join(posix.dirname(from), module).replace(/\.js$/, '.ts') === to)
}

/** What is wrong with a leg. */
function faults(leg: readonly string[]): string[] {
  const missing = leg.filter(path => !existsSync(join(root, path)))
  if (missing.length > 0) return missing.map(path => `${path} does not exist`)
  const loose = leg.slice(1).filter((path, k) => !imports(leg[k]!, path) && !imports(path, leg[k]!))
  return [
    ...loose.map(path => `${path} is not tied to the step before it`),
    ...leg.filter((path, k) => leg.indexOf(path) !== k).map(path => `${path} is entered twice`),
  ]
}

describe('the walks of docs/architecture.md', () => {
  const legs = legsOf(text)

  it('are four, in five legs', () => {
    expect(text.match(/^### /gm)).toHaveLength(4)
    expect(legs.map(leg => leg.length)).toEqual([5, 6, 7, 6, 11])
  })

  it.each(legs.map(leg => [leg[0]!, leg] as const))('from %s on', (_, leg) => expect(faults(leg)).toEqual([]))

  it('would be noticed with a step too far, a return, or a file that has moved (controls)', () => {
    const leg = legs[0]!
    expect(faults([leg[0]!, leg[4]!])).toEqual([`${leg[4]} is not tied to the step before it`])
    expect(faults([leg[0]!, leg[1]!, leg[0]!])).toEqual([`${leg[0]} is entered twice`])
    expect(faults(['src/flow/coupledFlow.ts'])).toEqual(['src/flow/coupledFlow.ts does not exist'])
  })
})
