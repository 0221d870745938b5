/** What the page should look like, as plain data: views make it, `patch` brings the document in line with it. */

export type Handler = (event: Event) => void

export interface Props {
  /** Names a node among its siblings, so that it stays the same element when others come and go. */
  readonly key?: string
  readonly class?: string
  /** CSS properties by their CSS names; set one by one, so that no value can bring another property along. */
  readonly style?: Readonly<Record<string, string | undefined>>
  readonly on?: Readonly<Record<string, Handler | undefined>>
  /** What a field holds, whatever was typed since; a field without it keeps what the person types. */
  readonly value?: string
  readonly attrs?: Readonly<Record<string, string | number | boolean | undefined>>
}

export interface Element {
  readonly tag: string
  readonly props: Props
  readonly children: readonly Child[]
}

export type Child = Element | string

/** A child, several, or nothing: views may leave out parts with `condition && part`. */
export type Part = Child | number | false | null | undefined | readonly Part[]

/** Describes one element. Texts become text nodes and attributes never hold code: nothing a customer writes is markup. */
export function h(tag: string, props: Props = {}, ...parts: Part[]): Element {
  if (Object.keys(props.attrs ?? {}).some((name) => /^on/i.test(name)))
    throw new Error(`<${tag}>: listeners belong in "on", not in an attribute`)
  return { tag, props, children: [...flatten(parts)] }
}

function* flatten(parts: readonly Part[]): Generator<Child> {
  for (const part of parts) {
    if (part === false || part === null || part === undefined || part === '') continue
    if (typeof part === 'string') yield part
    else if (typeof part === 'number') yield String(part)
    else if (isElement(part)) yield part
    else yield* flatten(part)
  }
}

function isElement(part: Element | readonly Part[]): part is Element {
  return 'tag' in part
}

/** All text a person would read in a node, in order. */
export function textOf(child: Child): string {
  return typeof child === 'string' ? child : child.children.map(textOf).join('')
}

/** Every element of a tree, the root first. */
export function* elementsOf(child: Child): Generator<Element> {
  if (typeof child === 'string') return
  yield child
  for (const inner of child.children) yield* elementsOf(inner)
}
