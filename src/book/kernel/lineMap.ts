/**
 * Lines of compiled code and the lines that they came from, by a source map (version 3).
 */

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * The numbers of a group of mappings: in base 32, the lowest digits first, each with a bit for "more", the lowest bit
 * is the sign.
 */
function numbers(group: string): number[] {
  const list: number[] = []
  let value = 0
  let shift = 0
  for (const character of group) {
    const digit = DIGITS.indexOf(character)
    value += (digit & 31) << shift
    shift += 5
    if (digit & 32) continue
    list.push(value & 1 ? -(value >> 1) : value >> 1)
    value = 0
    shift = 0
  }
  return list
}

/**
 * The line of the source, from 1, by the line of the code, from 1; a line without an origin has that of the line
 * before.
 * @param map the JSON of a source map
 * @example lineMap('{"mappings":"AAAA;AAEA"}')(2) // 3
 */
export function lineMap(map: string): (line: number) => number {
  const { mappings = '' } = JSON.parse(map || '{}') as { mappings?: string }
  const lines: number[] = []
  let source = 0
  for (const line of mappings.split(';')) {
    let first: number | undefined
    for (const group of line.split(',')) {
      const [, , step] = numbers(group)
      if (step === undefined) continue
      source += step
      first ??= source
    }
    lines.push(first ?? lines.at(-1) ?? 0)
  }
  return line => (lines[line - 1] ?? lines.at(-1) ?? 0) + 1
}
