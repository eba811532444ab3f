// JupyterLab with our kernel and our extension; a notebook of the walkthrough in it is opened by the full tests.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { able, drawsEveryFigure, errors, figures, fixtures, runAll, server } from './jupyterLab.js'
import type { JupyterServer } from './jupyterServer.js'

describe.skipIf(!able)('in JupyterLab', () => {
  let lab: JupyterServer
  beforeAll(async () => {
    lab = await server()
  })

  it('a notebook with every kind of output runs, and every figure is drawn', () =>
    drawsEveryFigure(lab, join(fixtures, 'everything.ipynb')))

  it('a notebook that throws is seen to throw', async () => {
    const seen = await runAll(lab, join(fixtures, 'throws.ipynb'))
    expect(errors(seen.notebook).join()).toContain('RangeError: the hypothesis fails')
    expect(seen.plots).toEqual([])
  })

  it('a figure that Plotly can not draw shows the reason in its place', async () => {
    const seen = await runAll(lab, join(fixtures, 'malformed-figure.ipynb'))
    expect(errors(seen.notebook)).toEqual([])
    expect(seen.renderErrors).toEqual([expect.stringMatching(/^The figure could not be drawn: \S/)])
    expect(seen.consoleErrors).toEqual([])
  })
})

describe.skipIf(!able)('in JupyterLab with the extension', () => {
  it('broken, no plot is drawn, which this test notices', async () => {
    const lab = await server(labextension => {
      const statics = join(labextension, 'static')
      const entry = readdirSync(statics).find(name => name.startsWith('remoteEntry'))!
      writeFileSync(join(statics, entry), 'throw new Error("mean-field-limit: broken on purpose")\n')
    })
    const seen = await runAll(lab, join(fixtures, 'figure.ipynb'))
    expect(errors(seen.notebook)).toEqual([])
    expect(figures(seen.notebook)).toBe(1)
    expect(seen.plots).toEqual([])
    expect(seen.consoleErrors.join()).toContain('broken on purpose')
  })
})
