// A notebook of the walkthrough, with all the parts that its test asks for.
import { readdirSync, readFileSync } from 'node:fs'
import { inRoot } from '../setup/paths.mjs'

const markdown = (...lines) => ({ cell_type: 'markdown', metadata: {}, source: lines.join('\n') })
const code = (...lines) => ({
  cell_type: 'code',
  execution_count: null,
  metadata: {},
  outputs: [],
  source: lines.join('\n'),
})
const folded = cell => ({
  ...cell,
  metadata: { jupyter: { outputs_hidden: true, source_hidden: true }, tags: ['solution'] },
})
/** A cell with Jupyter's slide type. */
const onSlides = (slide_type, cell) => ({ ...cell, metadata: { ...cell.metadata, slideshow: { slide_type } } })
const slide = (...lines) => onSlides('slide', markdown(...lines))
const picture = (...lines) => onSlides('subslide', code(...lines))
const unseen = cell => onSlides('skip', cell)

const HINTS = ['A hint', 'Another hint'].flatMap(hint => [
  `<details><summary>${hint}</summary>`,
  '',
  'Where to look.',
  '',
  '</details>',
  '',
])

/** What the two exercises ask for, and which answers are right. */
const exercises = (number, name) => `/** The exercises of notebook ${number}. */
import { near } from '../answers.js'
import type { ExerciseSet } from '../exercise.js'

export const ${name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())}Exercises: ExerciseSet = [
  { id: '${number}.1', asks: 'a number', right: near(1) },
  { id: '${number}.2', asks: 'a number', right: near(2) },
]
`

/** @param {string} name in kebab-case, without its number */
export function notebookFiles(name) {
  // Every number that is taken, drafts too, and without a build: not the list of src/notebook/notebookFolder.ts.
  const existing = readdirSync(inRoot('notebooks'))
    .filter(file => /^\d\d-.*\.ipynb$/.test(file))
    .sort()
  const number = String(Number(existing.at(-1).slice(0, 2)) + 1).padStart(2, '0')
  const previous = existing.at(-1)
  const file = `${number}-${name}.ipynb`
  const title = name.replaceAll('-', ' ').replace(/^./, letter => letter.toUpperCase())
  const cells = [
    slide(`# ${number} · ${title}`, '', 'FILL IN: what is asked, and what will be seen.'),
    unseen(
      code(
        "import { cutoffKernel, regularisedKernelsFigure, show } from 'mean-field-limit'",
        "import { cutoffRadiusFigure, movieFigure } from 'mean-field-limit/figures'",
      ),
    ),
    slide('## The figure', '', '**Predict.** FILL IN: what a reader decides before looking.'),
    picture(
      'const kernelAt = (delta: number) =>',
      '  regularisedKernelsFigure([cutoffKernel({ N: 1000, delta })], 1000 ** -delta)',
      'show(kernelAt(0.25))',
    ),
    onSlides('notes', markdown('The same as its parameter moves:')),
    picture("show(movieFigure('δ', [0.1, 0.2, 0.3], kernelAt))"),
    slide('## The hypothesis broken on purpose', '', 'FILL IN: what happens without it.'),
    picture('show(cutoffRadiusFigure(1000, 0.5))'),
    slide('## What these numbers do not show', '', 'FILL IN: what nobody should conclude from them.'),
    slide('## Exercises', '', '**1.** A first question.', '', ...HINTS),
    unseen(code("import { checkAnswer } from 'mean-field-limit/notebook'", `checkAnswer('${number}.1', undefined)`)),
    markdown('**2.** A second one.', '', ...HINTS),
    ...[
      code(`checkAnswer('${number}.2', undefined)`),
      markdown('The solutions are folded below; unfold the cells to see code and output.'),
      markdown('*Solution 1.* In words.'),
      markdown('*Solution 2.* In code.'),
      folded(code('cutoffKernel({ N: 1000, delta: 0.5 }).magnitude(1)')),
      markdown(
        '## References',
        '',
        '- D. Lazarovici, P. Pickl, *A mean field limit for the Vlasov–Poisson system*, arXiv:1502.04608.',
        '',
        `Back: [${previous.slice(0, 2)}](${previous})`,
      ),
    ].map(unseen),
  ]
  const { metadata, nbformat, nbformat_minor } = JSON.parse(readFileSync(inRoot('notebooks', previous), 'utf8'))
  const notebook = {
    cells: cells.map((cell, k) => ({ id: `${name}-${k}`.slice(-64), ...cell })),
    ...{ metadata, nbformat, nbformat_minor },
  }
  return {
    files: {
      [`notebooks/${file}`]: `${JSON.stringify(notebook, null, 1)}\n`,
      [`src/notebook/exercises/sets/${number}-${name}.ts`]: exercises(number, name),
    },
    next: [
      `say in src/notebook/exercises/sets/${number}-${name}.ts what its exercises ask for, and give each a right answer in test/notebook/exercises/checkAnswer.test.ts`,
      `write it in JupyterLab (npm start), then store its outputs: npx mfl run --write notebooks/${file}`,
      `lead to it: the last line of notebooks/${previous} (Next: ...) and the list in notebooks/00-start-here.ipynb`,
      'its test is there already: npm test -- test/notebooks/parts.test.ts',
    ],
  }
}
