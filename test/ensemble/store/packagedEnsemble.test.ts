import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packagedEnsemble } from '../../../src/ensemble/store/packagedEnsemble.js'
import { readEnsemble } from '../../../src/ensemble/store/packedEnsemble.js'
import { notebookFiles } from '../../../src/notebook/notebookFolder.js'
import { root } from '../../support/capabilities.js'

const ensembles = join(root, 'data', 'ensembles')
const names = readdirSync(ensembles)
  .filter(file => file.endsWith('.parquet'))
  .map(file => file.replace('.parquet', ''))

describe('packagedEnsemble', () => {
  let elsewhere: string
  beforeAll(() => {
    elsewhere = mkdtempSync(join(tmpdir(), 'mfl-elsewhere-'))
    mkdirSync(join(elsewhere, 'node_modules'))
    symlinkSync(root, join(elsewhere, 'node_modules', 'mean-field-limit'), 'junction')
  })
  afterAll(() => rmSync(elsewhere, { recursive: true, force: true }))

  it.each(names)('gives what the file of %s holds', async name => {
    const [found, read] = [
      await packagedEnsemble(name),
      await readEnsemble(join(root, 'data', 'ensembles', `${name}.parquet`)),
    ]
    expect(found.jobs.size).toBeGreaterThan(100)
    expect(found).toEqual(read)
  })

  it('has the SHA-256 of every file recorded, and of no other', () => {
    const digests = JSON.parse(readFileSync(join(ensembles, 'digests.json'), 'utf8'))
    const files = names.map(name => `${name}.parquet`)
    const own = files.map(file => [
      file,
      createHash('sha256')
        .update(readFileSync(join(ensembles, file)))
        .digest('hex'),
    ])
    expect(digests).toEqual(Object.fromEntries(own))
  })

  it('refuses a file that is not the recorded one, where its own digest of the numbers sees nothing', async () => {
    const copy = join(elsewhere, 'package')
    cpSync(join(root, 'package.json'), join(copy, 'package.json'))
    cpSync(ensembles, join(copy, 'data', 'ensembles'), { recursive: true })
    const name = '10-particle-approximation'
    const file = join(copy, 'data', 'ensembles', `${name}.parquet`)
    // A word of the description, which the digest of the numbers does not cover.
    const bytes = readFileSync(file)
    bytes[bytes.indexOf('Notebook 10.')] = 'n'.charCodeAt(0)
    writeFileSync(file, bytes)
    expect((await readEnsemble(file)).jobs.size).toBe(144)
    await expect(packagedEnsemble(name, copy)).rejects.toThrow(`${file} is not the file that digests.json beside it`)
    cpSync(join(ensembles, `${name}.parquet`), file)
    expect((await packagedEnsemble(name, copy)).jobs.size).toBe(144)
  })

  it('finds its file from any folder, where a path relative to the notebook does not (control)', () => {
    const script = (call: string) =>
      `import { packagedEnsemble, readEnsemble } from 'mean-field-limit'\nconsole.log((await ${call}).jobs.size)\n`
    const run = (call: string) => {
      writeFileSync(join(elsewhere, 'script.mjs'), script(call))
      return spawnSync(process.execPath, ['script.mjs'], { cwd: elsewhere, encoding: 'utf8' })
    }
    expect(run(`packagedEnsemble('${names[0]}')`)).toMatchObject({ status: 0, stdout: '720\n' })
    expect(run(`readEnsemble('../data/ensembles/${names[0]}.parquet')`).status).toBe(1)
  })

  it('names the known ones for an unknown name, and leaves the folder for none', async () => {
    for (const name of ['nonsense', '../plans/12-no-cut-off', ''])
      await expect(packagedEnsemble(name)).rejects.toThrow(
        `name must be one of ${names.map(known => `"${known}"`).join(', ')}, got "${name}"`,
      )
  })

  it('is what the notebooks use: none of them reads a file relative to itself', () => {
    const folder = join(root, 'notebooks')
    for (const file of notebookFiles(root)) {
      const { cells } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
      const code = cells.filter((cell: { cell_type: string }) => cell.cell_type === 'code')
      for (const { source } of code) expect(source.join(''), file).not.toMatch(/['"`]\.\.?\//)
    }
  })
})
