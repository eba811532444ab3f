import { afterEach, describe, expect, it, vi } from 'vitest'
import { labs } from '../../../src/book/labs/labs.js'
import { outputHtml } from '../../../src/book/site/outputHtml.js'
import { lab, labBundle } from '../../../src/notebook/laboratory/lab.js'
import {
  laboratoryControls,
  laboratoryNames,
  labSetting,
  settingOfText,
} from '../../../src/notebook/laboratory/laboratories.js'
import { laboratoryPage } from '../../../src/notebook/laboratory/protocol.js'

const MIME = 'application/vnd.mean-field-limit.lab+json'

describe('the laboratories', () => {
  it('are those that the worker computes', () => {
    expect([...laboratoryNames].sort()).toEqual(Object.keys(labs).sort())
  })

  it.each(laboratoryNames)('%s begins with values that its controls have', name => {
    expect(labSetting(name, labSetting(name))).toEqual(labSetting(name))
    expect(Object.keys(labSetting(name))).toEqual(laboratoryControls[name].controls.map(({ key }) => key))
  })
})

describe('a setting', () => {
  it('has what was given, and what the other controls begin with', () => {
    expect(labSetting('two-flows', { N: 500, delta: 0.29, sigma: -1 })).toEqual({
      ...{ N: 500, delta: 0.29, T: 2, sigma: -1, law: 'gaussian', seed: 1 },
    })
    expect(labSetting('kernel', { N: undefined })).toEqual({ N: 1000, delta: 0.3, profile: 'truncated' })
  })

  it.each([
    [
      'two-flow',
      {},
      /^name of the laboratory must be one of "two-flows", "kernel", "large-numbers", "coupling", got "two-flow"; .*"two-flows"/,
    ],
    [
      'two-flows',
      { dleta: 0.2 },
      /^option of laboratory two-flows must be one of "N", "delta", .* got "dleta".*"delta"/,
    ],
    ['two-flows', { N: 250 }, /^N must be one of 50, 100, 200, .*, 3000, got 250$/],
    ['two-flows', { N: '300' }, /^N must be one of 50, .*, got "300"$/],
    ['two-flows', { delta: 0.505 }, /^delta must be one of 0, 0\.01, 0\.02, \.\.\., 0\.5, got 0\.505$/],
    ['two-flows', { sigma: 2 }, /^sigma must be one of 1, -1, 0, got 2$/],
    ['coupling', { seed: 1.5 }, /^seed must be an integer in \[0, 999999\], got 1\.5$/],
    ['coupling', { seed: 1_000_000 }, /^seed must be an integer/],
    ['coupling', { p: 3 }, /^p must be one of 1, 2, 4, "infinity", got 3$/],
    ['kernel', { seed: 1 }, /^option of laboratory kernel must be one of "N", "delta", "profile", got "seed"/],
    ['kernel', 300, /^state must be an object, got 300$/],
  ])('%s %j is refused', (name, state, message) => {
    expect(() => labSetting(name, state as object)).toThrow(message)
  })

  it('survives its address', () => {
    for (const name of laboratoryNames) {
      const setting = labSetting(name)
      expect(settingOfText(name, laboratoryPage(name, setting).split('#')[1]!)).toEqual(setting)
    }
    const setting = labSetting('coupling', { first: 'two clumps', p: 'infinity', shift: 0.3 })
    expect(laboratoryPage('coupling', setting)).toBe(
      'lab-coupling.html#first=two+clumps&second=ring&n=100&shift=0.3&p=infinity&seed=1',
    )
    expect(settingOfText('coupling', 'first=two+clumps&p=infinity&shift=0.3')).toEqual(setting)
    expect(() => settingOfText('coupling', 'p=3')).toThrow(/^p must be one of 1, 2, 4, "infinity", got 3$/)
    expect(() => settingOfText('two-flows', 'N=')).toThrow(/^N must be one of .*, got ""$/)
  })
})

describe('lab', () => {
  afterEach(() => void vi.restoreAllMocks())

  it('stores the name and all values, with a text that says what it is and where it opens', () => {
    const bundle = labBundle('two-flows', { N: 500 })
    const state = { N: 500, delta: 0.25, T: 2, sigma: 1, law: 'gaussian', seed: 1 }
    expect(bundle).toEqual({ [MIME]: { version: 1, name: 'two-flows', state }, 'text/plain': expect.any(String) })
    expect(bundle['text/plain']).toMatch(
      /^Live laboratory: two flows from one throw, Theorem 4\.2; N = 500, δ = 0\.25, T = 2, /,
    )
    expect(bundle['text/plain']).toContain('lab-two-flows.html#N=500&delta=0.25&T=2&sigma=1&law=gaussian&seed=1')
    expect(bundle['text/plain']).toContain('npm run book')
  })

  it('shows its text outside a notebook, and nothing where it refuses', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    expect(() => lab('kernel', { N: 17 })).toThrow(RangeError)
    expect(write).not.toHaveBeenCalled()
    lab('kernel', { N: 30 })
    expect(write.mock.calls.join()).toContain('N = 30')
  })

  it('is a link and a place to open it in the book', () => {
    const data = labBundle('coupling', { first: 'two clumps' })
    const html = outputHtml(
      { output_type: 'display_data', data, metadata: {} },
      { figureId: () => 'none', files: [], onError: () => undefined },
    )
    expect(html).toContain('href="lab-coupling.html#first=two+clumps&amp;second=ring&amp;')
    expect(html).toContain('data-lab="coupling" data-setting="{&quot;first&quot;:&quot;two clumps&quot;,')
  })
})
