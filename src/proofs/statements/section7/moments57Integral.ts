import type { Statement } from '../../certificate.js'

/** The integral behind (57) at alpha = m = 2, in units of the density; the printed constant is 8 pi. */
export const moments57Integral: Statement = {
  id: 'moments-57-integral',
  kind: 'enclosure',
  statement: {
    words: 'The sharp constant of the moment integral behind (57), at alpha = m = 2.',
    tex: '\\tfrac{4\\pi\\alpha m}{3(\\alpha m-3)}=\\tfrac{16\\pi}3',
  },
  source: 'docs/claims.md, Proposition 7.2, 3',
  expression: ['/', ['*', '16', 'pi'], '3'],
}
