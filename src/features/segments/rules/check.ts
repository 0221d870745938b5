import { z } from 'zod'
import { listOf } from './conditions.ts'
import { isRanked, isSince } from './figures.ts'
import {
  type EventLeaf,
  type FigureLeaf,
  LEAF_KINDS,
  LEAVES,
  type Leaf,
  type LeafKind,
  SEGMENT_HEAD,
  Segment
} from './schema.ts'

type Path = readonly (string | number)[]
type Issue = z.core.$ZodIssue

/** What other rooms know, and a segment has to fit. */
export interface Known {
  /** An event's name as it is stored; undefined when it cannot be one. */
  eventName(told: string): string | undefined
  /** The properties of an event that lie in the clear; undefined for an event that is not in the catalogue. */
  clearProperties(event: string): readonly string[] | undefined
  /** A tag as it is stored; undefined when it cannot be one. */
  tagName(told: string): string | undefined
  /** A prefecture as it is stored; undefined when it is none. */
  prefectureName(told: string): string | undefined
}

type Checked = { readonly ok: true; readonly segment: Segment } | { readonly ok: false; readonly error: z.ZodError }

/** Deeper than anybody can read: all and any add two to a path, not adds one. */
const MAX_PATH = 16
/** As the schema has it. */
const MAX_PARTS = 50
/** Each may cost the database a look at a table. */
const MAX_CONDITIONS = 60
/** A hundred years: further back lies a mistake. */
const MAX_DAYS = 36_500

/** Words that are kept for what Matane does not have yet. */
const RESERVED: Readonly<Record<string, string>> = {
  tier: 'tiers are not available yet: leave this condition out until they are',
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

interface Fault {
  readonly at: Path
  readonly message: string
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

/** What a leaf says that its form alone does not forbid. */
function leafFaults(leaf: Leaf, known: Known): Fault[] {
  if ('figure' in leaf) return figureFaults(leaf)
  if ('event' in leaf) return eventFaults(leaf, known)
  if ('tag' in leaf) return writtenFaults('tag', listOf(leaf.tag), known.tagName)
  if ('prefecture' in leaf) return writtenFaults('prefecture', listOf(leaf.prefecture), known.prefectureName)
  if ('score' in leaf && ![leaf.gte, leaf.lte, leaf.is].some(isGiven))
    return [{ at: ['score'], message: 'say which: add gte, lte or is with 1 to 5' }]
  if ('coupon' in leaf && leaf.expires_in !== undefined && leaf.state !== 'usable')
    return [
      { at: ['expires_in'], message: 'only a usable coupon is still to expire: write state: usable, or leave this out' }
    ]
  return []
}

const isGiven = (value: unknown) => value !== undefined

function figureFaults(leaf: FigureLeaf): Fault[] {
  const { figure, known, top_percent, bottom_percent } = leaf
  const bounds = [leaf.gte, leaf.lte, leaf.is].filter(isGiven)
  const ranks = [top_percent, bottom_percent].filter(isGiven)
  const faults: Fault[] = []
  if (bounds.length + ranks.length === 0 && known === undefined)
    faults.push({ at: ['figure'], message: 'say how much: add gte, lte, is, top_percent or known' })
  if (ranks.length > 0 && !isRanked(figure)) {
    const at = [top_percent === undefined ? 'bottom_percent' : 'top_percent']
    faults.push({ at, message: `customers are not ranked by ${figure}: write gte or lte` })
  }
  if (known === false && bounds.length > 0)
    faults.push({ at: ['known'], message: 'what is not known has no size: leave known or the bounds out' })
  if (known !== undefined && (isRanked(figure) || figure === 'days_since_created'))
    faults.push({ at: ['known'], message: `${figure} is always known: write a bound such as gte: 1` })
  if (isSince(figure)) faults.push(...sinceFaults(leaf))
  return faults
}

function sinceFaults(leaf: FigureLeaf): Fault[] {
  return (['gte', 'lte', 'is'] as const)
    .filter((name) => {
      const value = leaf[name]
      return value !== undefined && !(Number.isInteger(value) && value >= 0 && value <= MAX_DAYS)
    })
    .map((name) => ({ at: [name], message: `write whole days from 0 to ${MAX_DAYS}` }))
}

function eventFaults({ event, where = {} }: EventLeaf, known: Known): Fault[] {
  const stored = known.eventName(event)
  if (stored !== event) {
    const message = stored === undefined ? 'no event has such a name' : `this event is kept as "${stored}": write that`
    return [{ at: ['event'], message }]
  }
  const clear = known.clearProperties(event)
  return Object.entries(where).flatMap(([property, test]) => {
    const at = ['where', property]
    if (typeof test === 'object' && Object.values(test).every((value) => value === undefined))
      return [{ at, message: 'say what it has to be: a value, or is, any_of, gte, lte' }]
    if (clear?.includes(property)) return []
    if (!clear) return [{ at, message: `properties of "${event}" are sealed and cannot be asked for: leave where out` }]
    return [
      { at, message: `"${event}" keeps no such property in the clear: write one of ${clear.join(', ') || '(none)'}` }
    ]
  })
}

/** What is kept in another way of writing would be found in nobody. */
function writtenFaults(word: string, told: readonly string[], storedAs: (told: string) => string | undefined): Fault[] {
  return told.flatMap((value, index) => {
    const stored = storedAs(value)
    if (stored === value) return []
    const at = told.length > 1 ? [word, index] : [word]
    const message =
      stored === undefined ? `no ${word} looks like this` : `this ${word} is kept as "${stored}": write that`
    return [{ at, message }]
  })
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
