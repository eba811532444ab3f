/** Certificates of distances, for both checkers. */
import type { DistanceCertificate } from '../../src/proofs/index.js'
import { distanceBetween } from '../../src/transport/distanceBetween.js'
import { distanceCertificate } from '../../src/transport/proof/distanceCertificate.js'
import { cloud } from '../transport/assignmentClouds.js'

export const distanceCertificates = (): DistanceCertificate[] =>
  [1, 2, Number.POSITIVE_INFINITY].flatMap(p =>
    [2, 12].map((n, k) => {
      const [X, Y] = [cloud(`certificates/X${n}`, n, 3), cloud(`certificates/Y${n}`, n, 3)]
      return { ...distanceCertificate(X, Y, distanceBetween(X, Y, p)), id: `distance-${p === 1 / 0 ? 'most' : p}-${k}` }
    }),
  )
