import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packagedEnsemble } from '../../src/ensemble/packagedEnsemble.js'
import { readEnsemble } from '../../src/ensemble/packedEnsemble.js'
import { notebookFiles } from '../../src/notebook/notebookFolder.js'
import { root } from '../support/capabilities.js'

const names = readdirSync(join(root, 'data', 'ensembles')).map(file => file.replace('.parquet', ''))

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
