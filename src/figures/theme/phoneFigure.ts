/** A stored figure laid out for a phone. */
import type { Figure } from './figure.js'
import { figureForSize } from './figureForSize.js'

/** CSS pixels of the smallest letters on a screen that is held in a hand. */
const LEAST_LETTER = 12

/**
 * Panels below each other, the legend below, letters that can be read: a still, as {@link figureForSize} makes it.
 * @param data traces of the figure, or of one of its frames
 * @param width CSS pixels
 * @throws RangeError if the figure's parts would lie on each other
 * @example phoneFigure(figure.data, figure.layout, 360).layout.width // 360
 */
export function phoneFigure(
  data: readonly unknown[],
  layout: Readonly<Record<string, unknown>>,
  width: number,
): Figure {
  const stored = { id: 'stored', caption: '', table: {}, provenance: {}, data: [...data], layout } as unknown as Figure
  return figureForSize(stored, { width, least: LEAST_LETTER })
}
