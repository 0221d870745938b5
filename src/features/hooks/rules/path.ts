/**
 * How a file under flows/hooks/ says where something stands: "data.object.id", "lines[0].sku", 'customer."e-mail"'; "a | b" =
 * the first that is there. A path begins at the body, "item." at the entry of a list that `each` names, "header." at the
 * request's headers. It only ever reads: own properties, by name.
 */
const NAME = String.raw`(?:[\p{L}\p{N}_$-]+|"[^"\p{Cc}]{1,100}")`
const ONE = String.raw`${NAME}(?:\.${NAME}|\[\d{1,4}\])*`
export const PATH = new RegExp(String.raw`^${ONE}(?: \| ${ONE}){0,4}$`, 'u')
const STEP = /\[(\d+)\]|"([^"]+)"|([^.[\]"]+)/gu

/** What paths may reach. */
export interface Roots {
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
  readonly item?: unknown
}

/** The value at a path; undefined when there is none, or null. */
export function valueAt(path: string, roots: Roots): unknown {
  for (const one of path.split(' | ')) {
    const found = follow(stepsOf(one), roots)
    if (found !== undefined && found !== null && found !== '') return found
  }
  return undefined
}

function stepsOf(path: string): string[] {
  return [...path.matchAll(STEP)].map(([, index, quoted, plain]) => index ?? quoted ?? plain ?? '')
}

function follow([first = '', ...rest]: readonly string[], roots: Roots): unknown {
  if (first === 'header') return step(roots.headers, rest.join('.').toLowerCase())
  if (first === 'item') return rest.reduce(step, roots.item)
  if (first === 'body') return rest.reduce(step, roots.body)
  return [first, ...rest].reduce(step, roots.body)
}

function step(value: unknown, name: string): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined
  return Reflect.get(value, name)
}
