/** The figures of the gallery, each drawn once in a run of the tests, whatever number of test files looks at it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { drawFigure } from '../../src/figures/gallery.js'
import type { Figure } from '../../src/figures/theme/figure.js'
import { once } from './once.js'

/** A figure as `drawFigure` gives it: a copy by structured clone, which keeps every bit and refuses functions. */
export async function drawn(id: string): Promise<Figure> {
  const folder = await once(`figures/${id}`, async into => {
    writeFileSync(join(into, 'figure'), serialize(await drawFigure(id)))
  })
  return deserialize(readFileSync(join(folder, 'figure'))) as Figure
}
