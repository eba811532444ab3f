/**
 * Every figure of the project with the data behind it, by id: what `mfl figures` exports and notebooks show.
 */
import { requireOneOf } from '../base/errors.js'
import { awaitedFigures } from './awaited.generated.js'
import { immediateFigures } from './immediate.generated.js'
import type { Drawing, Figure } from './theme/figure.js'

/** The figures whose data is there at once. Each call computes it anew. @example figureGallery['log-growth']() */
export const figureGallery: Readonly<Record<string, Drawing<Figure>>> = Object.fromEntries(
  immediateFigures.map(one => [one.id, Object.assign(() => one.draw(one.data()), { seen: one.seen })]),
)

/**
 * Those that take runs of the flows or records of claims: a promise each.
 * @example await claimGallery['weak-solution']()
 */
export const claimGallery: Readonly<Record<string, Drawing<Promise<Figure>>>> = Object.fromEntries(
  awaitedFigures.map(one => [one.id, Object.assign(async () => one.draw(await one.data()), { seen: one.seen })]),
)

/** The ids of all figures, those of `figureGallery` first. */
export const figureIds: readonly string[] = [...Object.keys(figureGallery), ...Object.keys(claimGallery)]

/**
 * What is seen in each figure, by id: nothing is drawn.
 * @example figuresSeen['lemma-52-norms'] // 'The constant of Lemma 5.2 in two norms'
 */
export const figuresSeen: Readonly<Record<string, string>> = Object.fromEntries(
  figureIds.map(id => [id, (figureGallery[id] ?? claimGallery[id])!.seen]),
)

/**
 * Any figure by its id, with its data computed anew.
 * @param id one of {@link figureIds}
 * @throws RangeError for another id, listing the known ones (as a rejection)
 * @example show(await drawFigure('gronwall-budget'))
 */
export async function drawFigure(id: string): Promise<Figure> {
  requireOneOf('id', id, figureIds)
  return (figureGallery[id] ?? claimGallery[id])!()
}
