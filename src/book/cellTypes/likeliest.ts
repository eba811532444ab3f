/**
 * Those of some names that contain what is written, in letters of any case: first those that begin with it as it
 * stands, then those that begin with it in other letters, then the rest; each in the order in which they are given.
 * @example likeliest([{ name: 'myLaw' }, { name: 'Lawyer' }, { name: 'law' }, { name: 'N' }], 'law').map(({ name }) => name) // ['law', 'Lawyer', 'myLaw']
 */
export function likeliest<T extends { readonly name: string }>(names: readonly T[], written: string): T[] {
  const small = written.toLowerCase()
  const rank = ({ name }: T): number => {
    if (name.startsWith(written)) return 0
    const place = name.toLowerCase().indexOf(small)
    return place < 0 ? 3 : place === 0 ? 1 : 2
  }
  return names
    .map(each => ({ each, rank: rank(each) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ each }) => each)
}
