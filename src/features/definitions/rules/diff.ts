/** One difference between two versions, at a place such as "steps.greet.text.en"; undefined = it is not there. */
export interface Difference {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/**
 * What one version says otherwise than another, in order of place. Lists of things with an id (steps, options) are compared
 * by that: inserting one changes no other. Where only their order differs, that is said at the list itself.
 */
export function differences(before: unknown, after: unknown, path = ''): Difference[] {
  if (Object.is(before, after)) return []
  const [parts, otherParts] = [partsOf(before), partsOf(after)]
  if (!parts || !otherParts || Array.isArray(before) !== Array.isArray(after)) return [{ path, before, after }]
  const names = [...new Set([...parts.keys(), ...otherParts.keys()])]
  const found = names.flatMap((name) =>
    differences(parts.get(name), otherParts.get(name), path ? `${path}.${name}` : name)
  )
  return [...orderOf(path, [...parts.keys()], [...otherParts.keys()]), ...found]
}

function orderOf(path: string, before: readonly string[], after: readonly string[]): Difference[] {
  const [kept, keptThen] = [
    before.filter((name) => after.includes(name)),
    after.filter((name) => before.includes(name))
  ]
  const same = kept.every((name, at) => name === keptThen[at])
  return same ? [] : [{ path, before: kept, after: keptThen }]
}

/** What something consists of, by name; undefined when it is of one piece. */
function partsOf(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!Array.isArray(value)) return new Map(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
  const ids = value.map(idOf)
  const named = ids.every((id) => id !== undefined) && new Set(ids).size === ids.length
  return new Map(value.map((part: unknown, at) => [named ? String(ids[at]) : String(at + 1), part]))
}

function idOf(part: unknown): string | undefined {
  if (typeof part !== 'object' || part === null) return undefined
  const { id, value } = part as { id?: unknown; value?: unknown }
  return [id, value].find((name) => typeof name === 'string')
}
