/**
 * The text drives the picture: while a list of steps is read, the figure above it stays in sight and shows what the
 * step is about. Where it would take most of the window, and without scripts, the list is a list.
 */

import { NARROW } from './narrowScreen.js'

/** CSS pixels below the figure, without which a step has no room. */
const ROOM = 170

/** CSS pixels between the bar of the page and the figure. */
const GAP = 8

/** Where in the room below the figure a step begins to be read. */
const READING_LINE = 0.6

interface Steps {
  readonly frame: HTMLElement
  readonly image: HTMLPictureElement
  readonly items: readonly { readonly item: HTMLElement; readonly view: HTMLElement }[]
}

/** Makes the lists of steps of the page work. */
export function figureSteps(): void {
  const lists = new Set([...document.querySelectorAll<HTMLElement>('.view')].map(view => view.closest('ol, ul')))
  const made = [...lists].flatMap(list => (list instanceof HTMLElement ? stepsOf(list) : []))
  if (made.length === 0) return
  let asked = false
  const follow = (): void => {
    if (asked) return
    asked = true
    requestAnimationFrame(() => {
      asked = false
      for (const steps of made) show(steps)
    })
  }
  addEventListener('scroll', follow, { passive: true })
  addEventListener('resize', follow)
  follow()
}

/** The figure and its list in one box, in which the figure stays while the list is scrolled. */
function stepsOf(list: HTMLElement): Steps | [] {
  const items = [...list.children].flatMap(item => {
    const view = item.querySelector<HTMLElement>('.view')
    return view === null ? [] : [{ item: item as HTMLElement, view }]
  })
  const figure = document.querySelector<HTMLElement>(`[data-figure="${items[0]!.view.dataset.of}"]`)
  const frame = figure?.querySelector<HTMLElement>('.plot-frame')
  const begin = figure?.closest<HTMLElement>('main > *')
  if (frame == null || begin == null || list.parentElement !== begin.parentElement) return []
  const box = document.createElement('div')
  box.className = 'steps'
  begin.before(box)
  for (let node: ChildNode | null = begin; node !== null; ) {
    const next: ChildNode | null = node === list ? null : node.nextSibling
    box.append(node)
    node = next
  }
  list.classList.add('step-list')
  const image = document.createElement('picture')
  image.className = 'view-image'
  image.append(document.createElement('source'), document.createElement('img'))
  image.querySelector('img')!.alt = ''
  image.querySelector('source')!.media = `(max-width: ${NARROW}px)`
  return { frame, image, items }
}

/** What the step that is read is about; nothing above the first step, or where the figure is interactive. */
function show({ frame, image, items }: Steps): void {
  const box = items[0]!.item.closest<HTMLElement>('.steps')!
  const live = frame.querySelector('.plot-live') !== null
  const top = (document.querySelector<HTMLElement>('.bar')?.offsetHeight ?? 0) + GAP
  const room = innerHeight - top - frame.offsetHeight
  const fits = frame.isConnected && room >= ROOM
  box.style.setProperty('--top', `${top}px`)
  // No step is read any more when its words are behind the figure.
  box.style.setProperty('--step', `${Math.round(READING_LINE * room)}px`)
  box.classList.toggle('driven', fits)
  const { bottom } = frame.getBoundingClientRect()
  const line = bottom + READING_LINE * (innerHeight - bottom)
  const read = fits ? items.filter(({ item }) => item.getBoundingClientRect().top < line).at(-1) : undefined
  for (const one of items) one.item.classList.toggle('read', one === read)
  if (read === undefined || live) {
    image.remove()
    return
  }
  const name = read.view.dataset.image!
  const shown = image.querySelector('img')!
  if (shown.getAttribute('src') !== `${name}.png`) {
    image.querySelector('source')!.srcset = `${name}.phone.png`
    shown.src = `${name}.png`
  }
  if (image.parentElement !== frame) frame.append(image)
}
