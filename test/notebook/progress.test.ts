import { afterEach, describe, expect, it, vi } from 'vitest'
import { onInterrupt } from '../../src/base/interrupt.js'
import { progress, tracked } from '../../src/notebook/progress.js'

describe('progress outside a notebook', () => {
  afterEach(() => vi.restoreAllMocks())
  const written = (tty: boolean): string[] => {
    const lines: string[] = []
    vi.spyOn(process.stderr, 'write').mockImplementation(text => lines.push(String(text)) > 0)
    vi.spyOn(process.stderr, 'isTTY', 'get').mockReturnValue(tty as true)
    return lines
  }
  const clock = (): { now: number } => {
    const time = { now: 0 }
    vi.spyOn(performance, 'now').mockImplementation(() => time.now)
    return time
  }

  it('rewrites one line of a terminal, at most ten times a second, with the time left', () => {
    Object.defineProperty(process.stderr, 'isTTY', { value: process.stderr.isTTY, configurable: true, writable: true })
    const time = clock()
    const lines = written(true)
    const steps = progress(100, { label: 'pairs' })
    for (let i = 0; i < 100; i++) {
      time.now = i * 50
      steps.update(i)
    }
    steps.finish()
    expect(lines.length).toBeGreaterThan(40)
    expect(lines.length).toBeLessThan(56)
    expect(lines[25]).toBe('\r\x1b[2Kpairs: 50 of 100 (50 %), 3 s left')
    expect(lines.at(-2)).toBe('\r\x1b[2Kpairs: 100 of 100 (100 %), done')
    expect(lines.at(-1)).toBe('\n')
  })

  it('writes plain lines, every five seconds, where there is no terminal', () => {
    Object.defineProperty(process.stderr, 'isTTY', { value: process.stderr.isTTY, configurable: true, writable: true })
    const time = clock()
    const lines = written(false)
    const steps = progress(1000)
    for (let i = 0; i < 1000; i++) {
      time.now = i * 10
      steps.update(i)
    }
    steps.finish()
    steps.finish()
    expect(lines).toEqual([
      'progress: 0 of 1000 (0 %), starting\n',
      'progress: 500 of 1000 (50 %), 5 s left\n',
      'progress: 1000 of 1000 (100 %), done\n',
    ])
  })

  it('refuses a total that is not a whole number', () => {
    expect(() => progress(2.5)).toThrow('total must be an integer >= 0, got 2.5')
  })

  it('tracked gives every item in order', async () => {
    written(false)
    const seen: number[] = []
    for await (const item of tracked([3, 1, 2])) seen.push(item)
    expect(seen).toEqual([3, 1, 2])
  })
})

describe('with nothing registered', () => {
  it('no listener stands between Ctrl-C and the process', () => {
    const before = process.listenerCount('SIGINT')
    const first = onInterrupt(() => undefined)
    const second = onInterrupt(() => undefined)
    expect(process.listenerCount('SIGINT')).toBe(before + 1)
    first()
    second()
    second()
    expect(process.listenerCount('SIGINT')).toBe(before)
  })

  it('and a stop that throws does not keep the others from being called', () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    let called = 0
    onInterrupt(() => {
      throw new Error('first')
    })
    onInterrupt(() => called++)
    process.emit('SIGINT')
    process.emit('SIGINT')
    expect(called).toBe(1)
    expect(write).toHaveBeenCalledTimes(1)
    write.mockRestore()
  })
})
