import { expect, test } from 'vitest'
import { printable, printableJson, printableLines } from '../../src/base/printable.js'

test('control characters, and those that turn the direction of text, are shown and not obeyed', () => {
  expect(printable('a\u001b[31mred\u001b[0m\r\n\tb\u0007')).toBe('a\\x1b[31mred\\x1b[0m\\x0d\\x0a\\x09b\\x07')
  expect(printable('\u009b2J \u007f \u202etxt\u2066 \u2028 \ufeff')).toBe(
    '\\x9b2J \\x7f \\u202etxt\\u2066 \\u2028 \\ufeff',
  )
  expect(printable('\ud800')).toBe('\\ud800')
  expect(printableLines('a\u001b\nb')).toBe('a\\x1b\nb')
})

test('text of any script is left alone', () => {
  const text = 'Größe λ, 粒子 𝒩, |Ψ − Φ|∞ ≥ N^-δ "quoted" \\ ü é'
  expect(printable(text)).toBe(text)
})

test('JSON means the same', () => {
  const value = { a: '\u009b31m\u202e', b: ['\u001b', 'x\ny'] }
  const text = printableJson(JSON.stringify(value, null, 2))
  expect(JSON.parse(text)).toEqual(value)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be gone
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
})
