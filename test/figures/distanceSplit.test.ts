import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ensembleSummary } from '../../src/ensemble/store/ensembleSummary.js'
import { readEnsemble } from '../../src/ensemble/store/packedEnsemble.js'
import { distanceSharesFigure } from '../../src/figures/section4/distanceSharesFigure.js'
import { distanceSplitFigure } from '../../src/figures/section4/distanceSplitFigure.js'
import { readTable } from '../../src/files/parquetTable.js'

const path = join(import.meta.dirname, '../../data/ensembles/10-particle-approximation.parquet')

describe('the figure of the split (42)-(44)', () => {
  it('draws the means of the stored rows, worked out here from the table alone', async () => {
    const { points } = ensembleSummary(await readEnsemble(path))
    const { table } = distanceSplitFigure({ points: points.filter(({ delta }) => delta === 0.3), p: 1, seed: '10' })
    const { columns } = await readTable(path)
    const column = (name: string): number[] => Array.from(columns[name] as ArrayLike<number>)
    const [N, delta, W] = [column('N'), column('delta'), column('W1PsiPhi')]
    const mean = (n: number, d: number): number => {
      const values = W.filter((_, i) => N[i] === n && delta[i] === d)
      return values.reduce((a, b) => a + b, 0) / values.length
    }
    const drawn = table.PsiPhi as number[]
    for (const [i, n] of (table.N as number[]).entries()) expect(drawn[i]).toBeCloseTo(mean(n, 0.3), 12)
    // The control: the means of the other cut-off are others.
    expect(drawn[0]).not.toBeCloseTo(mean(16, 0.2), 3)
  })

  it('refuses points without the distances', async () => {
    const { points } = ensembleSummary(
      await readEnsemble(join(import.meta.dirname, '../../data/ensembles/12-no-cut-off.parquet')),
    )
    expect(() => distanceSplitFigure({ points, p: 1, seed: '12' })).toThrow(/points must hold means of W1PhiSecond/)
  })
})

describe('the split as stacked bars', () => {
  it('stacks the means of the three distances, and says what is not sampling', async () => {
    const { points } = ensembleSummary(await readEnsemble(path))
    const { table, data } = distanceSharesFigure({ points, p: 1, seed: '10' })
    const { columns } = await readTable(path)
    const column = (name: string): number[] => Array.from(columns[name] as ArrayLike<number>)
    const [N, delta] = [column('N'), column('delta')]
    const mean = (name: string, n: number, d: number): number => {
      const values = column(name).filter((_, i) => N[i] === n && delta[i] === d)
      return values.reduce((a, b) => a + b, 0) / values.length
    }
    for (const [i, n] of (table.N as number[]).entries()) {
      const at = (name: string): number => mean(name, n, (table.delta as number[])[i]!)
      const rest = at('W1PsiPhi') + at('W1Cutoff')
      expect((table.others as number[])[i]).toBeCloseTo(rest / (rest + at('W1PhiSecond')), 10)
    }
    expect(table.N).toHaveLength(new Set(N.map((n, i) => `${n} ${delta[i]}`)).size)
    expect(data.map(({ name }) => name)).toHaveLength(3)
    // The control: a piece that is left out changes the share.
    expect((table.others as number[])[0]).not.toBeCloseTo(mean('W1PsiPhi', 32, 0.2), 3)
  })

  it('refuses no points', () => {
    expect(() => distanceSharesFigure({ points: [], p: 1, seed: '10' })).toThrow(/points must not be empty/)
  })
})
