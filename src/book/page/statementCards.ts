/**
 * The card beside a statement that the text speaks of: label, bound, verdict and ways. It opens under the pointer, at
 * the focus of the keyboard and at a tap; without it, and without scripts, the words are a link to the ledger.
 */
import { loadScript } from './loadScript.js'

/** How long the pointer rests before a card opens, and how long it may be away before it closes, in milliseconds. */
const OPENS = 200
const CLOSES = 300
/** Between card, words and the edge of the window, in pixels. */
const GAP = 8

/** Makes the mentions of the page open their cards. */
export function statementCards(): void {
  const card = document.createElement('div')
  if (!('showPopover' in card)) return
  card.popover = 'manual'
  card.id = card.className = 'statement-card'
  card.role = 'note'
  const stored = new Map<string, string>()
  Object.assign(window, { mflStatement: (name: string, html: string) => stored.set(name, html) })
  /** Whose card is open or on its way. */
  let mention: HTMLElement | undefined
  /** Whose card was closed by a key: it opens no more until the focus has been elsewhere. */
  let dismissed: HTMLElement | undefined
  let timer = 0
  let touched = false

  const close = (): void => {
    clearTimeout(timer)
    mention?.removeAttribute('aria-describedby')
    mention = undefined
    card.remove()
  }
  const open = async (wanted: HTMLElement): Promise<void> => {
    clearTimeout(timer)
    if (mention === wanted) return
    close()
    mention = wanted
    const name = wanted.dataset.card!
    await loadScript(`assets/statements/${name}.js`)
    if (mention !== wanted) return
    card.innerHTML = stored.get(name)!
    // Behind the words, so that the next press of Tab leads into it.
    wanted.after(card)
    card.showPopover()
    card.setAttribute('aria-label', card.querySelector('p')!.innerText)
    wanted.setAttribute('aria-describedby', card.id)
    const { top, bottom } = wanted.getBoundingClientRect()
    const { offsetWidth, offsetHeight, style } = card
    const rightmost = document.documentElement.clientWidth - offsetWidth - GAP
    const above = top - GAP - offsetHeight
    const fits = bottom + GAP + offsetHeight <= innerHeight || above < 0
    style.left = `${scrollX + Math.max(GAP, Math.min(wanted.getClientRects()[0]!.left, rightmost))}px`
    style.top = `${scrollY + (fits ? bottom + GAP : above)}px`
  }
  const show = (wanted: HTMLElement): void => void open(wanted).catch(close)
  const mentionAt = (target: EventTarget | null): HTMLElement | null =>
    target instanceof Element ? target.closest<HTMLElement>('a.mention') : null
  const inCard = (target: EventTarget | null): boolean => target instanceof Node && card.contains(target)

  document.addEventListener('pointerover', ({ target, pointerType }) => {
    if (pointerType === 'touch') return
    clearTimeout(timer)
    const wanted = mentionAt(target)
    if (wanted !== null) timer = window.setTimeout(show, OPENS, wanted)
    else if (!inCard(target) && !mention?.matches(':focus-visible') && !inCard(document.activeElement))
      timer = window.setTimeout(close, CLOSES)
  })
  document.addEventListener('focusin', ({ target }) => {
    const wanted = mentionAt(target)
    if (wanted?.matches(':focus-visible')) {
      if (wanted !== dismissed) show(wanted)
    } else if (!inCard(target)) close()
    if (wanted !== dismissed) dismissed = undefined
  })
  document.addEventListener('pointerdown', ({ pointerType }) => {
    touched = pointerType === 'touch'
  })
  // What scrolls the page with a finger ends in no such event.
  document.addEventListener('pointerup', ({ target }) => {
    if (mentionAt(target) === null && !inCard(target)) close()
  })
  document.addEventListener('click', event => {
    const wanted = mentionAt(event.target)
    if (wanted === null || !touched || wanted === mention) return
    event.preventDefault()
    show(wanted)
  })
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || mention === undefined) return
    dismissed = mention
    const inside = inCard(document.activeElement)
    close()
    if (inside) dismissed.focus()
  })
}
