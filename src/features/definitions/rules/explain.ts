import type { z } from 'zod'

type Path = readonly (string | number)[]

/** What is wrong at a place of a file, and what to write instead. */
export interface Explained {
  readonly path: Path
  readonly message: string
}

/**
 * Every fault that zod found in `input`, in words for the person who wrote the file; an unknown key is placed at that
 * key. Without `input` a missing choice is told like a wrong one.
 */
export function explainIssues(error: z.ZodError, input?: unknown): Explained[] {
  return error.issues.flatMap((issue) => explain(issue, [])).map((fault) => asMissing(fault, input))
}

function asMissing(fault: Explained, input: unknown): Explained {
  const key = fault.path.at(-1)
  const isMissing = isObject(input) && typeof key === 'string' && valueAt(input, fault.path) === undefined
  if (!isMissing || !fault.message.startsWith('write ')) return fault
  return { path: fault.path, message: `"${key}" is missing: ${fault.message}` }
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => (isObject(value) ? Reflect.get(value, part) : undefined), input)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

type Issue = z.core.$ZodIssue

function explain(issue: Issue, above: Path): Explained[] {
  const path = [...above, ...pathOf(issue.path)]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `"${key}" means nothing here: correct the word or delete it`
      }))
    case 'invalid_union':
      return explainUnion(issue, path)
    case 'invalid_value':
      return [{ path, message: `write one of ${list(issue.values)}` }]
    case 'invalid_type':
      return [{ path, message: explainType(issue, path) }]
    case 'too_small':
      return [{ path, message: `write at least ${issue.minimum}${countedOf(issue.origin)}` }]
    case 'too_big':
      return [{ path, message: `write at most ${issue.maximum}${countedOf(issue.origin)}` }]
    default:
      return [{ path, message: issue.message }]
  }
}

function explainUnion(issue: Extract<Issue, { code: 'invalid_union' }>, path: Path): Explained[] {
  if (issue.discriminator !== undefined && 'options' in issue && Array.isArray(issue.options))
    return [{ path, message: `write one of ${list(issue.options)}` }]
  // The alternative that got furthest into the value is the one that was meant.
  const meant = issue.errors.filter((errors) => errors.some((inner) => inner.path.length > 0))
  const [first, ...others] = meant
  if (first && others.length === 0) return first.flatMap((inner) => explain(inner, path))
  const expected = issue.errors.flat().flatMap((inner) => (inner.code === 'invalid_type' ? [inner.expected] : []))
  return [
    { path, message: expected.length > 0 ? `write ${[...new Set(expected)].map(noun).join(' or ')}` : issue.message }
  ]
}

const LOCALES: Readonly<Record<string, string>> = { ja: 'Japanese', en: 'English' }

function explainType(issue: Extract<Issue, { code: 'invalid_type' }>, path: Path): string {
  const key = path.at(-1)
  if (!issue.message.endsWith('received undefined')) return `write ${noun(issue.expected)}`
  const language = LOCALES[String(key)]
  if (language) return `the ${language} text is missing: add "${key}: …"`
  return typeof key === 'string' ? `"${key}" is missing: add it` : `write ${noun(issue.expected)}`
}

const NOUNS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'lines of the form "name: value"',
  record: 'lines of the form "name: value"'
}

function noun(expected: string): string {
  return NOUNS[expected] ?? expected
}

const COUNTED: Readonly<Record<string, string>> = { string: ' characters', array: ' entries', set: ' entries' }

function countedOf(origin: string): string {
  return COUNTED[origin] ?? ''
}

function list(values: readonly unknown[]): string {
  return values.map(String).join(', ')
}

function pathOf(path: readonly PropertyKey[]): Path {
  return path.map((part) => (typeof part === 'symbol' ? String(part) : part))
}
