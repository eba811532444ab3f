/**
 * A stored figure laid out for a phone: panels below each other, the legend below, letters that can be read. It is loaded with the
 * first figure that a narrow page draws.
 */
import type { Figure } from '../../figures/theme/figure.js'
import { figureForSize } from '../../figures/theme/figureForSize.js'
import { PLAYER_HEIGHT } from '../../figures/theme/player.js'
import type { PlotlyFigure } from './interactiveFigures.js'

/** CSS pixels of the smallest letters on a screen that is held in a hand. */
const LEAST_LETTER = 12

/** @param width CSS pixels @throws RangeError if the figure's parts would lie on each other */
function narrowFigure({ data, layout = {}, frames, config }: PlotlyFigure, width: number): PlotlyFigure {
  const at = (traces: readonly unknown[]): Figure =>
    figureForSize({ id: 'stored', caption: '', table: {}, provenance: {}, data: [...traces], layout } as Figure, {
      ...{ width, least: LEAST_LETTER },
    })
  const made = at(data)
  const { sliders, updatemenus } = layout
  const player = sliders === undefined ? {} : { sliders, updatemenus }
  const height = (made.layout.height as number) + (sliders === undefined ? 0 : PLAYER_HEIGHT)
  return {
    data: made.data,
    layout: { ...made.layout, ...player, height },
    ...(frames === undefined ? {} : { frames: frames.map(frame => ({ ...frame, data: at(frame.data).data })) }),
    ...(config === undefined ? {} : { config }),
  }
}

Object.assign(window, { mflNarrowFigure: narrowFigure })
