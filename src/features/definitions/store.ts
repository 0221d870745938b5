import { canonicalJson, sha256Hex } from '../../core/hash.ts'
import { lockKey, type Tx } from '../../platform/db/index.ts'

/** A published, immutable copy of something a shop edits. Its body is what the kind's `check` gave. */
export interface PublishedDefinition {
  readonly id: string
  readonly kind: string
  readonly key: string
  readonly version: number
  readonly body: unknown
  readonly publishedAt: Date
}

/** Where a version was edited. */
export type Source = 'file' | 'slack'

export interface Publication {
  readonly kind: string
  readonly key: string
  readonly body: unknown
  readonly at: Date
  /** Default: "file". */
  readonly source?: Source
  /** A file that says what it said when it was published last changes nothing, also when somebody edited it in Slack since. */
  readonly onlyNews?: boolean
}

/** What publishing came to: `changed` is false when the version in force stays, as it says the same or by `onlyNews`. */
export interface Published {
  readonly id: string
  readonly version: number
  readonly changed: boolean
}

/** The newest version of one definition; undefined when it was never published, or is retired. */
export async function current(tx: Tx, kind: string, key: string): Promise<PublishedDefinition | undefined> {
  const row = await tx.definition.findFirst({ where: { kind, key }, orderBy: { version: 'desc' } })
  return row && row.body !== RETIRED ? opened(row) : undefined
}

/** The newest version of every definition of a kind that is not retired, by key. Bodies that this process has read before are not read again. */
export async function currentAll(tx: Tx, kind: string): Promise<PublishedDefinition[]> {
  const newest = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT DISTINCT ON (key) id::text AS id, key, body FROM definition WHERE kind = ${kind} ORDER BY key, version DESC
    ) AS newest
    WHERE body <> ${RETIRED} ORDER BY key`
  // Held here, because what is read now may push out what was read before.
  const found = new Map(newest.map(({ id }) => [id, versions.get(id)]))
  const unread = [...found].flatMap(([id, known]) => (known ? [] : [id]))
  const read = unread.length > 0 ? await tx.definition.findMany({ where: { id: { in: unread } } }) : []
  for (const row of read) found.set(row.id, opened(row))
  return [...found.values()].filter((each) => each !== undefined)
}

/** When a definition was published for the first time; undefined = never. */
export async function firstPublishedAt(tx: Tx, kind: string, key: string): Promise<Date | undefined> {
  const first = await tx.definition.findFirst({
    where: { kind, key },
    orderBy: { version: 'asc' },
    select: { publishedAt: true }
  })
  return first?.publishedAt
}

/** Every kind of which something is in force, or was. */
export async function kindsKnown(tx: Tx): Promise<string[]> {
  return (await tx.definition.findMany({ distinct: ['kind'], select: { kind: true } })).map(({ kind }) => kind)
}

/** One version by its id; undefined when there is none. */
export async function byId(tx: Tx, id: string): Promise<PublishedDefinition | undefined> {
  const known = versions.get(id)
  if (known) return known
  const row = await tx.definition.findUnique({ where: { id } })
  return row ? opened(row) : undefined
}

/** Adds a version, unless the newest one says the same. */
export async function publish(tx: Tx, publication: Publication): Promise<Published> {
  const { kind, key, at, source = 'file', onlyNews = false } = publication
  await lockDefinition(tx, kind, key)
  const body = canonicalJson(publication.body)
  const hash = sha256Hex(body)
  const newest = await tx.definition.findFirst({ where: { kind, key }, orderBy: { version: 'desc' } })
  const told = onlyNews && newest?.source !== source ? await newestOf(tx, { kind, key, source }) : newest
  if (newest && told?.hash === hash) return { id: newest.id, version: newest.version, changed: false }
  const version = (newest?.version ?? 0) + 1
  const { id } = await tx.definition.create({ data: { kind, key, version, hash, body, source, publishedAt: at } })
  return { id, version, changed: true }
}

function newestOf(tx: Tx, where: { kind: string; key: string; source: string }) {
  return tx.definition.findFirst({ where, orderBy: { version: 'desc' } })
}

/** Holds off others who publish this definition, until the end of the transaction. */
export async function lockDefinition(tx: Tx, kind: string, key: string): Promise<void> {
  await lockKey(tx, `definition:${kind}:${key}`)
}

/** The keys of a kind of which a version came from a file. */
export async function keysFromFiles(tx: Tx, kind: string): Promise<Set<string>> {
  const rows = await tx.definition.findMany({
    where: { kind, source: 'file' },
    distinct: ['key'],
    select: { key: true }
  })
  return new Set(rows.map(({ key }) => key))
}

/** One version of a definition, as people look back at them. */
export interface PastVersion {
  readonly id: string
  readonly version: number
  readonly source: string
  readonly publishedAt: Date
}

/** The newest versions of a definition, the one in force first; those that took it out of force are left out. */
export async function versionsOf(
  tx: Tx,
  kind: string,
  { key, limit }: { key: string; limit: number }
): Promise<PastVersion[]> {
  return tx.definition.findMany({
    where: { kind, key, body: { not: RETIRED } },
    orderBy: { version: 'desc' },
    take: limit,
    select: { id: true, version: true, source: true, publishedAt: true }
  })
}

/** Takes a definition out of force by an empty version: nothing new begins with it, what has begun goes on. */
export async function retire(tx: Tx, kind: string, { key, at }: { key: string; at: Date }): Promise<void> {
  await publish(tx, { kind, key, body: null, at })
}

/** The body of the version that retires a definition. */
const RETIRED = 'null'

// A version never changes, so that what was read once is kept; the oldest go first.
const VERSIONS_KEPT = 500
const versions = new Map<string, PublishedDefinition>()

function opened(row: Omit<PublishedDefinition, 'body'> & { body: string }): PublishedDefinition {
  const known = versions.get(row.id)
  if (known) return known
  const { id, kind, key, version, publishedAt } = row
  const definition = { id, kind, key, version, publishedAt, body: JSON.parse(row.body) as unknown }
  const oldest = versions.size >= VERSIONS_KEPT ? versions.keys().next().value : undefined
  if (oldest) versions.delete(oldest)
  versions.set(id, definition)
  return definition
}
