import { ok, type Result } from '../../core/result.ts'
import type { Database, FieldCipher, Tx } from '../../platform/db/index.ts'
import type { DefinitionKind, Neighbour } from '../../platform/feature.ts'
import { type AuditEntry, recordAudit } from '../audit/index.ts'
import { type CheckedFile, checkFiles, type DefinitionFile, type FileFault } from './check-files.ts'
import { currentAll, keysFromFiles, type Publication, publish, retire } from './store.ts'

export interface FilePublication {
  readonly path: string
  readonly kind: string
  readonly key: string
  readonly version: number
  /** False when the file says what the newest version says. */
  readonly changed: boolean
}

export interface FilesPublished {
  readonly published: readonly FilePublication[]
  /** "survey nps": what had a file in this folder once and has none now. */
  readonly retired: readonly string[]
  readonly ignored: readonly string[]
}

export interface FilesToPublish {
  readonly kinds: readonly DefinitionKind[]
  readonly files: readonly DefinitionFile[]
  readonly at: Date
  /** These are all the files there are: what is published of a folder and has no file any more is retired. */
  readonly whole?: boolean
  /** Variables of the configuration that are not set. */
  readonly unset?: readonly string[]
}

/** Publishes files: all of them, or none when one has a fault. */
export async function publishFiles(
  db: Database,
  { kinds, files, at, whole = false, unset = [] }: FilesToPublish
): Promise<Result<FilesPublished, { kind: 'faults'; faults: readonly FileFault[] }>> {
  const definitions = await inForce(db.prisma, kinds, whole)
  const { good, faults, ignored } = checkFiles(kinds, files, { definitions, unset })
  if (faults.length > 0) return { ok: false, kind: 'faults', faults }
  return db.transaction(async (tx) => {
    const published = await publishGood(tx, db.cipher, { good, at, onlyNews: whole })
    const folders = kinds.filter(({ files }) => whole && files.endsWith('/'))
    const done = { published, ignored, retired: await retireMissing(tx, folders, { good, at }) }
    // Who edited the files is not known here: whoever may write in the folder.
    await recordAudit({ tx, cipher: db.cipher, now: at }, ...entriesOf(done, { kind: 'system', id: 'flows' }))
    return ok(done)
  })
}

/** What stays in force beside the files: of a whole folder only what never had a file. */
async function inForce(tx: Tx, kinds: readonly DefinitionKind[], whole: boolean): Promise<Neighbour[]> {
  const staying = kinds.map(async ({ kind, files }) => {
    const filed = whole && files.endsWith('/') ? await keysFromFiles(tx, kind) : new Set<string>()
    return (await currentAll(tx, kind)).filter(({ key }) => !filed.has(key))
  })
  return (await Promise.all(staying)).flat()
}

/** What was published and retired, for the audit log. */
export function entriesOf(
  { published, retired }: Pick<FilesPublished, 'published' | 'retired'>,
  actor: AuditEntry['actor']
): AuditEntry[] {
  const subject = (id: string) => ({ type: 'definition', id }) as const
  return [
    ...published
      .filter(({ changed }) => changed)
      .map(({ kind, key, version }) => {
        const action = 'definition.publish' as const
        return { actor, action, subject: subject(`${kind} ${key}`), detail: { version } }
      }),
    ...retired.map((name) => ({ actor, action: 'definition.retire' as const, subject: subject(name) }))
  ]
}

interface Good extends Pick<Publication, 'at' | 'source' | 'onlyNews'> {
  readonly good: readonly CheckedFile[]
}

/** Publishes files that were found good, in order. */
export async function publishGood(tx: Tx, cipher: FieldCipher, { good, ...how }: Good): Promise<FilePublication[]> {
  const published: FilePublication[] = []
  for (const { path, kind, key, body } of good) {
    const { version, changed } = await publish(tx, { kind: kind.kind, key, body, ...how })
    if (changed) await kind.published?.(tx, cipher, body, how.at)
    published.push({ path, kind: kind.kind, key, version, changed })
  }
  return published
}

async function retireMissing(tx: Tx, kinds: readonly DefinitionKind[], { good, at }: Good): Promise<string[]> {
  const retired: string[] = []
  for (const kind of kinds) {
    const kept = good.filter((file) => file.kind.kind === kind.kind).map(({ key }) => key)
    // What was only ever written in Slack has no file that could be missing.
    const filed = await keysFromFiles(tx, kind.kind)
    const gone = (await currentAll(tx, kind.kind)).filter(({ key }) => filed.has(key) && !kept.includes(key))
    for (const { key } of gone) {
      await retire(tx, kind.kind, { key, at })
      retired.push(`${kind.kind} ${key}`)
    }
  }
  return retired
}
