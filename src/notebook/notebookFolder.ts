/**
 * Which notebooks of a folder belong to the walkthrough: all that git does not ignore. Read by the book and the tests.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const EXTENSION = '.ipynb'

/**
 * File names of the notebooks, in order. Drafts, which .gitignore names (`my-*`, `Untitled*.ipynb`), are left out.
 * @param root the clone, whose .gitignore counts; without one nothing is a draft
 * @param folder where they lie, default notebooks/ of the clone; its files count as if they lay there
 * @throws Error if the folder cannot be read
 * @example notebookFiles(packageRoot())[0] // '00-start-here.ipynb'
 */
export function notebookFiles(root: string, folder: string = join(root, 'notebooks')): string[] {
  const rules = join(root, '.gitignore')
  const isDraft = draftRule(existsSync(rules) ? readFileSync(rules, 'utf8') : '')
  return readdirSync(folder)
    .filter(name => name.endsWith(EXTENSION) && !isDraft(name))
    .sort()
}

/**
 * The rule of a .gitignore for files that lie in notebooks/, by name: as in git, the last line that matches decides.
 * @example draftRule('my-*')('my-notes.ipynb') // true
 */
export function draftRule(gitignore: string): (name: string) => boolean {
  const rules = gitignore
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#') && !line.endsWith('/'))
    .map(line => ({ ignored: !line.startsWith('!'), pattern: matcher(line.replace(/^!/, '')) }))
  return name => {
    const path = `notebooks/${name}`
    return rules.filter(({ pattern }) => pattern.test(path)).at(-1)?.ignored ?? false
  }
}

/** A glob of .gitignore: with a slash before its end it is anchored to the clone, otherwise it is about the name. */
function matcher(glob: string): RegExp {
  const bare = glob.replace(/^\//, '')
  const source = bare
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*\*\/?|\*|\?/g, sign => (sign.startsWith('**') ? '(?:.*/)?' : sign === '*' ? '[^/]*' : '[^/]'))
  return new RegExp(`^${glob.includes('/') ? '' : '(?:.*/)?'}${source}$`)
}
