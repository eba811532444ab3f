import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { assignmentCommand } from '../../src/cli/assignmentCommand.js'
import { main } from '../../src/cli/mfl.js'
import { UsageError } from '../../src/cli/report.js'

const home = mkdtempSync(join(tmpdir(), 'mfl-course-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))
const course = join(home, 'course')

/** What a command line prints, and its exit code. */
async function mfl(...args: string[]): Promise<{ code: number; out: string }> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  try {
    const code = await main(args)
    return { code, out: write.mock.calls.map(([text]) => String(text)).join('') }
  } finally {
    write.mockRestore()
  }
}

describe('mfl assignment', () => {
  it('says what it takes', async () => {
    const { code, out } = await mfl('assignment', '--help')
    expect(code).toBe(0)
    for (const word of ['<folder>', '--only <ids>', '--name <name>', '--points <points>', '--json'])
      expect(out).toContain(word)
  })

  it('writes whole notebooks and single exercises, and says what comes next', async () => {
    const { code, out } = await mfl('assignment', course, '--only', '01,04.2', '--name', 'week-1', '--points', '2')
    expect(code).toBe(0)
    expect(out).toContain('4 exercises, 8 points')
    expect(out).toContain('\nnbgrader generate_assignment week-1 --create\n')
    expect(readdirSync(join(course, 'source', 'week-1'))).toEqual(['01-vlasov-poisson.ipynb', '04-two-flows.ipynb'])
  })

  it('prints the same as one document', async () => {
    const { out } = await mfl('assignment', course, '--only', '09.1', '--name', 'week-2', '--json')
    const files = [join(course, 'source', 'week-2', '09-fournier-guillin.ipynb')]
    expect(JSON.parse(out)).toEqual({ name: 'week-2', course, files, exercises: 1, points: 1 })
  })

  it('takes all exercises of the walkthrough by default', () => {
    const { data } = assignmentCommand(join(home, 'all'), { name: 'exercises', points: '1' })
    expect((data.files as string[]).length).toBe(15)
  })

  it.each([
    [{ only: '77' }, /^--only must be a list of 00, 01, .*; got "77"/],
    [{ only: '01,04.9' }, /^--only must be a list of .*; got "04\.9"/],
    [{ only: '' }, /^--only must be a list of .*; got ""$/],
    [{ points: '0' }, /^--points must be a whole number in \[1, 1000\]; got "0"$/],
    [{ points: 'two' }, /^--points must be .*; got "two"$/],
    [{ name: 'week 3' }, /^--name must be 1 to 64 letters, .*got "week 3"$/],
    [{ name: 'week-1' }, /^--name must be new in this course, got "week-1"/],
    [{ folder: ' ' }, /^FOLDER must be a path/],
    [{ folder: home }, /^FOLDER must be new, empty, or a course .*which has other files$/],
  ])('refuses %j, and writes nothing', ({ folder = course, ...options }: Record<string, string>, words) => {
    const before = readdirSync(join(course, 'source'))
    const call = () => assignmentCommand(folder, { name: 'week-3', points: '1', ...options })
    expect(call).toThrow(UsageError)
    expect(call).toThrow(words)
    expect(readdirSync(join(course, 'source'))).toEqual(before)
    expect(existsSync(join(home, 'source'))).toBe(false)
  })
})
