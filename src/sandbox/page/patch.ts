import type { Child, Element as Described, Props } from './node.ts'

const SVG = 'http://www.w3.org/2000/svg'
const SVG_TAGS = new Set(['svg', 'path', 'circle', 'rect', 'g'])

/** What an element was last told to be, and the one listener that serves all its events. */
interface Told {
  described: Described
  readonly listen: (event: Event) => void
}

const told = new WeakMap<Node, Told>()

/** Brings the children of `root` in line with `children`, keeping every element that still has its place. */
export function patch(root: Element, children: readonly Child[]): void {
  const known = keyed(root)
  let cursor: ChildNode | null = root.firstChild
  for (const child of children) {
    const reused = reusable(child, cursor, known)
    const node = reused ?? create(child)
    if (reused) update(reused, child)
    if (node === cursor) cursor = cursor.nextSibling
    else root.insertBefore(node, cursor)
  }
  while (cursor) {
    const next: ChildNode | null = cursor.nextSibling
    cursor.remove()
    cursor = next
  }
}

function keyed(root: Element): Map<string, ChildNode> {
  const nodes = new Map<string, ChildNode>()
  for (const node of root.childNodes) {
    const key = told.get(node)?.described.props.key
    if (key !== undefined) nodes.set(key, node)
  }
  return nodes
}

function reusable(child: Child, cursor: ChildNode | null, known: Map<string, ChildNode>): ChildNode | undefined {
  if (typeof child === 'string') return cursor?.nodeType === Node.TEXT_NODE ? cursor : undefined
  const { key } = child.props
  const candidate = key === undefined ? cursor : known.get(key)
  const before = candidate ? told.get(candidate)?.described : undefined
  const same = before && before.tag === child.tag && before.props.key === key
  return same ? (candidate ?? undefined) : undefined
}

function create(child: Child): ChildNode {
  if (typeof child === 'string') return document.createTextNode(child)
  const element = SVG_TAGS.has(child.tag) ? document.createElementNS(SVG, child.tag) : document.createElement(child.tag)
  told.set(element, {
    described: { tag: child.tag, props: child.props.key === undefined ? {} : { key: child.props.key }, children: [] },
    listen: (event) => told.get(element)?.described.props.on?.[event.type]?.(event)
  })
  update(element, child)
  return element
}

function update(node: ChildNode, child: Child): void {
  if (typeof child === 'string') {
    if (node.nodeValue !== child) node.nodeValue = child
    return
  }
  const known = told.get(node)
  if (!known || !(node instanceof HTMLElement || node instanceof SVGElement)) return
  updateProps(node, known, child.props)
  patch(node, child.children)
  hold(node, child.props.value)
  known.described = child
}

function updateProps(element: HTMLElement | SVGElement, known: Told, props: Props): void {
  const before = known.described.props
  if (before.class !== props.class) setAttribute(element, 'class', props.class)
  for (const name of names(before.attrs, props.attrs))
    if (before.attrs?.[name] !== props.attrs?.[name]) setAttribute(element, name, props.attrs?.[name])
  for (const name of names(before.style, props.style))
    if (before.style?.[name] !== props.style?.[name]) element.style.setProperty(name, props.style?.[name] ?? '')
  for (const name of names(before.on, props.on)) {
    if (props.on?.[name] && !before.on?.[name]) element.addEventListener(name, known.listen)
    if (!props.on?.[name] && before.on?.[name]) element.removeEventListener(name, known.listen)
  }
}

function names(...records: (Readonly<Record<string, unknown>> | undefined)[]): Set<string> {
  return new Set(records.flatMap((record) => Object.keys(record ?? {})))
}

function setAttribute(element: Element, name: string, value: string | number | boolean | undefined): void {
  if (value === undefined || value === false) element.removeAttribute(name)
  else element.setAttribute(name, value === true ? '' : String(value))
}

function hold(element: Element, value: string | undefined): void {
  if (value === undefined || !('value' in element) || element.value === value) return
  element.value = value
}
