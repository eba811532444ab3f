/**
 * The part of typedoc's data that the API reference shows, and types as TypeScript with links.
 */
import { escapeHtml } from '../text/html.js'

/** A piece of a docblock. */
export interface ApiText {
  readonly kind: 'text' | 'code' | 'inline-tag'
  readonly text: string
  /** Of a link: the number of what it leads to. */
  readonly target?: number | object | string
}

/** A docblock. */
export interface ApiComment {
  readonly summary?: readonly ApiText[]
  readonly blockTags?: readonly { readonly tag: string; readonly content: readonly ApiText[] }[]
}

/** A type as typedoc hands it over. */
export interface ApiType {
  readonly type: string
  readonly name?: string
  readonly value?: string | number | boolean | null
  readonly target?: number | object | ApiType
  readonly operator?: string
  readonly elementType?: ApiType
  readonly types?: readonly ApiType[]
  readonly elements?: readonly ApiType[]
  readonly typeArguments?: readonly ApiType[]
  /** Of a template literal: its text up to the first type, then types with the text behind each. */
  readonly head?: string
  readonly tail?: readonly (readonly [ApiType, string])[]
  readonly objectType?: ApiType
  readonly queryType?: ApiType
  readonly indexType?: ApiType
  /** Of a named member of a tuple. */
  readonly element?: ApiType
  readonly isOptional?: boolean
  /** Of a predicate. */
  readonly targetType?: ApiType
  readonly asserts?: boolean
  readonly declaration?: ApiReflection
  /** Of a record made from another one: its variable, what that runs over, and the type of a member. */
  readonly parameter?: string
  readonly parameterType?: ApiType
  readonly templateType?: ApiType
  readonly readonlyModifier?: '+' | '-'
  readonly optionalModifier?: '+' | '-'
}

/** An export, a member, a signature or a parameter. */
export interface ApiReflection {
  readonly id: number
  readonly name: string
  readonly kind: number
  readonly flags: {
    readonly isOptional?: true
    readonly isReadonly?: true
    readonly isConst?: true
    readonly isRest?: true
  }
  readonly comment?: ApiComment
  readonly children?: readonly ApiReflection[]
  readonly signatures?: readonly ApiReflection[]
  readonly indexSignatures?: readonly ApiReflection[]
  readonly parameters?: readonly ApiReflection[]
  readonly typeParameters?: readonly ApiReflection[]
  readonly extendedTypes?: readonly ApiType[]
  readonly type?: ApiType
  readonly defaultValue?: string
  readonly inheritedFrom?: object
  readonly sources?: readonly { readonly fileName: string; readonly line: number }[]
}

/** typedoc's numbers of the kinds that exports and members have. */
export const KIND = {
  variable: 32,
  function: 64,
  class: 128,
  interface: 256,
  constructor: 512,
  typeAlias: 2097152,
} as const

/** The address of an export by typedoc's number of it. */
export type Address = (id: number) => string | undefined

const word = (text: string): string => `<span class="hljs-keyword">${text}</span>`

