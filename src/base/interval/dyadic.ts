/**
 * Doubles as whole multiples of one power of two: sums, differences and products of them are then sums, differences and
 * products of whole numbers, without rounding.
 */

const view = new DataView(new ArrayBuffer(8))

/** x = mantissa 2^exponent, the mantissa whole. */
function partsOf(x: number): { mantissa: number; exponent: number } {
  view.setFloat64(0, x)
  const high = view.getUint32(0)
  const biased = (high >>> 20) & 0x7ff
  const digits = (high & 0xfffff) * 2 ** 32 + view.getUint32(4)
  const mantissa = biased === 0 ? digits : digits + 2 ** 52
  return { mantissa: x < 0 ? -mantissa : mantissa, exponent: Math.max(1, biased) - 1075 }
}

/**
 * The least e for which all of some finite doubles are whole multiples of 2^-e; 0 if all are 0.
 * @example binaryPlaces([0.75, 8]) // 2
 */
export function binaryPlaces(values: Iterable<number>): number {
  let places = Number.NEGATIVE_INFINITY
  for (const x of values) {
    if (x === 0) continue
    let { mantissa, exponent } = partsOf(x)
    for (; -exponent > places && mantissa % 2 === 0; mantissa /= 2) exponent++
    places = Math.max(places, -exponent)
  }
  return places === Number.NEGATIVE_INFINITY ? 0 : places
}

/**
 * The largest whole number that is at most x 2^places: x 2^places itself if that is whole.
 * @throws RangeError for an x that is not finite
 * @example Number(wholeMultiple(0.75, 2)) // 3
 */
export function wholeMultiple(x: number, places: number): bigint {
  if (!Number.isFinite(x)) throw new RangeError(`x must be a finite number, got ${x}`)
  const { mantissa, exponent } = partsOf(x)
  const shift = exponent + places
  return shift >= 0 ? BigInt(mantissa) << BigInt(shift) : BigInt(mantissa) >> BigInt(-shift)
}
