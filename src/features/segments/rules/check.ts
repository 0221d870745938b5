import { z } from 'zod'
import { type Fault, type Known, leafFaults } from './leaf-faults.ts'
import { LEAF_KINDS, LEAVES, type LeafKind, SEGMENT_HEAD, Segment } from './schema.ts'

type Path = readonly (string | number)[]
type Issue = z.core.$ZodIssue

type Checked = { readonly ok: true; readonly segment: Segment } | { readonly ok: false; readonly error: z.ZodError }

/** Deeper than anybody can read: all and any add two to a path, not adds one. */
const MAX_PATH = 16
/** As the schema has it. */
const MAX_PARTS = 50
/** Each may cost the database a look at a table. */
const MAX_CONDITIONS = 60

/** Words that are kept for what Matane does not have yet. */
const RESERVED: Readonly<Record<string, string>> = {
  risk: 'risk bands are not available yet: leave this condition out until they are'
}
const GROUPS = ['all', 'any', 'not'] as const
const KINDS: readonly string[] = [...GROUPS, ...LEAF_KINDS]

const Head = z.strictObject({ ...SEGMENT_HEAD, who: z.unknown() })

/** Checks a parsed file: the segment, or every fault at once, each at its place. Takes anything, throws never. */
export function checkSegment(input: unknown, known: Known): Checked {
  const head = Head.safeParse(input)
  const issues = head.success ? [] : [...head.error.issues]
  const who = isObject(input) && Object.hasOwn(input, 'who') ? Reflect.get(input, 'who') : undefined
  const walk: Walk = { known, issues, left: MAX_CONDITIONS }
  if (isObject(input)) checkCondition(walk, who, ['who'])
  if (issues.length > 0) return { ok: false, error: new z.ZodError(issues) }
  const parsed = Segment.safeParse(input)
  return parsed.success ? { ok: true, segment: parsed.data } : { ok: false, error: parsed.error }
}

interface Walk {
  readonly known: Known
  readonly issues: Issue[]
  /** Conditions that may still come. */
  left: number
}

function say({ issues }: Walk, path: Path, message: string): void {
  issues.push({ code: 'custom', path: [...path], message, input: undefined })
}

/** Finds the word that begins a condition and checks what follows: so a fault is told for what was meant. */
function checkCondition(walk: Walk, input: unknown, path: Path): void {
  walk.left -= 1
  if (walk.left === -1) say(walk, path, `write at most ${MAX_CONDITIONS} conditions`)
  if (walk.left < 0) return
  const begun = beginningOf(input)
  if ('message' in begun) say(walk, [...path, ...begun.at], begun.message)
  else if (begun.kind === 'leaf') checkLeaf(walk, begun, path)
  else checkGroup(walk, begun, path)
}

type Beginning =
  | Fault
  | { readonly kind: 'leaf'; readonly word: LeafKind; readonly input: object }
  | { readonly kind: 'group'; readonly word: (typeof GROUPS)[number]; readonly input: object }

/** Which kind of condition was meant, or why that cannot be told. */
function beginningOf(input: unknown): Beginning {
  if (!isObject(input) || Array.isArray(input))
    return {
      at: [],
      message: 'write a condition such as { figure: visits, gte: 1 }, or all, any or not with conditions below'
    }
  const keys = Object.keys(input)
  const [word, other] = keys.filter((key) => KINDS.includes(key) || Object.hasOwn(RESERVED, key))
  if (word === undefined) return { at: keys.slice(0, 1), message: `begin a condition with ${KINDS.join(', ')}` }
  if (other !== undefined)
    return { at: [other], message: `${word} and ${other} are two conditions: write each on its own under all or any` }
  const reserved = RESERVED[word]
  if (reserved !== undefined) return { at: [word], message: reserved }
  const leaf = LEAF_KINDS.find((kind) => kind === word)
  if (leaf) return { kind: 'leaf', word: leaf, input }
  return { kind: 'group', word: GROUPS.find((group) => group === word) ?? 'all', input }
}

interface Group {
  readonly word: (typeof GROUPS)[number]
  readonly input: object
}

function checkGroup(walk: Walk, { word, input }: Group, path: Path): void {
  const below: unknown = Reflect.get(input, word)
  const isList = word !== 'not'
  const parts = isList ? z.array(z.unknown()).min(1).max(MAX_PARTS) : z.unknown()
  const shape = z.strictObject({ [word]: parts }).safeParse(input)
  if (!shape.success) addIssues(walk, shape.error.issues, path)
  if (path.length > MAX_PATH) say(walk, path, `this is nested too deep to be read: write it with fewer levels`)
  else if (!isList) checkCondition(walk, below, [...path, word])
  else if (Array.isArray(below))
    for (const [index, part] of below.slice(0, MAX_PARTS).entries()) checkCondition(walk, part, [...path, word, index])
}

interface BegunLeaf {
  readonly word: LeafKind
  readonly input: object
}

function checkLeaf(walk: Walk, { word, input }: BegunLeaf, path: Path): void {
  const parsed = LEAVES[word].safeParse(input)
  if (!parsed.success) addIssues(walk, parsed.error.issues, path)
  else for (const { at, message } of leafFaults(parsed.data, walk.known)) say(walk, [...path, ...at], message)
}

function addIssues(walk: Walk, issues: readonly Issue[], path: Path): void {
  walk.issues.push(...issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] })))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
