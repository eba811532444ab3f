/**
 * The pages of the live laboratories: what they show, what to look for, and the place that the script fills.
 */
import type { PageParts } from './layout.js'
import { typesetText } from './text/typeset.js'

/** A laboratory of the book. */
export interface Laboratory {
  /** File name of its page without extension. */
  readonly name: string
  readonly title: string
  /** One line, formulas between $ signs. */
  readonly line: string
  /** The notebook that it belongs to. */
  readonly notebook: string
  /** The name by which page and worker know it. */
  readonly lab: string
  /** @param written whether its notebook is in the book */
  page(written: boolean, onError: (message: string) => void): PageParts
}

interface LaboratoryText extends Omit<Laboratory, 'page'> {
  /** HTML; formulas between $ signs. */
  readonly intro: string
  /** Things to try, as above. */
  readonly tries: readonly string[]
}

const TEXTS: readonly LaboratoryText[] = [
  {
    name: 'lab-two-flows',
    lab: 'two-flows',
    title: 'Two flows, live',
    line: '$N$ particles and their mean field from the same throw, in three dimensions, with the deviation as it grows.',
    notebook: '04-two-flows',
    intro:
      'The filled points are $\\Psi_t$, which feel each other; the open circles are $\\Phi_t$, the same points in the mean field; lines join partners. Theorem 4.2: if $\\delta<\\frac13$ then, as $N$ grows, even the largest difference stays below $N^{-\\delta}$, for all but a vanishing part of the throws.',
    tries: [
      'Raise $N$ with $\\delta$ fixed: the deviation shrinks like the fluctuation, $N^{-(1-\\delta)/2}$, the threshold only like $N^{-\\delta}$.',
      'Raise $\\delta$ towards $\\frac12$: the force of close pairs grows and the threshold falls. When is it first reached?',
      'Attraction: the cloud contracts, close pairs meet again and again. The theorem does not distinguish the signs.',
      'Next throw: one throw says nothing about probabilities. How often is the threshold reached at $N=50$?',
    ],
  },
  {
    name: 'lab-kernel',
    lab: 'kernel',
    title: 'Kernel and majorant, live',
    line: 'The cut-off force, its slope, and the majorant (47) that should bound it, against the distance.',
    notebook: '02-the-kernel',
    intro:
      'The first chart has the force $1/r^2$ and its cut-off at $N^{-\\delta}$, the second its slope, the majorant $l^N_\\delta$ of (47) as printed and repaired, and a difference quotient $|k(q)-k(q+\\xi)|_\\infty/|\\xi|_\\infty$ with $|\\xi|_\\infty<2N^{-\\delta}$ that is attained: a valid majorant must lie above it.',
    tries: [
      'Where does the attained quotient exceed the printed majorant? That is the counter-example to Lemma 6.3 as printed.',
      'Change $N$ and $\\delta$: all curves move, none changes its shape. Everything depends on $r/N^{-\\delta}$ only.',
      'Take another shape inside the cut-off. Which of them keeps $\\sup|k|\\le N^{2\\delta}$, and which differs from $1/r^2$ outside?',
    ],
  },
  {
    name: 'lab-large-numbers',
    lab: 'large-numbers',
    title: 'Law of large numbers, live',
    line: 'How far the force of $N$ independent particles is from its mean, particle by particle, beside the exact value.',
    notebook: '07-law-of-large-numbers',
    intro:
      'No dynamics: $N$ particles are thrown independently, and the force on each, $K(q_i)=\\frac1N\\sum_{j\\ne i}k^N_\\delta(q_i-q_j)$, is compared with its mean $\\bar K=k^N_\\delta*\\rho$. The curve is exact, by quadrature. Definition 7.1 asks that <em>all</em> particles lie below $N^{2\\delta-1}$.',
    tries: [
      'Is there any $\\delta<\\frac13$ for which all points lie below the threshold of Definition 7.1, here and at larger $N$? The proof needs that to be the typical case.',
      'Raise $\\delta$: a few points rise far above the curve. Close pairs; their number and height decide the exponent.',
      'More throws: the interval of the measured value shrinks, the exact value stays inside (95 times in 100).',
    ],
  },
  {
    name: 'lab-coupling',
    lab: 'coupling',
    title: 'Couplings, live',
    line: 'Two clouds in the plane, the optimal coupling line by line, and the certificate that it is optimal.',
    notebook: '05-distances',
    intro:
      'A coupling joins every point of one cloud to a point of the other. $W_p$ of Definition 4.1 is the smallest mean of the $p$-th powers of the lengths (to the power $1/p$), $W_\\infty$ the smallest longest line. The plan gives the upper end of the bracket, dual potentials (or, for $p=\\infty$, a set of points with too few neighbours) the lower end.',
    tries: [
      'Go from $p=1$ to $p=\\infty$ with the same clouds. What happens to the mean length, and what to the longest line?',
      'Two discs, 3 apart: for $p=1$ many plans are nearly optimal; for $p=2$ the lines fall in with the shift.',
      'The last row pairs the points as they are numbered. Lemma 5.2 bounds every $W_p$ by it. How much is lost for independent clouds?',
    ],
  },
]

/** In the order of the navigation. */
export const laboratories: readonly Laboratory[] = TEXTS.map(text => ({
  ...text,
  page: (written, onError) => ({
    name: text.name,
    title: text.title,
    description: text.line.replaceAll('$', ''),
    kind: 'laboratory',
    starts: ['laboratory'],
    html: body(text, written, onError),
    scripts: ['assets/lab.js'],
    styles: ['assets/lab.css'],
  }),
}))

function body(
  { title, intro, tries, lab, notebook }: LaboratoryText,
  written: boolean,
  onError: (message: string) => void,
): string {
  // Text with a few tags of its own: only the formulas are typeset.
  const text = (html: string): string =>
    html
      .split(/(<[^>]+>)/)
      .map((part, i) => (i % 2 === 1 ? part : typesetText(part, onError)))
      .join('')
  const told = written ? ` More in <a href="${notebook}.html">notebook ${notebook.slice(0, 2)}</a>.` : ''
  return `<h1>${title}</h1>
<p class="lab-intro">${text(intro)}${told}</p>
<div class="laboratory-place" data-lab="${lab}"><noscript><p>The laboratory needs JavaScript and WebAssembly. The notebooks can be read without.</p></noscript></div>
<h2 id="try">Things to try</h2>
<ul>${tries.map(entry => `<li>${text(entry)}</li>`).join('')}</ul>
<p class="lab-how">Computed in this browser by the same code and WebAssembly as on the command line; the same seed gives the same bits there. Nothing is sent anywhere.</p>`
}

/** A laboratory on the page of its notebook: its line, and the place where a button opens it. */
export function companionHtml({ name, title, line, lab }: Laboratory): string {
  return (
    `<section class="companion" aria-label="${title}"><p><a href="${name}.html">${title}</a> ${typesetText(line, () => undefined)}</p>` +
    `<div class="laboratory-place" data-lab="${lab}" data-closed><button type="button" hidden>Open it here</button></div></section>`
  )
}
