import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from '../support/capabilities.js'
import { folders, OTHERS, passed, paths, run, withNode } from './otherNodes.js'

interface Digest {
  readonly version: string
  readonly result: Readonly<Record<string, string>>
  readonly control: string
}

const script = join(root, 'test', 'full', 'streamDigest.mjs')
const dist = join(root, 'dist')

describe('random streams and samples', () => {
  let here: Digest
  const digests = new Map<string, Digest>()
  beforeAll(() => {
    here = JSON.parse(run(process.execPath, [script, dist]))
    for (const version of OTHERS) digests.set(version, JSON.parse(withNode(version, script, dist)))
  })

  it.each(OTHERS)('have the same bits on Node %s as here', version => {
    const { version: ran, result } = digests.get(version)!
    expect(ran.startsWith(`v${version}.`)).toBe(true)
    expect(Object.keys(result).length).toBeGreaterThanOrEqual(8)
    expect(result).toEqual(here.result)
  })

  it('would not have, had they used the Math of the engine', () => {
    const controls = [here, ...digests.values()].map(({ control }) => control)
    expect(new Set(controls).size).toBeGreaterThan(1)
  })
})

// What rests most on Node and its engine: threads, processes and files, and the numbers of laws and kernels. Commands
// and all unit tests run on each in nodeVersions.long.test.ts.
describe.each(OTHERS)('on Node %s', version => {
  it('the tests of processes and threads pass', () => {
    expect(passed(version, '--project', 'processes', ...paths(folders))).toBeGreaterThan(50)
  })

  it('the unit tests of laws and kernels pass', () => {
    expect(passed(version, '--project', 'unit', ...paths(['interaction', 'law']))).toBeGreaterThan(150)
  })
})
