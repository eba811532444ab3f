/** `mfl prove` and `mfl check` as a reader calls them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { main } from '../../src/cli/mfl.js'
import { statementIds } from '../../src/proofs/index.js'

const home = mkdtempSync(join(tmpdir(), 'mfl-proofs-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Exit code and what was printed. */
async function mfl(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map(stream =>
    vi.spyOn(process[stream], 'write').mockImplementation(text => {
      written[stream] += String(text)
      return true
    }),
  )
  const code = await main(argv).finally(() => {
    for (const spy of spies) spy.mockRestore()
  })
  return { code, out: written.stdout, err: written.stderr }
}

it('the stored certificates are checked, and hold', async () => {
  const { code, out } = await mfl('check')
  expect(code).toBe(0)
  expect(out).toContain(`${statementIds.length} of ${statementIds.length} certificates hold`)
})

it('a certificate is made with those that it refers to, and checked from its file', async () => {
  const made = await mfl('prove', '--only', 'kernel-difference-sharp', '--out', home, '--json')
  expect(made.code).toBe(0)
  const { certificates } = JSON.parse(made.out)
  expect(certificates.map(({ id }: { id: string }) => id)).toEqual(['kernel-difference', 'kernel-difference-sharp'])
  const file = join(home, 'kernel-difference.json')
  expect((await mfl('check', file)).code).toBe(0)
  const spoilt = readFileSync(file, 'utf8').replace('"hi": "9.4', '"hi": "9.3')
  writeFileSync(file, spoilt)
  const bad = await mfl('check', file)
  expect(bad).toMatchObject({ code: 1, err: '' })
  expect(bad.out).toContain('not proved')
})

it('mistakes are told in one line', async () => {
  const unknown = await mfl('prove', '--only', 'cubic-forse', '--out', home)
  expect(unknown).toMatchObject({ code: 2, out: '' })
  expect(unknown.err).toMatch(/^mfl: --only .*did you mean "cubic-force"\?\n$/)
  writeFileSync(join(home, 'broken.json'), '{')
  expect(await mfl('check', join(home, 'broken.json'))).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^mfl: cannot read .*\n$/),
  })
  expect((await mfl('prove', '--out', ' ')).err).toMatch(/^mfl: --out must be a path.*\n$/)
})

it('the schema is printed as it is published', async () => {
  const { out } = await mfl('check', '--schema')
  expect(JSON.parse(out).title).toBe('Certificate of a statement of mean-field-limit')
})
