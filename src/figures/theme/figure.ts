/**
 * The type of a figure: a Plotly figure as plain data, with what is needed to trust and redo it.
 */

import { requireArray, requireObject } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'

/** One Plotly trace. */
export interface Trace {
  type: string
  [attribute: string]: unknown
}

/** What a figure function returns; JSON throughout (typed arrays are converted by the functions that make it). */
export interface Figure {
  /** Stable id, also the file name of exports. */
  readonly id: string
  readonly data: Trace[]
  readonly layout: Record<string, unknown>
  /** The frames of an animation; `data` is what a still image shows. */
  readonly frames?: readonly { readonly name: string; readonly data: readonly Trace[] }[]
  /** One sentence that the text and image outputs carry: what is seen. */
  readonly caption: string
  /** The numbers behind the figure, column by column, for CSV export. */
  readonly table: Record<string, (number | string)[]>
  /** Seed, mode and parameters, printed in the corner of the figure. */
  readonly provenance: Record<string, number | string>
}

/** Requires a figure, not every trace in it; `name` is how an error calls it. @throws TypeError */
export function requireFigure(figure: unknown, name: string = 'figure'): void {
  requireShape<Pick<Figure, 'id' | 'caption'> & Record<'layout' | 'table' | 'provenance', object>>(name, figure, {
    id: 'text',
    caption: 'text',
    layout: 'any',
    table: 'any',
    provenance: 'any',
  })
  const { data, layout, table } = figure as Figure
  requireArray(`${name}.data`, data)
  requireObject(`${name}.layout`, layout)
  requireObject(`${name}.table`, table)
}

/** A figure of the gallery that has not been drawn: a call measures and draws it, `seen` is there at once. */
export interface Drawing<Drawn extends Figure | Promise<Figure>> {
  (): Drawn
  /** What is seen in it, in a few words: the list of figures shows them and draws nothing. */
  readonly seen: string
}

/**
 * A figure with the data behind it. The file of a figure exports one, and by that the figure is in the gallery.
 * This one takes runs of the flows or records of claims, ten seconds at most; one that does not is an
 * {@link ImmediateFigure}.
 */
export interface GalleryFigure<Data = unknown> {
  /** Id of the figure that is drawn. */
  readonly id: string
  /** What is seen in it, in a few words. */
  readonly seen: string
  /** The data, computed anew. */
  data(): Data | Promise<Data>
  draw(data: Data): Figure
}

/** A figure whose data is there at once, without a promise. */
export interface ImmediateFigure<Data = unknown> extends GalleryFigure<Data> {
  data(): Data
}
