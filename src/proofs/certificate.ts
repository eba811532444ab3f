/**
 * Statements and their certificates: what is claimed, and the data with which a program can check it without search.
 */
import { z } from 'zod'
import { quote, requireNumber } from '../base/errors.js'
import { compare, isRational, parseRational } from '../base/interval/rational.js'
import { type Expression, expressionSchema } from './expression.js'

/** The format that this version writes and reads. */
export const CERTIFICATE_FORMAT = 'mean-field-limit certificate 1'

const rationalText = z.string().max(400).refine(isRational, 'must be a rational such as 3, -0.25, 1e-10 or 22/7')
const name = z
  .string()
  .regex(/^[a-zA-Z]\w{0,30}$/, 'must be a word')
  .refine(word => word !== 'pi', 'must not be pi')
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be words and numbers joined by hyphens')

const variable = z
  .strictObject({ name, lo: rationalText, hi: rationalText })
  .refine(({ lo, hi }) => compare(parseRational(lo), parseRational(hi)) < 0, 'lo must be less than hi')

const head = {
  /** Where editors find the schema. */
  $schema: z.string().optional(),
  format: z.literal(CERTIFICATE_FORMAT),
  id,
  statement: z.strictObject({ words: z.string().min(1), tex: z.string().min(1) }),
  /** Where the constant stands in the paper or in the project. */
  source: z.string().optional(),
  definitions: z
    .array(z.tuple([name, expressionSchema]))
    .max(40)
    .optional(),
}

const bounds = { lo: rationalText, hi: rationalText }

/** Points of a certificate of a distance, at most: a checker looks at all pairs. */
export const MOST_POINTS = 1000
const index = z.int().min(0).max(MOST_POINTS)
const points = z.array(z.array(z.number()).min(1).max(100)).min(1).max(MOST_POINTS)

/** A leaf or a branch of a cover, see {@link checkCover}. */
const cover = z
  .string()
  .regex(/^([LU]?[0-2]|[vmtceo])*$/)
  .max(200_000)

const extremum = {
  variables: z.array(variable).min(1).max(3),
  /** The domain is where all of these are >= 0. */
  where: z.array(expressionSchema).max(10).optional(),
  expression: expressionSchema,
  ...bounds,
  /** A point of the domain where the expression is at least lo (at most hi for an infimum). */
  witness: z.array(rationalText).min(1).max(3),
  cover,
}

/** The schema of a certificate. */
export const certificateSchema: z.ZodType<Certificate> = z.discriminatedUnion('kind', [
  z.strictObject({ ...head, kind: z.literal('enclosure'), expression: expressionSchema, ...bounds }),
  z.strictObject({
    ...head,
    kind: z.literal('inequality'),
    left: expressionSchema,
    relation: z.enum(['<', '<=', '=']),
    right: expressionSchema,
  }),
  z.strictObject({ ...head, kind: z.literal('supremum'), ...extremum }),
  z.strictObject({ ...head, kind: z.literal('infimum'), ...extremum }),
  z.strictObject({
    ...head,
    kind: z.literal('integral'),
    variable,
    expression: expressionSchema,
    ...bounds,
    order: z.int().min(2).max(40).multipleOf(2),
    panels: z
      .string()
      .regex(/^[stv]*$/)
      .max(200_000),
  }),
  z.strictObject({ ...head, kind: z.literal('zero'), variable: name, expression: expressionSchema, ...bounds }),
  z.strictObject({
    ...head,
    kind: z.literal('distance'),
    p: z.enum(['1', '2', 'infinity']),
    /** Doubles, as JSON writes them. */
    from: points,
    to: points,
    plan: z.array(index).max(MOST_POINTS),
    potentials: z.array(z.number()).max(MOST_POINTS).optional(),
    set: z.strictObject({ side: z.enum(['from', 'to']), points: z.array(index).max(MOST_POINTS) }).optional(),
    ...bounds,
  }),
]) as unknown as z.ZodType<Certificate>

interface Head {
  readonly $schema?: string | undefined
  readonly format: typeof CERTIFICATE_FORMAT
  readonly id: string
  readonly statement: { readonly words: string; readonly tex: string }
  readonly source?: string | undefined
  readonly definitions?: readonly (readonly [name: string, expression: Expression])[] | undefined
}

/** The ends of an enclosure or of a range, exact rationals. */
export interface Bounds {
  readonly lo: string
  readonly hi: string
}

/** A variable with the ends of its range, exact rationals. */
export interface Variable extends Bounds {
  readonly name: string
}

/** lo <= expression <= hi. */
export interface EnclosureCertificate extends Head, Bounds {
  readonly kind: 'enclosure'
  readonly expression: Expression
}

