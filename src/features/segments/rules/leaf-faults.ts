import { listOf } from './conditions.ts'
import { isRanked, isSince } from './figures.ts'
import type { EventLeaf, FigureLeaf, Leaf } from './schema.ts'

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

/** What is wrong at a place within a condition, and what to write instead. */
export interface Fault {
  readonly at: readonly (string | number)[]
  readonly message: string
}

/** A hundred years: further back lies a mistake. */
const MAX_DAYS = 36_500

/** What a leaf says that its form alone does not forbid. */
export function leafFaults(leaf: Leaf, known: Known): Fault[] {
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
