/**
 * The text of a field once more, unseen and in the same place: it carries the lines under what is wrong, and knows where
 * each character is, which a field does not tell.
 */
import type { CellMark } from '../cellTypes/protocol.js'

/** A place in the frame of the field, in pixels. */
export interface Place {
  readonly left: number
  readonly top: number
  readonly bottom: number
}

export interface TextMirror {
  /** Shows marks below the text that the field has now. */
  draw(marks: readonly CellMark[]): void
  /** Where the character at an offset begins. */
  placeOf(offset: number): Place
  /** The offset of the character at a point of the window, if one is there. */
  offsetAt(x: number, y: number): number | undefined
}

/** @param editor a field whose lines are not broken, alone in a positioned frame */
export function textMirror(editor: HTMLTextAreaElement): TextMirror {
  const outer = document.createElement('pre')
  outer.className = 'mirror'
  outer.setAttribute('aria-hidden', 'true')
  const inner = document.createElement('span')
  outer.append(inner)
  editor.after(outer)
  /** The pieces of the text, with the offsets where they begin. */
  let pieces: { readonly node: Text; readonly from: number }[] = []
  const follow = (): void => {
    // Beside a scroll bar of the field nothing is drawn.
    outer.style.width = `${editor.clientWidth + 2 * editor.clientLeft}px`
    outer.style.height = `${editor.clientHeight + 2 * editor.clientTop}px`
    inner.style.transform = `translate(${-editor.scrollLeft}px, ${-editor.scrollTop}px)`
  }
  editor.addEventListener('scroll', follow)
  new ResizeObserver(follow).observe(editor)
  const piece = (text: string, from: number): Text => {
    const node = document.createTextNode(text)
    pieces.push({ node, from })
    return node
  }
  const boundary = (offset: number): readonly [Text, number] => {
    const found = pieces.filter(({ from }) => from <= offset).at(-1)!
    return [found.node, Math.min(offset - found.from, found.node.length)]
  }
  const widthOf = (from: number, to: number): number => {
    if (from === to) return 0
    const range = document.createRange()
    range.setStart(...boundary(from))
    range.setEnd(...boundary(to))
    return range.getBoundingClientRect().width
  }
  const metrics = (): { readonly line: number; readonly left: number; readonly top: number } => {
    const { lineHeight, paddingLeft, paddingTop } = getComputedStyle(editor)
    const left = editor.clientLeft + Number.parseFloat(paddingLeft)
    const top = editor.clientTop + Number.parseFloat(paddingTop)
    return { line: Number.parseFloat(lineHeight), left, top }
  }
  return {
    draw: marks => {
      const text = editor.value
      pieces = []
      const nodes: Node[] = []
      let done = 0
      for (const { from, to } of marks) {
        if (from < done) continue
        // What is missing is marked at the character before it, since nothing is there.
        const start = to > from && text.slice(from, to).trim() !== '' ? from : Math.max(done, from - 1)
        const end = Math.min(text.length, Math.max(to, start + 1))
        if (start > done) nodes.push(piece(text.slice(done, start), done))
        const wrong = document.createElement('span')
        wrong.className = 'wrong'
        wrong.append(piece(text.slice(start, end), start))
        nodes.push(wrong)
        done = end
      }
      nodes.push(piece(`${text.slice(done)}\n`, done))
      inner.replaceChildren(...nodes)
      follow()
    },
    placeOf: offset => {
      const { line, left, top } = metrics()
      const before = editor.value.slice(0, offset)
      const start = before.lastIndexOf('\n') + 1
      const y = top + (before.split('\n').length - 1) * line - editor.scrollTop
      return { left: left + widthOf(start, offset) - editor.scrollLeft, top: y, bottom: y + line }
    },
    offsetAt: (x, y) => {
      const { line, left, top } = metrics()
      const box = editor.getBoundingClientRect()
      const across = x - box.left - left + editor.scrollLeft
      const row = Math.floor((y - box.top - top + editor.scrollTop) / line)
      const lines = editor.value.split('\n')
      const text = lines[row]
      if (text === undefined || across < 0) return undefined
      const start = lines.slice(0, row).reduce((sum, each) => sum + each.length + 1, 0)
      const at = [...text].findIndex((_, i) => widthOf(start, start + i + 1) > across)
      return at < 0 ? undefined : start + at
    },
  }
}
