// The notebooks that tell their readers to wait about a minute, as notebooks.test.ts does with all others.
import { describe, expect, it } from 'vitest'
import { givesStoredOutputs, isLong, names } from './storedOutputs.js'

const long = names.filter(isLong)

describe.skipIf(names.length === 0)('a notebook of the walkthrough that takes about a minute', () => {
  // Two at a time: each computes on one processor.
  it.concurrent.each(long)('%s gives its stored outputs', givesStoredOutputs)

  it('is one of the fewer: most are run by npm test', () => {
    expect(long.length).toBeGreaterThan(0)
    expect(long.length).toBeLessThan(names.length / 2)
  })
})
