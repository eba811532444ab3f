import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { chaosThresholdFigure } from '../../src/figures/section5/chaosThresholdFigure.js'
import { writeFileAtomic } from '../../src/files/files.js'
import { writeTable } from '../../src/files/parquetTable.js'
import { exportFigure } from '../../src/notebook/pictures/renderFigure.js'

const folder = mkdtempSync(join(tmpdir(), 'mfl-outputs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// Never /dev/null itself: whoever may, would replace it if the code under test were wrong.
it('a device that a link leads to takes the bytes, and the link stays', async () => {
  const place = join(folder, 'null')
  symlinkSync('/dev/null', place)
  expect(writeFileAtomic(place, 'text')).toBe(true)
  writeTable(place, { columns: { t: [1] }, metadata: {} })
  expect(readlinkSync(place)).toBe('/dev/null')
  expect(statSync(place).isCharacterDevice()).toBe(true)
  const figures = join(folder, 'figures')
  mkdirSync(figures)
  const figure = chaosThresholdFigure()
  symlinkSync('/dev/null', join(figures, `${figure.id}.csv`))
  await exportFigure(figure, figures, ['csv'])
  expect(statSync(join(figures, `${figure.id}.csv`)).isCharacterDevice()).toBe(true)
})

it('a pipe takes the bytes and stays a pipe', async () => {
  const place = join(folder, 'pipe')
  if (spawnSync('mkfifo', [place]).status !== 0) return
  const reader = spawn('cat', [place])
  let read = ''
  reader.stdout.on('data', chunk => {
    read += chunk
  })
  const closed = once(reader, 'close')
  writeFileAtomic(place, 'first,second\n')
  await closed
  expect(read).toBe('first,second\n')
  expect(lstatSync(place).isFIFO()).toBe(true)
})

it('through a link the file is written that it points to, also one that is not there yet', () => {
  const [file, link, later, dangling] = ['file', 'link', 'later', 'dangling'].map(name => join(folder, name))
  writeFileSync(file!, 'old')
  symlinkSync('file', link!)
  symlinkSync(later!, dangling!)
  expect(writeFileAtomic(link!, 'new')).toBe(true)
  expect(writeFileAtomic(link!, 'new')).toBe(false)
  expect(writeFileAtomic(dangling!, 'new')).toBe(true)
  expect([file, later].map(path => readFileSync(path!, 'utf8'))).toEqual(['new', 'new'])
  expect([link, dangling].map(path => lstatSync(path!).isSymbolicLink())).toEqual([true, true])
  expect(readdirSync(folder).filter(name => name.endsWith('.tmp'))).toEqual([])
})
