// The recorded tails of many particles: their first runs are what they were.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readTailFile } from '../../src/ensemble/store/tailFile.js'
import { root } from '../support/capabilities.js'
import { givesFirstRunsAgain, isLong } from './sampledAgain.js'

const folder = join(root, 'data/rare')
const long = readdirSync(folder)
  .map(file => ({ file, ...readTailFile(join(folder, file)) }))
  .filter(isLong)

test('there is one at least', () => expect(long.length).toBeGreaterThan(0))

test.each(long)('$file is what the first runs of its first cell give again, bit for bit', givesFirstRunsAgain)
