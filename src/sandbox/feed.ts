import type { FeedEntry } from './page/state.ts'

const KEPT = 300
const MAX_BODY_CHARS = 20_000

/** What went over the wires lately, for the inspector. */
export interface Feed {
  add(entry: Omit<FeedEntry, 'id'>): void
  /** The entries after the one with this id, oldest first. */
  after(id: number): readonly FeedEntry[]
}

/**
 * Keeps the newest 300 entries; `changed` hears of each. Ids go up from `before`, by default when this process began:
 * a page that was open before a restart asks for what came after the last id it saw.
 */
export function createFeed(changed: () => void, before: number = Math.floor(performance.timeOrigin)): Feed {
  let entries: FeedEntry[] = []
  let id = before
  return {
    add(entry) {
      id += 1
      entries = [...entries, { ...entry, id }].slice(-KEPT)
      changed()
    },
    after: (known) => entries.filter((entry) => entry.id > known)
  }
}

/** A body as something to look at: like `readBody`, and cut when it is huge. */
export function readable(body: string, contentType: string | null): unknown {
  return body.length > MAX_BODY_CHARS ? `${body.slice(0, MAX_BODY_CHARS)}…` : readBody(body, contentType)
}

/** A body's content: JSON as JSON, a form as its fields (Slack's payload opened), the rest as text. */
export function readBody(body: string, contentType: string | null): unknown {
  if (contentType?.includes('application/x-www-form-urlencoded')) return formFields(body)
  return jsonOrText(body)
}

function formFields(body: string): unknown {
  const fields = Object.fromEntries([...new URLSearchParams(body)].map(([name, value]) => [name, opened(value)]))
  return Object.keys(fields).length === 1 && fields.payload ? fields.payload : fields
}

function opened(value: string): unknown {
  return /^[[{]/.test(value) ? jsonOrText(value) : value
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
