import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LISTS, registryModule } from '../../scripts/registries.mjs'
import { root } from '../support/capabilities.js'

test.each(LISTS)('$target is what its folder declares', list => {
  const module = registryModule(list)
  expect(readFileSync(join(root, list.target), 'utf8')).toBe(module)
  // Control: another pattern of a member finds other members.
  expect(registryModule({ ...list, member: /^export const (lemma\w+): Claim</m })).not.toBe(module)
})
