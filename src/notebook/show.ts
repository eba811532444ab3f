/**
 * Shows a figure below the running cell.
 */
import { type Figure, requireFigure } from '../figures/theme/figure.js'
import { provenanceText } from '../figures/theme/provenanceText.js'
import { display, imagesWanted, type MimeBundle } from '../present/jupyterOutput.js'
import { imageSync } from './pictures/imageService.js'
import { PLOTLY_MIME } from './pictures/labextensionEntry.js'
import { plotlyJson } from './pictures/plotlyJson.js'
import { imageRequest } from './pictures/renderFigure.js'

/** Device pixels per CSS pixel of the stored image: as wide as GitHub's column, 50-100 kB a figure. */
const SCALE = 1

let unavailable: string | undefined

/**
 * Displays one output with three forms: the interactive figure (Plotly JSON, drawn by JupyterLab with the project's
 * plotly.js), a PNG for places that run no scripts (GitHub, nbviewer), and the caption with its provenance as text.
 * Without Chromium the PNG is left out and the text says so. Outside a notebook it prints the text.
 * @param figure what to show
 * @throws TypeError if it is not a figure
 * @example show(regularisedKernelsFigure([cutoffKernel({ N: 1000, delta: 0.25 })], 1000 ** -0.25))
 */
export function show(figure: Figure): void {
  requireFigure(figure)
  display(figureBundle(figure, imagesWanted()))
}

/** The forms of a figure by MIME type. */
export function figureBundle(figure: Figure, image: boolean): MimeBundle & { readonly 'text/plain': string } {
  const { data, layout, frames } = plotlyJson(figure)
  // The interactive figure takes the width of the cell; its image keeps the figure's own.
  const { width: _, ...flexible } = layout
  const text = figureText(figure)
  const moving = frames === undefined ? {} : { frames }
  const bundle = { [PLOTLY_MIME]: { data, layout: { ...flexible, autosize: true }, ...moving } }
  if (!image) return { ...bundle, 'text/plain': text }
  const png = pngOf(figure)
  if (typeof png === 'string') return { ...bundle, 'text/plain': `${text}\n[no image: ${png}]` }
  return { ...bundle, 'image/png': Buffer.from(png).toString('base64'), 'text/plain': text }
}

/** The caption and, below it, seed and parameters. */
function figureText(figure: Figure): string {
  return [`Figure ${figure.id}: ${figure.caption}`, provenanceText(figure.provenance ?? {})].filter(Boolean).join('\n')
}

/** The bytes, or why there are none. A machine without Chromium is asked once. */
function pngOf(figure: Figure): Uint8Array | string {
  if (unavailable !== undefined) return unavailable
  try {
    const reply = imageSync(imageRequest(figure, 'png', { scale: SCALE }))
    if ('bytes' in reply) return reply.bytes
    if (!reply.browser) unavailable = reply.error
    return reply.error
  } catch (error) {
    return (error as Error).message
  }
}