/** left < right, left <= right or left = right. */
export interface InequalityCertificate extends Head {
  readonly kind: 'inequality'
  readonly left: Expression
  readonly relation: '<' | '<=' | '='
  readonly right: Expression
}

/** lo <= sup (or inf) of the expression over the domain <= hi. */
export interface ExtremumCertificate extends Head, Bounds {
  readonly kind: 'supremum' | 'infimum'
  readonly variables: readonly Variable[]
  readonly where?: readonly Expression[] | undefined
  readonly expression: Expression
  readonly witness: readonly string[]
  readonly cover: string
}

/** lo <= integral of the expression over the variable's range <= hi. */
export interface IntegralCertificate extends Head, Bounds {
  readonly kind: 'integral'
  readonly variable: Variable
  readonly expression: Expression
  /** Order of the Taylor polynomials, even. */
  readonly order: number
  /** In preorder: s halves a panel, t settles it by a Taylor polynomial, v by the range of values. */
  readonly panels: string
}

/** The expression has exactly one zero in [lo, hi], where it changes sign. */
export interface ZeroCertificate extends Head, Bounds {
  readonly kind: 'zero'
  readonly variable: string
  readonly expression: Expression
}

/** lo <= W_1, W_2^2 or W_infinity^2 <= hi, between equally many points of equal weights. */
export interface DistanceCertificate extends Head, Bounds {
  readonly kind: 'distance'
  readonly p: '1' | '2' | 'infinity'
  /** Points as rows of doubles. */
  readonly from: readonly (readonly number[])[]
  readonly to: readonly (readonly number[])[]
  /** Point i goes to point plan[i]. */
  readonly plan: readonly number[]
  /** One number for each point of `to`, p = 1, 2. */
  readonly potentials?: readonly number[] | undefined
  /** Points with too few near points of the other side, p = infinity. */
  readonly set?: { readonly side: 'from' | 'to'; readonly points: readonly number[] } | undefined
}

/** A statement with its proof. */
export type Certificate =
  | EnclosureCertificate
  | InequalityCertificate
  | ExtremumCertificate
  | IntegralCertificate
  | ZeroCertificate
  | DistanceCertificate

/**
 * A certificate without what `prove` finds: bounds may be left out, and then have a relative distance of `accuracy`.
 */
export type Sought<C extends Bounds, Found extends string> = Omit<C, '$schema' | 'format' | 'lo' | 'hi' | Found> &
  Partial<Bounds> & { readonly accuracy?: number }

/** A statement to prove: a certificate without its proof. One file of src/proofs/statements a statement. */
export type Statement =
  | Sought<EnclosureCertificate, never>
  | Omit<InequalityCertificate, '$schema' | 'format'>
  | (Sought<ExtremumCertificate, 'witness' | 'cover'> & { readonly witness?: readonly string[] })
  | (Sought<IntegralCertificate, 'panels' | 'order'> & { readonly order?: number })
  | (Sought<ZeroCertificate, never> & { readonly between: readonly [string, string] })

/**
 * Reads a certificate.
 * @throws RangeError naming the member that won't do
 * @example parseCertificate({}) // RangeError
 */
export function parseCertificate(certificate: unknown): Certificate {
  return parsed('certificate', certificate)
}

/** What stands for the proof until it is found. */
const UNPROVED = { lo: '0', hi: '0' }
const PROOF: Readonly<Record<string, object>> = {
  enclosure: UNPROVED,
  inequality: {},
  supremum: { ...UNPROVED, witness: ['0'], cover: '' },
  infimum: { ...UNPROVED, witness: ['0'], cover: '' },
  integral: { ...UNPROVED, order: 2, panels: '' },
  zero: UNPROVED,
}

/** Requires a statement. @throws RangeError naming the member that won't do */
export function requireStatement(value: unknown): void {
  const { accuracy, between, ...rest } = value as { accuracy?: unknown; between?: unknown; kind?: unknown }
  if (accuracy !== undefined) requireNumber('statement.accuracy', accuracy, 1e-15, 1)
  parsed('statement', { format: CERTIFICATE_FORMAT, ...PROOF[String(rest.kind)], ...rest })
  if (rest.kind !== 'zero') return
  if (Array.isArray(between) && between.length === 2 && between.every(end => isRational(String(end)))) return
  throw new RangeError(`statement.between must be two rationals, got ${quote(between)}`)
}

function parsed(name: string, value: unknown): Certificate {
  const result = certificateSchema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new RangeError(`${[name, ...issue!.path.map(String)].join('.')}: ${issue!.message}`)
}

/** The JSON Schema of certificates. */
export function certificateJsonSchema(): Record<string, unknown> {
  return {
    title: 'Certificate of a statement of mean-field-limit',
    ...z.toJSONSchema(certificateSchema, { io: 'input', target: 'draft-7' }),
  }
}
