import { type Document, isCollection, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'

/** A place in a file, counted from 1. */
interface Place {
  readonly line: number
  readonly column: number
}

export interface SourceFault extends Place {
  readonly message: string
}

/** A YAML file as data, with the place of everything in it. */
export interface Source {
  readonly value: unknown
  /** Where a path such as ["steps", 2, "text"] stands; the nearest place above it when it is missing. */
  placeOf(path: readonly (string | number)[]): Place
}

/** Far above any file a person writes by hand; a larger one would hold up the server. */
const MAX_UNITS = 500_000
/** YAML lets lines refer to others; more copies than this are an attack, not a file. */
const MAX_ALIASES = 100

/** Reads one YAML document; every fault in its writing with its place. */
export function readSource(text: string): { ok: true; source: Source } | { ok: false; faults: readonly SourceFault[] } {
  if (text.length > MAX_UNITS)
    return {
      ok: false,
      faults: [{ line: 1, column: 1, message: `the file is too long: at most ${MAX_UNITS} characters` }]
    }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
  const faults = [...document.errors, ...document.warnings].map((fault) => ({
    ...placeAt(lines, fault.pos[0]),
    message: `this is not readable as YAML: ${fault.message}`
  }))
  if (faults.length > 0) return { ok: false, faults }
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES })
    return { ok: true, source: { value, placeOf: (path) => placeAt(lines, offsetOf(document, path)) } }
  } catch (error) {
    const message = `this is not readable as YAML: ${error instanceof Error ? error.message : String(error)}`
    return { ok: false, faults: [{ line: 1, column: 1, message }] }
  }
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset)
  // The counter answers 0 when the file has no such line.
  return { line: Math.max(line, 1), column: Math.max(col, 1) }
}

function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const part of path) {
    offset = keyOf(node, part) ?? startOf(childOf(node, part)) ?? offset
    node = childOf(node, part)
    if (node === undefined) break
  }
  return offset
}

function childOf(node: unknown, part: string | number): unknown {
  return isCollection(node) ? node.get(part, true) : undefined
}

/** Where the key itself stands: a line of a map is best shown by its beginning. */
function keyOf(node: unknown, part: string | number): number | undefined {
  if (!isMap(node)) return undefined
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === part)
  return startOf(pair?.key)
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}
