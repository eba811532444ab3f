/**
 * The examples of src/: every `@example`, its code, what its comment promises, and the module that it stands in.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from '../support/capabilities.js'

/** An example as it stands in a docblock. */
export interface Example {
  /** Path below src/ and line, as a test's name. */
  readonly place: string
  /** The module, below src/. */
  readonly path: string
  readonly code: string
  /** The comment behind its last line: what it gives. */
  readonly promise: string | undefined
}

/** Files of src/ that hold code, below src/. */
export function sourceFiles(): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map(name => name.replaceAll('\\', '/'))
    .filter(name => name.endsWith('.ts') && !name.endsWith('.generated.ts') && !name.startsWith('wasm/assembly/'))
    .sort()
}

/** Code and promise of an example's text: a comment at the end of its last line is what that line gives. */
export function splitPromise(text: string): Pick<Example, 'code' | 'promise'> {
  const code = text.trim()
  const comments: ts.CommentRange[] = []
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true)
  const end = file.statements.at(-1)?.end ?? 0
  comments.push(...(ts.getTrailingCommentRanges(code, end) ?? []))
  const last = comments.at(-1)
  if (last === undefined || last.end < code.length) return { code, promise: undefined }
  return { code: code.slice(0, last.pos).trim(), promise: code.slice(last.pos + 2, last.end).trim() }
}

/** Every example of a source. */
export function examplesOf(path: string, text: string): Example[] {
  const found: Example[] = []
  for (const block of text.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    for (const tag of block[0].matchAll(/@example\b([\s\S]*?)(?=\n[ \t]*\*[ \t]*@\w|[ \t]*\*\/)/g)) {
      const code = tag[1]!.replace(/^[ \t]*\*[ \t]?/gm, '')
      const line = text.slice(0, block.index + tag.index).split('\n').length
      found.push({ place: `${path}:${line}`, path, ...splitPromise(code) })
    }
  }
  return found
}

/** All of them. */
export function readExamples(): Example[] {
  return sourceFiles().flatMap(path => examplesOf(path, readFileSync(join(root, 'src', path), 'utf8')))
}
