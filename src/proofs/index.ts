// Constants proved by interval arithmetic: statements, certificates, and what checks them.
export {
  type Bounds,
  type Certificate,
  certificateJsonSchema,
  type DistanceCertificate,
  type EnclosureCertificate,
  type ExtremumCertificate,
  type InequalityCertificate,
  type IntegralCertificate,
  parseCertificate,
  type Sought,
  type Statement,
  type Variable,
  type ZeroCertificate,
} from './certificate.js'
export { type CheckedCertificate, checkCertificate, checkCertificates } from './checkCertificate.js'
export type { Definitions, Expression, UnaryFunction } from './expression.js'
export { type ProveOptions, prove } from './prove.js'
export { statementById, statementIds, statementsFor } from './statements.js'
