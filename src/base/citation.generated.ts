// Generated from CITATION.cff by scripts/build.mjs.
import type { CitationRecord } from './citationRecord.js'

/** The file as it is. */
export const citationText: string = "cff-version: 1.2.0\nmessage: \"If you use this laboratory in research or teaching, please cite it and the paper it implements.\"\ntitle: \"mean-field-limit: a laboratory for the mean field limit of the Vlasov-Poisson system\"\ntype: software\nversion: 0.1.0\ndate-released: 2026-11-22\nlicense: MIT\nauthors:\n  - name: \"The mean-field-limit authors\"\nkeywords:\n  - Vlasov-Poisson\n  - mean field limit\n  - propagation of chaos\n  - N-body\nreferences:\n  - type: article\n    title: \"A Mean Field Limit for the Vlasov-Poisson System\"\n    authors:\n      - family-names: Lazarovici\n        given-names: Dustin\n      - family-names: Pickl\n        given-names: Peter\n    journal: \"Archive for Rational Mechanics and Analysis\"\n    year: 2017\n    identifiers:\n      - type: other\n        value: \"arXiv:1502.04608\"\n    volume: 225\n    start: 1201\n    end: 1231\n"

/** The same, parsed. */
export const citationRecord: CitationRecord = {
  "cff-version": "1.2.0",
  "message": "If you use this laboratory in research or teaching, please cite it and the paper it implements.",
  "title": "mean-field-limit: a laboratory for the mean field limit of the Vlasov-Poisson system",
  "type": "software",
  "version": "0.1.0",
  "date-released": "2026-11-22",
  "license": "MIT",
  "authors": [
    {
      "name": "The mean-field-limit authors"
    }
  ],
  "keywords": [
    "Vlasov-Poisson",
    "mean field limit",
    "propagation of chaos",
    "N-body"
  ],
  "references": [
    {
      "type": "article",
      "title": "A Mean Field Limit for the Vlasov-Poisson System",
      "authors": [
        {
          "family-names": "Lazarovici",
          "given-names": "Dustin"
        },
        {
          "family-names": "Pickl",
          "given-names": "Peter"
        }
      ],
      "journal": "Archive for Rational Mechanics and Analysis",
      "year": "2017",
      "identifiers": [
        {
          "type": "other",
          "value": "arXiv:1502.04608"
        }
      ],
      "volume": "225",
      "start": "1201",
      "end": "1231"
    }
  ]
}
