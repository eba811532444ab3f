/**
 * The images that the book has beside those of the notebooks: each figure laid out for phones, where the stored image
 * would be scaled down until nobody can read it, and the views of the steps of a text.
 */
import { phoneFigure } from '../../../figures/theme/phoneFigure.js'
import { type ImageReply, type ImageRequest, imageAsync } from '../../../notebook/pictures/imageService.js'
import { type BookFile, figureOf, pngSize, type StoredFigure, withPhoneImages } from './figureFiles.js'
import { viewedFigure, viewsOf, withViews } from './figureViews.js'

/** CSS pixels that a figure has on a phone of 390, which is the most common width. */
const PHONE_WIDTH = 356

/** What {@link drawnFigures} makes. */
export interface DrawnFigures {
  /** All files given, pages changed, and the images. */
  readonly files: readonly BookFile[]
  /** Why there are no images: none can be drawn here. */
  readonly missing?: string
}

/**
 * Draws every stored figure for a phone and every view of a step, and makes the pages show them. Without a browser to
 * draw with the figures keep the one image that they have, and steps are a list.
 * @param files of the book
 * @param draw what makes an image
 * @throws RangeError for a view that its figure does not have
 * @throws Error naming a figure that cannot be drawn although there is a browser
 */
export async function drawnFigures(
  files: readonly BookFile[],
  draw: (request: ImageRequest) => Promise<ImageReply> = imageAsync,
): Promise<DrawnFigures> {
  const figures = new Map(files.flatMap(file => figureOf(file) ?? []).map(figure => [figure.id, figure]))
  const images: BookFile[] = []
  for (const [path, request] of requests(files, figures)) {
    const reply = await draw(request)
    if ('bytes' in reply) images.push({ path, content: reply.bytes })
    else if (reply.browser) throw new Error(`${path} could not be drawn: ${reply.error}`)
    else return { files, missing: reply.error }
  }
  const sizes = new Map(
    [...figures.keys()].map(id => {
      const { content } = images.find(({ path }) => path === `figures/${id}${PHONE}`)!
      return [id, pngSize(Buffer.from(content as Uint8Array))]
    }),
  )
  const pages = files.map(({ path, content }) => ({
    path,
    content: isPage(path, content) ? withViews(withPhoneImages(content, sizes)) : content,
  }))
  return { files: [...pages, ...images] }
}

const PHONE = '.phone.png'

const isPage = (path: string, content: BookFile['content']): content is string =>
  typeof content === 'string' && path.endsWith('.html')

/** Every image by its path; all views are checked before the first is drawn. */
function requests(
  files: readonly BookFile[],
  figures: ReadonlyMap<string, StoredFigure>,
): readonly (readonly [string, ImageRequest])[] {
  const stored = new Map(files.map(({ path, content }) => [path, content]))
  const phones = [...figures.values()].map(figure => [`figures/${figure.id}${PHONE}`, phoneRequest(figure)] as const)
  const views = files.flatMap(({ path, content }) => {
    if (!isPage(path, content)) return []
    return viewsOf(content).flatMap(({ figure: id, view, image }) => {
      const figure = viewedFigure(figures.get(id)!, view)
      const size = pngSize(Buffer.from(stored.get(`figures/${id}.png`) as Uint8Array))
      return [[`${image}.png`, ownRequest(figure, size)] as const, [`${image}${PHONE}`, phoneRequest(figure)] as const]
    })
  })
  return [...phones, ...views]
}

function phoneRequest({ data, layout = {} }: StoredFigure): ImageRequest {
  const made = phoneFigure(data, layout, PHONE_WIDTH)
  const size = { width: PHONE_WIDTH, height: made.layout.height as number, scale: 2 }
  return { data: made.data, layout: made.layout, format: 'png', ...size }
}

/** As large as the image of the notebook, to lie on it; that has one pixel for each of CSS. */
function ownRequest({ data, layout = {} }: StoredFigure, size: { width: number; height: number }): ImageRequest {
  return { data, layout: { ...layout, ...size }, format: 'png', ...size, scale: 1 }
}
