// The tests of commands and every unit test on each supported line of Node; the heavy tests run those there that rest
// most on Node and its engine.
import { expect, it } from 'vitest'
import { folders, OTHERS, passed, paths } from './otherNodes.js'

it.each(OTHERS)('the tests of commands pass on Node %s', version => {
  const files = [...paths(folders), 'test/cli/mfl', 'test/cli/report']
  expect(passed(version, '--project', 'commands', ...files)).toBeGreaterThan(100)
})

it.each(OTHERS)('the unit tests pass on Node %s', version => {
  expect(passed(version, '--project', 'unit', ...paths(folders))).toBeGreaterThan(3000)
})
