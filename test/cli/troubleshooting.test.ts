// docs/setup.md quotes what the commands say: every quoted line is put together from texts of the source.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { root } from '../support/capabilities.js'

/** The texts of a source file: strings, and templates cut at their values. */
function textsOf(path: string): string[] {
  const texts: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text)
    if (ts.isTemplateExpression(node)) texts.push(node.head.text, ...node.templateSpans.map(span => span.literal.text))
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TS))
  return texts
}

const folder = (...parts: string[]): string[] =>
  readdirSync(join(root, ...parts), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(mjs|ts)$/.test(name))
    .map(name => join(root, ...parts, name))

const texts = [
  ...folder('scripts'),
  ...folder('src', 'cli'),
  ...folder('src', 'notebook'),
  join(root, 'test', 'support', 'announce.ts'),
]
  .flatMap(textsOf)
  .map(text => text.replace(/^\n|\n$/g, ''))
  .filter(text => text.length >= 4)

/** The letters of a quoted message that no text of the source has: numbers and signs are values. */
function invented(message: string): string {
  const covered = new Array<boolean>(message.length).fill(false)
  for (const text of texts) {
    for (let at = message.indexOf(text); at >= 0; at = message.indexOf(text, at + 1))
      covered.fill(true, at, at + text.length)
  }
  return [...message].filter((character, i) => !covered[i] && /\p{L}/u.test(character)).join('')
}

/** The messages in the first columns of the tables that quote our own. */
function quoted(page: string): string[] {
  const own = page.split('## Troubleshooting')[1]!.split('### Said by others')[0]!
  return own
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .map(line => /^\| (`+)(.*?)\1 \| /.exec(line)![2]!)
}

describe('the troubleshooting of docs/setup.md', () => {
  const messages = quoted(readFileSync(join(root, 'docs', 'setup.md'), 'utf8'))

  it('quotes messages as the commands print them', () => {
    expect(messages.length).toBeGreaterThan(25)
    for (const message of messages) expect({ message, invented: invented(message) }).toEqual({ message, invented: '' })
  })

  it('has every problem that set-up can report', () => {
    const problems = [
      'is needed, this is ',
      'npm is needed and is not on PATH',
      'npm cannot reach its registry',
      'pip cannot reach the Python package index',
      ' comes without venv',
      'is none',
      ' is taken: choose another one',
      ' are all taken: give one',
      'if JupyterLab did not want to run as root',
      'images need Chromium',
    ]
    for (const problem of problems) {
      expect(
        texts.some(text => text.includes(problem.trim())),
        `${problem} is in the source`,
      ).toBe(true)
      expect(
        messages.some(message => message.includes(problem.trim())),
        problem,
      ).toBe(true)
    }
  })

  it('would be caught with another wording (control)', () => {
    expect(invented('Python 3.10 or newer is needed for JupyterLab')).not.toBe('')
    expect(invented('port 8889 is in use: choose another one')).not.toBe('')
  })
})
