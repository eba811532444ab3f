/**
 * How a claim tells its counter-example: as a formula, of the numbers that its verdict keeps.
 */

/** What a counter-example is as data. */
type Input = Readonly<Record<string, unknown>>

/**
 * What `counterExampleText` of a claim is: the sentence, if the input has all these numbers, undefined otherwise.
 * @param names of the numbers that the sentence needs
 * @param sentence of the numbers and, beside them, of the whole input; TeX between $...$
 * @example exampleText(['N'], ({ N }) => `$N=${N}$.`)({ N: 2 }) // '$N=2$.'
 */
export function exampleText<const Name extends string>(
  names: readonly Name[],
  sentence: (numbers: Readonly<Record<Name, number>>, input: Input) => string,
): (input: Input) => string | undefined {
  return input =>
    names.every(name => typeof input[name] === 'number')
      ? sentence(input as Readonly<Record<Name, number>>, input)
      : undefined
}
