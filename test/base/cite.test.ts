import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { citationRecord } from '../../src/base/citation.generated.js'
import type { CitationRecord } from '../../src/base/citationRecord.js'
import { type CitationFormat, citationBibtex, cite, citePage } from '../../src/base/cite.js'
import { root } from '../support/capabilities.js'

const file = readFileSync(join(root, 'CITATION.cff'), 'utf8')

/**
 * The value of a key by its indentation, without a parser of YAML: the first is the package's, a later one the paper's.
 */
function valuesOf(key: string): string[] {
  return [...file.matchAll(new RegExp(`^ *(?:- )?${key}: *"?([^"\n]*?)"?$`, 'gm'))].map(match => match[1]!)
}

interface Entry {
  readonly type: string
  readonly key: string
  readonly fields: ReadonlyMap<string, string>
}

/** Reads BibTeX by counting braces. @throws Error where they do not match or a field is not `name = {value}` */
function readBibtex(text: string): Entry[] {
  const entries: Entry[] = []
  let at = 0
  while (at < text.length) {
    const head = /^\s*@(\w+)\{([^,\s]+),/.exec(text.slice(at))
    if (head === null) throw new Error(`no entry at ${JSON.stringify(text.slice(at, at + 20))}`)
    at += head[0].length
    const fields = new Map<string, string>()
    for (;;) {
      const name = /^\s*(\w+) = \{/.exec(text.slice(at))
      if (name === null) throw new Error(`no field at ${JSON.stringify(text.slice(at, at + 20))}`)
      const start = at + name[0].length
      let depth = 1
      for (at = start; depth > 0; at++) {
        if (at >= text.length) throw new Error('a brace is not closed')
        depth += text[at] === '{' ? 1 : text[at] === '}' ? -1 : 0
      }
      fields.set(name[1]!, text.slice(start, at - 1))
      const next = /^,|^\s*\}/.exec(text.slice(at))
      if (next === null) throw new Error(`neither a comma nor the end at ${JSON.stringify(text.slice(at, at + 20))}`)
      at += next[0].length
      if (next[0] !== ',') break
    }
    entries.push({ type: head[1]!, key: head[2]!, fields })
    while (/\s/.test(text[at] ?? '')) at++
  }
  return entries
}

const NEEDED: Readonly<Record<string, readonly string[]>> = {
  software: ['author', 'title', 'version', 'year', 'month', 'license'],
  article: ['author', 'title', 'journal', 'volume', 'pages', 'year', 'eprint', 'archiveprefix'],
}

/** What is missing or empty. */
const missing = (entries: readonly Entry[]): string[] =>
  entries.flatMap(({ type, key, fields }) =>
    NEEDED[type]!.filter(name => !/[^{}\s-]/.test(fields.get(name) ?? '')).map(name => `${key}: ${name}`),
  )

describe('cite', () => {
  it('gives BibTeX whose braces match, with every field of the package and of the paper', () => {
    const entries = readBibtex(cite())
    expect(entries.map(({ type, key }) => [type, key])).toEqual([
      ['software', 'mean-field-limit'],
      ['article', 'LazaroviciPickl2017'],
    ])
    expect(missing(entries)).toEqual([])
  })

  it('says what CITATION.cff says', () => {
    const [software, article] = readBibtex(cite()).map(({ fields }) => fields) as [Entry['fields'], Entry['fields']]
    const [title, paper] = valuesOf('title')
    const [year, month] = valuesOf('date-released')[0]!.split('-')
    expect(Object.fromEntries(software)).toEqual({
      author: `{${valuesOf('name')[0]}}`,
      title: `{${title}}`,
      version: valuesOf('version')[0],
      year,
      month: String(Number(month)),
      license: valuesOf('license')[0],
    })
    const given = valuesOf('given-names')
    expect(Object.fromEntries(article)).toEqual({
      author: valuesOf('family-names')
        .map((family, i) => `${family}, ${given[i]}`)
        .join(' and '),
      title: `{${paper}}`,
      journal: valuesOf('journal')[0],
      volume: valuesOf('volume')[0],
      pages: `${valuesOf('start')[0]}--${valuesOf('end')[0]}`,
      year: valuesOf('year')[0],
      ...(valuesOf('doi').length > 0 ? { doi: valuesOf('doi')[0] } : {}),
      eprint: valuesOf('value')[0]!.replace('arXiv:', ''),
      archiveprefix: 'arXiv',
    })
  })

  it('gives plain text with the same, and the file itself', () => {
    const [software, article, ...rest] = cite('text').split('\n')
    expect(rest).toEqual([])
    for (const key of ['title', 'version', 'license', 'name']) expect(software).toContain(valuesOf(key)[0])
    for (const key of ['journal', 'volume', 'start', 'end', 'value', 'family-names'])
      expect(article).toContain(valuesOf(key)[0])
    expect(cite('cff')).toBe(file.trimEnd())
  })

  it('has the version of package.json', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(readBibtex(cite())[0]!.fields.get('version')).toBe(version)
  })

  it('rests on a module that is what CITATION.cff says now', async () => {
    const { citationModule } = await import(pathToFileURL(join(root, 'scripts', 'citation.mjs')).href)
    const made = readFileSync(join(root, 'src', 'base', 'citation.generated.ts'), 'utf8')
    expect(citationModule(file)).toBe(made)
    expect(citationModule(file.replace('volume: 225', 'volume: 226')), 'control').not.toBe(made)
  })

  it('is caught with a field left out or a brace left open (controls)', () => {
    const without: CitationRecord = {
      ...citationRecord,
      references: [{ ...citationRecord.references[0]!, journal: '' }],
    }
    expect(missing(readBibtex(citationBibtex(without)))).toEqual(['LazaroviciPickl2017: journal'])
    expect(() => readBibtex(citationBibtex({ ...citationRecord, title: 'a { b' }))).toThrow(/neither|brace|field/)
  })

  it('keeps what means something to TeX, and names a DOI where there is one', () => {
    const article = { ...citationRecord.references[0]!, title: 'A & B', doi: '10.1000/a_b' }
    const fields = readBibtex(citationBibtex({ ...citationRecord, references: [article] }))[1]!.fields
    expect(fields.get('title')).toBe('{A \\& B}')
    expect(fields.get('doi')).toBe('10.1000/a_b')
  })

  it('gives a page of the book with its name, and the rest as CITATION.cff says it', () => {
    const { bibtex, text } = citePage({ title: 'A & B?', file: '05-distances.ipynb' })
    const [{ type, key, fields }] = readBibtex(bibtex) as [Entry]
    const [year, month] = valuesOf('date-released')[0]!.split('-')
    expect([type, key]).toEqual(['misc', 'mean-field-limit-05-distances'])
    expect(Object.fromEntries(fields)).toEqual({
      author: `{${valuesOf('name')[0]}}`,
      title: '{A \\& B?}',
      howpublished: `{${valuesOf('title')[0]}}, version ${valuesOf('version')[0]}`,
      note: 'Notebook 05-distances.ipynb',
      year,
      month: String(Number(month)),
    })
    expect(text).toBe(
      `${valuesOf('name')[0]} (${year}). A & B? Notebook 05-distances.ipynb of ${valuesOf('title')[0]}. ` +
        `Version ${valuesOf('version')[0]}, ${valuesOf('license')[0]} licence.`,
    )
    const later = { ...citationRecord, version: '9.9.9' }
    expect(citePage({ title: 'A', file: 'a.ipynb' }, later).text, 'control').toContain('Version 9.9.9')
  })

  it('refuses another format by name', () => {
    expect(() => cite('ris' as CitationFormat)).toThrow(/format must be one of "bibtex", "text", "cff", got "ris"/)
  })
})
