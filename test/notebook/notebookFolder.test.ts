// Which notebooks are drafts: the same as git ignores, which is asked.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { draftRule, notebookFiles } from '../../src/notebook/notebookFolder.js'
import { root } from '../support/capabilities.js'

const git = spawnSync('git', ['--version']).status === 0

const NAMES = [
  '00-start-here',
  '13-your-own',
  '14-new',
  'my-notes',
  'my-',
  'mynotes',
  'amy-x',
  'Untitled',
  'Untitled12',
]
const files = NAMES.map(name => `${name}.ipynb`)

/** What git ignores of these names in notebooks/, under this .gitignore and no other. */
function ignoredByGit(gitignore: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'mfl-git-'))
  try {
    spawnSync('git', ['init', '-q'], { cwd: folder })
    writeFileSync(join(folder, '.gitignore'), gitignore)
    const paths = files.map(name => `notebooks/${name}`)
    const { stdout } = spawnSync('git', ['-c', 'core.excludesFile=', 'check-ignore', ...paths], {
      cwd: folder,
      encoding: 'utf8',
    })
    return stdout.split('\n').flatMap(path => (path === '' ? [] : [path.replace('notebooks/', '')]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe.skipIf(!git)('a draft', () => {
  it.each([
    ['as this clone has it', readFileSync(join(root, '.gitignore'), 'utf8')],
    ['with an exception', 'my-*\n!my-notes.ipynb\n# Untitled*\n'],
    ['with folders', '/notebooks/Unt*\nnotebooks/1?-*.ipynb\ndocs/my-*\n**/amy*\nmy-*/\n'],
    ['by the whole name', '/my-*\n13-your-own.ipynb\n'],
  ])('is what git ignores: .gitignore %s', (_, gitignore) => {
    expect(files.filter(draftRule(gitignore))).toEqual(ignoredByGit(gitignore))
  })
})

it('the notebooks of the clone are in order and no drafts', () => {
  const names = notebookFiles(root)
  expect(names[0]).toBe('00-start-here.ipynb')
  expect(names).toEqual([...names].sort())
  expect(names.filter(name => !/^\d\d-/.test(name))).toEqual([])
})
