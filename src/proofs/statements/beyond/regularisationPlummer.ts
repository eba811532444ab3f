import type { Statement } from '../../certificate.js'

/** V of Plummer's profile, s = tan(pi x/2). */
export const regularisationPlummer: Statement = {
  id: 'regularisation-plummer',
  kind: 'integral',
  statement: {
    words: "The constant V of Plummer's profile.",
    tex: '\\int_0^\\infty\\frac{s^4}{(1+s^2)^3}ds=\\tfrac{3\\pi}{16}',
  },
  source: 'docs/claims.md, Beyond: other regularisations',
  variable: { name: 'x', lo: '0', hi: '1' },
  expression: ['*', ['/', 'pi', '2'], ['^', ['sin', ['/', ['*', 'pi', 'x'], '2']], '4']],
}
