/**
 * From a derivation to a proof: what certificates of the numbers make of a verdict.
 */
import type { Certificate } from '../../proofs/certificate.js'
import type { Claim, Verdict } from './claim.js'

/** What a certificate says, as the ledger keeps it. */
export interface CertifiedNumber {
  /** Of the certificate. */
  readonly id: string
  readonly words: string
  readonly tex: string
  /** The enclosure, exact rationals; an inequality has none. */
  readonly lo?: string
  readonly hi?: string
}

/**
 * The verdict, with the basis 'proved' in place of 'derivation' where the claim names certificates: a test demands that
 * they hold and that the numbers of the record lie in them.
 */
export function withCertificates<Spec>({ certificates = [] }: Claim<Spec>, verdict: Verdict): Verdict {
  return verdict.basis === 'derivation' && certificates.length > 0 ? { ...verdict, basis: 'proved' } : verdict
}

/**
 * What the certificates of a claim say.
 * @param stored all certificates there are
 * @throws RangeError for one that is missing
 */
export function certifiedNumbers(
  { id: claim, certificates = [] }: Pick<Claim, 'id' | 'certificates'>,
  stored: readonly Certificate[],
): readonly CertifiedNumber[] {
  return certificates.map(id => {
    const found = stored.find(certificate => certificate.id === id)
    if (found === undefined)
      throw new RangeError(`certificates of claim ${claim} must be among the stored ones, got ${id}`)
    const { words, tex } = found.statement
    return { id, words, tex, ...('lo' in found && { lo: found.lo, hi: found.hi }) }
  })
}
