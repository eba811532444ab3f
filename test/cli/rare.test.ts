// mfl rare, as a process: killed and continued, and what it refuses.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readTailFile, writeTailFile } from '../../src/ensemble/store/tailFile.js'
import { root } from '../support/capabilities.js'

let folder: string
const groups = [{ N: [8, 10], delta: [0.2], factors: [1, 1.1], population: 100, runs: 16, movesPerLevel: 8 }]
const plan = { name: 'small', kind: 'tail', seed: 'cli', steps: 4, groups }
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mfl-rare-'))
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan))
  writeFileSync(join(folder, 'other.json'), JSON.stringify({ ...plan, seed: 'another' }))
  writeFileSync(join(folder, 'wrong.json'), JSON.stringify({ ...plan, steps: 1 }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const command = (...args: string[]): string[] => [join(root, 'scripts', 'mfl.mjs'), 'rare', ...args]
function rare(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, command(...args), { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 })
}
const records = (file: string): unknown[] =>
  JSON.parse(readFileSync(join(folder, file), 'utf8')).records.map(
    ({ seconds: _, ...rest }: { seconds: number }) => rest,
  )

describe('mfl rare', () => {
  it('prints the curve with intervals, and has it as JSON', () => {
    const { status, stdout, stderr } = rare('plan.json', '--out', 'whole.json', '--json')
    expect(stderr).toBe('')
    expect(status).toBe(0)
    const { points, exponents } = JSON.parse(stdout)
    expect(points.length).toBe(4)
    for (const { value, estimate } of points) expect(estimate.low < value && value < estimate.high).toBe(true)
    expect(exponents.length).toBe(2)
    // What is done is not done again.
    const again = rare('plan.json', '--out', 'whole.json')
    expect(again.stdout).toMatch(/δ +c +N +cN\^\(-δ\) +P +interval/)
    expect(again.stdout).toMatch(/N = 8, δ = 0.2: half the step in double precision changes S of 32 states/)
    expect(again.stdout).toContain('written: whole.json')
  })

  it('keeps the result in a folder of its own where no file is named', () => {
    const { status, stdout } = rare('plan.json')
    expect(status).toBe(0)
    expect(stdout).toContain(`written: ${join('rare-out', 'plan.json')}`)
    expect(records(join('rare-out', 'plan.json'))).toEqual(records('whole.json'))
  })

  it('prints the schema that is published, which takes every plan of data/plans and no other kind', () => {
    const published = JSON.parse(readFileSync(join(root, 'data/schema/tail-plan.schema.json'), 'utf8'))
    expect(JSON.parse(rare('--schema').stdout)).toEqual(published)
    const valid = z.fromJSONSchema(published)
    const folder = join(root, 'data/plans')
    for (const file of readdirSync(folder)) {
      const plan = JSON.parse(readFileSync(join(folder, file), 'utf8'))
      expect([file, valid.safeParse(plan).success]).toEqual([file, plan.kind === 'tail'])
    }
    expect(rare().stderr).toBe('mfl: the plan must be named, or --schema given\n')
  })

  it('continues after a kill to the same bits', async () => {
    const child = spawn(process.execPath, command('plan.json', '--out', 'killed.json'), {
      cwd: folder,
      stdio: 'ignore',
    })
    const ended = new Promise(resolve => child.once('exit', resolve))
    while (!existsSync(join(folder, 'killed.json')) && child.exitCode === null)
      await new Promise(resolve => setTimeout(resolve, 10))
    child.kill('SIGKILL')
    await ended
    const left = JSON.parse(readFileSync(join(folder, 'killed.json'), 'utf8'))
    expect(left.records.length).toBeLessThan(2)
    expect(rare('plan.json', '--out', 'killed.json').status).toBe(0)
    expect(records('killed.json')).toEqual(records('whole.json'))
  })

  it('refuses a file of another plan, one that was changed, and a plan that is none', () => {
    expect(rare('other.json', '--out', 'whole.json')).toMatchObject({
      status: 2,
      stderr: 'mfl: "whole.json" is of another plan, "small": give --out another name\n',
    })
    const text = readFileSync(join(folder, 'whole.json'), 'utf8')
    writeFileSync(join(folder, 'changed.json'), text.replace('"pilotScores":', '"pilotScores":1'))
    expect(rare('plan.json', '--out', 'changed.json').stderr).toMatch(/was changed after it was written/)
    expect(rare('wrong.json', '--out', 'x.json')).toMatchObject({ status: 2 })
    expect(rare('wrong.json', '--out', 'x.json').stderr).toMatch(/steps: .*>=2, got 1/)
    expect(rare('none.json', '--out', 'x.json').stderr).toMatch(/cannot read none\.json as JSON/)
    expect(existsSync(join(folder, 'x.json'))).toBe(false)
  })

  it('a repetition is compared with the stored records, and one bit more in a level is told', () => {
    const name = 'theorem-4-2.tail.large.json'
    const again = join(folder, 'again')
    mkdirSync(again)
    cpSync(join(root, 'data/rare', name), join(again, name))
    const compared = (): ReturnType<typeof spawnSync> =>
      spawnSync(process.execPath, [join(root, 'scripts', 'same-tails.mjs'), again], { encoding: 'utf8' })
    expect(compared()).toMatchObject({ status: 0, stderr: expect.stringContaining('as stored') })
    const file = JSON.parse(JSON.stringify(readTailFile(join(again, name))))
    file.records[0].schedule.levels[0] *= 1 + Number.EPSILON
    writeTailFile(join(again, name), file)
    expect(compared()).toMatchObject({ status: 1, stderr: expect.stringContaining('NOT as stored') })
  })
})
