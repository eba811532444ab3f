import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { figuresCommand } from '../../src/cli/figuresCommand.js'
import { claimGallery, figureGallery } from '../../src/figures/gallery.js'

const ids = [...Object.keys(figureGallery), ...Object.keys(claimGallery)]
const options = { out: 'nowhere', formats: 'csv' }

describe('the list of figures', () => {
  // Every entry of both galleries, replaced by one that counts.
  const drawn: string[] = []
  beforeEach(() => {
    for (const gallery of [figureGallery, claimGallery]) {
      for (const id of Object.keys(gallery)) {
        vi.spyOn(gallery as Record<string, () => unknown>, id).mockImplementation(() => {
          drawn.push(id)
          throw new Error(`${id} is drawn`)
        })
      }
    }
  })
  afterEach(() => void vi.restoreAllMocks())

  it('says what is seen in each, and draws none', async () => {
    const { data, text } = await figuresCommand(options)
    expect((data.figures as { id: string }[]).map(({ id }) => id)).toEqual(ids)
    expect(text.split('\n')).toHaveLength(ids.length + 2)
    expect(drawn).toEqual([])
  })

  it('draws none of those that --only names either', async () => {
    const { data } = await figuresCommand({ ...options, only: 'marginals,duality' })
    expect(data.figures).toEqual([
      { id: 'marginals', seen: claimGallery.marginals!.seen },
      { id: 'duality', seen: figureGallery.duality!.seen },
    ])
    expect(drawn).toEqual([])
  })

  it('is not what an export is: that draws', async () => {
    await expect(figuresCommand({ ...options, export: true, only: 'duality' })).rejects.toThrow('duality is drawn')
    expect(drawn).toEqual(['duality'])
  })
})