/** A type as HTML. @throws Error for a form of type that no export has had so far */
export function typeHtml(type: ApiType, address: Address): string {
  const html = (inner: ApiType): string => typeHtml(inner, address)
  /** In parentheses where `|` or `=>` would bind otherwise. */
  const closed = (inner: ApiType): string => {
    const loose =
      ['union', 'intersection', 'typeOperator'].includes(inner.type) || inner.declaration?.signatures !== undefined
    return loose ? `(${html(inner)})` : html(inner)
  }
  switch (type.type) {
    case 'intrinsic':
      return `<span class="hljs-built_in">${escapeHtml(type.name!)}</span>`
    case 'literal':
      return typeof type.value === 'string'
        ? `<span class="hljs-string">'${escapeHtml(type.value)}'</span>`
        : `<span class="hljs-number">${String(type.value)}</span>`
    case 'reference': {
      const place = typeof type.target === 'number' ? address(type.target) : undefined
      const name = escapeHtml(type.name!)
      const given = type.typeArguments?.length ? `&lt;${type.typeArguments.map(html).join(', ')}&gt;` : ''
      return `${place === undefined ? name : `<a href="${place}">${name}</a>`}${given}`
    }
    case 'array':
      return `${closed(type.elementType!)}[]`
    case 'typeOperator':
      return `${word(type.operator!)} ${html(type.target as ApiType)}`
    case 'union':
      return type.types!.map(part => (part.declaration?.signatures ? closed(part) : html(part))).join(' | ')
    case 'intersection':
      return type.types!.map(part => (part.type === 'union' ? closed(part) : html(part))).join(' &amp; ')
    case 'tuple':
      return `[${(type.elements ?? []).map(html).join(', ')}]`
    case 'indexedAccess':
      return `${closed(type.objectType!)}[${html(type.indexType!)}]`
    case 'templateLiteral':
      return `<span class="hljs-string">\`${escapeHtml(type.head!)}${type.tail!.map(([inner, text]) => `\${${html(inner)}}${escapeHtml(text)}`).join('')}\`</span>`
    case 'query':
      return `${word('typeof')} ${html(type.queryType!)}`
    case 'optional':
      return `${closed(type.elementType!)}?`
    case 'rest':
      return `...${closed(type.elementType!)}`
    case 'namedTupleMember':
      return `${escapeHtml(type.name!)}${type.isOptional ? '?' : ''}: ${html(type.element!)}`
    case 'predicate': {
      const asserted = type.targetType === undefined ? '' : ` ${word('is')} ${html(type.targetType)}`
      return `${type.asserts ? `${word('asserts')} ` : ''}${escapeHtml(type.name!)}${asserted}`
    }
    case 'mapped': {
      const fixed = type.readonlyModifier === '+' ? `${word('readonly')} ` : ''
      const mark = type.optionalModifier === '+' ? '?' : ''
      const key = `[${escapeHtml(type.parameter!)} ${word('in')} ${html(type.parameterType!)}]`
      return `{ ${fixed}${key}${mark}: ${html(type.templateType!)} }`
    }
    case 'reflection':
      return objectHtml(type.declaration!, address)
    default:
      throw new Error(`the API reference cannot show a type of the form ${type.type}`)
  }
}

function objectHtml(declaration: ApiReflection, address: Address): string {
  const call = declaration.signatures?.[0]
  if (call !== undefined) return `${parametersHtml(call, address)} =&gt; ${typeHtml(call.type!, address)}`
  const members = (declaration.children ?? []).map(member => memberHtml(member, address))
  const index = (declaration.indexSignatures ?? []).map(
    signature =>
      `[${signature.parameters!.map(p => parameterHtml(p, address)).join(', ')}]: ${typeHtml(signature.type!, address)}`,
  )
  return `{ ${[...members, ...index].join('; ')} }`
}

/** A member of a record as it stands in its declaration: `readonly name?: type` or `name(parameters): type`. */
export function memberHtml(member: ApiReflection, address: Address): string {
  const mark = member.flags.isOptional ? '?' : ''
  const call = member.signatures?.[0]
  if (call !== undefined) return `${escapeHtml(member.name)}${mark}${signatureHtml(call, address)}`
  const type = member.type === undefined ? '' : `: ${typeHtml(member.type, address)}`
  return `${member.flags.isReadonly ? `${word('readonly')} ` : ''}${escapeHtml(member.name)}${mark}${type}`
}

/** Parameters and result: `(a: number): string`. */
export function signatureHtml(signature: ApiReflection, address: Address): string {
  return `${parametersHtml(signature, address)}: ${typeHtml(signature.type!, address)}`
}

/** From here on every parameter gets its own line. */
const WIDE = 88

function parametersHtml(signature: ApiReflection, address: Address): string {
  const general = signature.typeParameters ?? []
  const given = general.map(
    ({ name, type }) =>
      `${escapeHtml(name)}${type === undefined ? '' : ` ${word('extends')} ${typeHtml(type, address)}`}`,
  )
  const list = (signature.parameters ?? []).map(parameter => parameterHtml(parameter, address))
  const length = list.join(', ').replace(/<[^>]*>/g, '').length
  const inside = length > WIDE ? `\n${list.map(parameter => `  ${parameter},\n`).join('')}` : list.join(', ')
  return `${given.length > 0 ? `&lt;${given.join(', ')}&gt;` : ''}(${inside})`
}

function parameterHtml(parameter: ApiReflection, address: Address): string {
  const { flags, type, defaultValue } = parameter
  const optional = flags.isOptional || defaultValue !== undefined ? '?' : ''
  return `${flags.isRest ? '...' : ''}${escapeHtml(parameterName(parameter))}${optional}: ${typeHtml(type!, address)}`
}

/** A parameter that its function takes apart has no name of its own. */
export function parameterName({ name, type }: ApiReflection): string {
  if (name !== '__namedParameters') return name
  return /Options$|Parameters$/.test(type?.name ?? '') ? 'options' : 'data'
}
