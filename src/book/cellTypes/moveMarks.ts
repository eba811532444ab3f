/**
 * Marks of a text after the text has changed, until it is checked again.
 */
import type { CellMark } from './protocol.js'

/**
 * Those before the change stay, those behind it move with the text, and those that it touches are gone.
 * @param before the text that the marks belong to
 * @param after what became of it
 * @example moveMarks([{ from: 4, to: 5, message: 'no' }], 'a = b', 'aa = b')[0].from // 5
 */
export function moveMarks(marks: readonly CellMark[], before: string, after: string): CellMark[] {
  if (before === after) return [...marks]
  const shorter = Math.min(before.length, after.length)
  let same = 0
  while (same < shorter && before[same] === after[same]) same += 1
  let behind = 0
  while (behind < shorter - same && before[before.length - 1 - behind] === after[after.length - 1 - behind]) behind += 1
  const shift = after.length - before.length
  return marks.flatMap(mark => {
    if (mark.to < same) return [mark]
    if (mark.from >= before.length - behind) return [{ ...mark, from: mark.from + shift, to: mark.to + shift }]
    return []
  })
}
