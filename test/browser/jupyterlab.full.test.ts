// A whole notebook of the walkthrough in JupyterLab.
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { root } from '../support/capabilities.js'
import { able, drawsEveryFigure, server } from './jupyterLab.js'

describe.skipIf(!able)('in JupyterLab', () => {
  it('the notebook of the Lipschitz lemma runs, and every figure is drawn', async () =>
    drawsEveryFigure(await server(), join(root, 'notebooks', '06-lipschitz-log-growth.ipynb')))
})
