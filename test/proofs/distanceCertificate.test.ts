/** Certificates of distances hold, those that are spoilt do not, and their bounds are those of every permutation. */
import { describe, expect, it } from 'vitest'
import { checkCertificate, parseCertificate } from '../../src/proofs/index.js'
import { distanceBetween } from '../../src/transport/distanceBetween.js'
import { distanceCertificate } from '../../src/transport/proof/distanceCertificate.js'
import { bruteForce, cloud, mapped } from '../transport/assignmentClouds.js'
import { distanceCertificates } from './distanceCertificates.js'
import { spoilt } from './spoilt.js'

describe('the certificate of a distance', () => {
  for (const certificate of distanceCertificates()) {
    const name = `p = ${certificate.p}, ${certificate.from.length} points`
    it(`holds, after a way through JSON: ${name}`, () => {
      const read = parseCertificate(JSON.parse(JSON.stringify(certificate)))
      expect(checkCertificate(read)).toMatchObject({ holds: true })
    })

    for (const { how, certificate: changed } of spoilt(certificate)) {
      it(`does not hold with ${how}: ${name}`, () => {
        expect(checkCertificate(changed)).toMatchObject({ holds: false, reason: expect.any(String) })
      })
    }
  }

  it('encloses the best of all permutations', () => {
    const [X, Y] = [cloud('certificate/X', 6, 3), cloud('certificate/Y', 6, 3)]
    for (const p of [1, 2]) {
      const { lo, hi } = distanceCertificate(X, Y, distanceBetween(X, Y, p))
      const best = bruteForce(X, Y, p) ** p
      expect(Number(lo)).toBeLessThanOrEqual(best * (1 + 1e-14))
      expect(Number(hi)).toBeGreaterThanOrEqual(best * (1 - 1e-14))
      expect(Number(hi) - Number(lo)).toBeLessThan(1e-14)
    }
  })

  it('is refused for what it cannot say', () => {
    const [X, Y] = [cloud('certificate/U', 3, 2), cloud('certificate/V', 2, 2)]
    expect(() => distanceCertificate(X, Y, distanceBetween(X, Y, 2))).toThrow(/must be a permutation, got masses/)
    const far = mapped(cloud('certificate/far', 3, 2), t => 1e200 * t)
    expect(() => distanceCertificate(far, X, distanceBetween(far, X, 2))).toThrow(/potentials within doubles/)
    const line = cloud('certificate/many', 1001, 1)
    expect(() => distanceCertificate(line, line, distanceBetween(line, line, 2))).toThrow(/at most 1000, got 1001/)
  })
})
