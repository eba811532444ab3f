/**
 * The first page: the theorem in words, the map of the proof, the walk, the laboratories.
 */

import { tally } from './ledgerPage.js'
import { escapeHtml } from './text/html.js'
import type { LedgerRow } from './text/statements.js'
import { typesetText } from './text/typeset.js'

/** A card of the first page. */
export interface Card {
  readonly href: string
  readonly title: string
  /** One line; formulas between $ signs. */
  readonly line: string
}

/** @param map the map of the proof, from `proofMapHtml` */
export function homeHtml(
  map: string,
  notebooks: readonly Card[],
  laboratories: readonly Card[],
  rows: readonly LedgerRow[],
  onError: (message: string) => void,
): string {
  const text = (value: string): string => typesetText(value, onError)
  const cards = (list: readonly Card[], className: string): string =>
    `<ul class="cards ${className}">${list
      .map(
        ({ href, title, line }) =>
          `<li><a href="${href}"><b>${escapeHtml(title)}</b><span>${text(line)}</span></a></li>`,
      )
      .join('')}</ul>`
  const live =
    laboratories.length === 0
      ? ''
      : `<h2 id="laboratories">Live laboratories</h2>
<p>The same code and the same WebAssembly as on the command line, running in this browser. Move a slider; the numbers carry their own error.</p>
${cards(laboratories, 'labs')}`
  return `<div class="hero"><h1>Mean field limit</h1>
<p class="lead">A laboratory for one deep theorem: how ${text('$N$')} particles with Coulomb or Newton forces come to follow the Vlasov–Poisson equation.</p>
<p>${text('Start $N$ particles at random. Let $\\Psi_t$ move them under the forces of all the others, cut off at the distance $N^{-\\delta}$ with $\\delta<\\tfrac13$, and let $\\Phi_t$ move the same points in the smooth field of the ideal continuum. The probability that, up to time $T$, <any> of the particles differs by $N^{-\\delta}$ or more between the two vanishes faster than any power of $N$. (Lazarovici and Pickl, Theorem 4.2.)').replace('&lt;any&gt;', '<em>any</em>')}</p>
<p class="moving"><img src="assets/theorem.svg" width="800" height="566" alt="How far particles stray from their paths in the mean field, as time runs, for N = 64, 256, 1024 and 4096, in a tube whose radius is N to the power −δ: for δ = 0.15 the deviations shrink faster than the tube, for δ = 0.45 they burst out of it."></p>
<p>Every statement of that paper is here as something you can read, run, change and break, with numbers that carry their own error. Some statements turn out to need a repair; then there is a counter-example.</p>
<p class="go"><a class="button" href="00-start-here.html">Start reading</a> ${laboratories[0] === undefined ? '' : `<a class="button quiet" href="${laboratories[0].href}">Watch the two flows</a>`}</p></div>
${live}
<h2 id="map">The map of the proof</h2>
<p>Each box is a statement and leads to the place where it is told; arrows lead to where it is used. The sign at a box is the verdict on its statement; a mark below names a step of the proof that fares worse.</p>
${map}
<h2 id="walk">The walk through the paper</h2>
${cards(notebooks, 'walk')}
<h2 id="verdicts">The verdicts</h2>
${tally(rows)}
<p>All of them with their evidence: <a href="ledger.html">the ledger</a>.</p>`
}
