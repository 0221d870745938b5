/** What tells who sends events: one key of a source. A source may have several, to change them without a gap. */
export interface WriteKey {
  readonly source: string
  /** Whose ids its `userId`s are. A browser's key is public, and proves nothing: it may not say who somebody is. */
  readonly kind: 'app' | 'ec' | 'pos' | 'browser'
  readonly key: string
}

/** Lets a visitor of the sandbox send events without an account; it opens the demo shop only. */
export const SANDBOX_KEY: WriteKey = { source: 'demo', kind: 'ec', key: 'matane-sandbox-key' }

/** What is wrong with the keys, for people; never repeats one. */
type Parsed =
  | { readonly ok: true; readonly keys: readonly WriteKey[] }
  | { readonly ok: false; readonly problem: string }

/** Kinds, as the sources of these names need not say them. */
const KINDS = ['app', 'ec', 'pos', 'browser'] as const
const ENTRY = /^([a-z][a-z0-9-]{0,31})(?:\/([a-z]+))?:([\w.~+/=-]{16,200})$/
const FORM = 'write source/kind:key, such as shop/ec:… (kind: app, ec, pos or browser; a key has 16 letters or more)'

/** Reads "shop/ec:key register/pos:key site/browser:key", separated by spaces or commas. */
export function parseWriteKeys(text: string): Parsed {
  const keys: WriteKey[] = []
  for (const [index, entry] of text
    .split(/[\s,]+/)
    .filter(Boolean)
    .entries()) {
    const [, source, told, key] = ENTRY.exec(entry) ?? []
    const kind = KINDS.find((each) => each === (told ?? source))
    if (!source || !key || !kind) return { ok: false, problem: `entry ${index + 1}: ${FORM}` }
    if (keys.some((known) => known.key === key))
      return { ok: false, problem: `entry ${index + 1}: the key is used twice; each source needs one of its own` }
    if (keys.some((known) => known.source === source && known.kind !== kind))
      return { ok: false, problem: `entry ${index + 1}: the source has another kind already; give it another name` }
    keys.push({ source, kind, key })
  }
  return { ok: true, keys }
}
