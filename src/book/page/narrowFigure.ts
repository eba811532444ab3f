/**
 * A stored figure and its controls laid out for a phone ({@link phoneFigure}). It is loaded with the first figure that
 * a narrow page draws.
 */
import { phoneFigure } from '../../figures/theme/phoneFigure.js'
import { PLAYER_HEIGHT } from '../../figures/theme/player.js'
import type { PlotlyFigure } from './interactiveFigures.js'

/** @param width CSS pixels @throws RangeError if the figure's parts would lie on each other */
function narrowFigure({ data, layout = {}, frames, config }: PlotlyFigure, width: number): PlotlyFigure {
  const made = phoneFigure(data, layout, width)
  const { sliders, updatemenus } = layout
  const player = sliders === undefined ? {} : { sliders, updatemenus }
  const height = (made.layout.height as number) + (sliders === undefined ? 0 : PLAYER_HEIGHT)
  return {
    data: made.data,
    layout: { ...made.layout, ...player, height },
    ...(frames === undefined
      ? {}
      : { frames: frames.map(frame => ({ ...frame, data: phoneFigure(frame.data, layout, width).data })) }),
    ...(config === undefined ? {} : { config }),
  }
}

Object.assign(window, { mflNarrowFigure: narrowFigure })
