// The generated lists: what is kept in git is what the folders say.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { LISTS, registryModule } from '../../scripts/registries.mjs'
import { root } from '../support/capabilities.js'

const kept = (target: string): string => readFileSync(join(root, target), 'utf8')

it.each(LISTS.map(list => [list.target, list] as const))('%s is what its folder says', (target, list) => {
  expect(kept(target)).toBe(registryModule(list))
  expect(kept(target)).toMatch(/(\n {2}[^\n]+,)+\n[\]}]\n$/)
})

it('a folder with fewer files has a shorter list (control)', () => {
  const list = LISTS.find(({ constant }) => constant === 'immediateFigures')!
  const fewer = registryModule({ ...list, folder: `${list.folder}/section2` })
  expect(fewer).toMatch(/^ {2}regularisedKernelsEntry,$/m)
  expect(fewer).not.toMatch(/proofMapEntry/)
  expect(kept(list.target)).toMatch(/^ {2}proofMapEntry,$/m)
})
