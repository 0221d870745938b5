import { ok, type Result } from '../../core/result.ts'
import type { Database } from '../../platform/db/index.ts'
import { recordAudit } from '../audit/index.ts'
import { checkFiles, type DefinitionFile, type FileFault } from './check-files.ts'
import { entriesOf, type FilePublication, type FilesToPublish, publishGood } from './publish-files.ts'
import { current, currentAll, kindsKnown, lockDefinition } from './store.ts'

/** What somebody wrote in Slack, in the form of one file. */
export interface Edit extends Omit<FilesToPublish, 'files' | 'whole'> {
  readonly file: DefinitionFile
  /** The version they began with; undefined = it must be new. */
  readonly over: { readonly key: string; readonly version: number } | undefined
  /** Slack user id. */
  readonly by: string
}

type EditFault =
  | { kind: 'faults'; faults: readonly FileFault[] }
  /** Somebody else published a version meanwhile. */
  | { kind: 'changed_meanwhile' }
  /** Who edits a definition keeps its id. */
  | { kind: 'id_changed' }
  /** There is one of this id. */
  | { kind: 'id_taken' }

/** Publishes what somebody wrote in Slack, over the version they saw when they began. */
export async function publishEdit(
  db: Database,
  { kinds, file, at, unset = [], over, by }: Edit
): Promise<Result<FilePublication, EditFault>> {
  // Beside all that is in force, whatever its kind: a flow may name a coupon, or a segment.
  const definitions = (
    await Promise.all((await kindsKnown(db.prisma)).map((kind) => currentAll(db.prisma, kind)))
  ).flat()
  const { good, faults } = checkFiles(kinds, [file], { definitions, unset })
  const [own] = good
  if (!own || faults.length > 0) return { ok: false, kind: 'faults', faults }
  if (over && over.key !== own.key) return { ok: false, kind: 'id_changed' }
  return db.transaction(async (tx) => {
    const kind = own.kind.kind
    await lockDefinition(tx, kind, own.key)
    const before = await current(tx, kind, own.key)
    if (before?.version !== over?.version) return { ok: false, kind: over ? 'changed_meanwhile' : 'id_taken' }
    const [published] = await publishGood(tx, db.cipher, { good: [own], at, source: 'slack' })
    if (!published) throw new Error(`Nothing was published of ${kind} ${own.key}`)
    const entries = entriesOf({ published: [published], retired: [] }, { kind: 'staff', id: by })
    await recordAudit({ tx, cipher: db.cipher, now: at }, ...entries)
    return ok(published)
  })
}
