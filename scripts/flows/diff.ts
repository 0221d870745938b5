import { loadConfig } from '../../src/config.ts'
import { current, type Difference, differences } from '../../src/features/definitions/index.ts'
import { countRuns } from '../../src/features/flows/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { openStore } from '../open-store.ts'
import { report } from './check.ts'
import { check, readFiles, shownPath } from './definition-files.ts'
import { type Command, readArguments, resultText } from './usage.ts'

interface FileDiff {
  readonly path: string
  readonly kind: string
  readonly key: string
  /** The version in force; undefined = there is none yet. */
  readonly version: number | undefined
  readonly differences: readonly Difference[]
  /** Steps that are gone and where customers wait: they go on in the version they began with. */
  readonly waiting: Readonly<Record<string, number>>
}

export const diffCommand: Command = {
  usage: 'diff [file…]',
  about: 'shows what publishing the files would change, all of flows/ when none is named',
  help: `
+ what is new, - what is gone, ~ what is said otherwise. Customers who wait at a step that is gone are counted: they go on
in the version they began with (see migrate).
`,
  async run(args, out) {
    const { json, rest } = readArguments(args)
    const checked = check(readFiles(rest))
    if (checked.faults.length > 0) return report(checked, json, out)
    const db = await openStore(loadConfig(process.env))
    try {
      const diffs: FileDiff[] = []
      for (const { path, kind, key, body } of checked.good)
        diffs.push(await diffOf(db, { path: shownPath(path), kind: kindOf(kind.kind, body), key, body }))
      out(resultText(json, { ok: true, files: diffs }, diffs.flatMap(linesOf)))
      return 0
    } finally {
      await db.close()
    }
  }
}

/** A file outside flows/ is of the kind it says. */
function kindOf(kind: string, body: unknown): string {
  const said = typeof body === 'object' && body !== null && 'kind' in body ? body.kind : undefined
  return kind === 'flow' && typeof said === 'string' ? said : kind
}

async function diffOf(
  db: Database,
  { path, kind, key, body }: { path: string; kind: string; key: string; body: unknown }
): Promise<FileDiff> {
  const inForce = await current(db.prisma, kind, key)
  const found = inForce ? differences(inForce.body, body) : []
  const gone = found.flatMap((each) =>
    each.after === undefined ? [/^steps\.([^.]+)$/.exec(each.path)?.[1] ?? ''] : []
  )
  const { waiting } = gone.length > 0 ? await countRuns(db.prisma, key) : { waiting: new Map<string, number>() }
  const people = [...waiting].filter(([step]) => gone.includes(step))
  return { path, kind, key, version: inForce?.version, differences: found, waiting: Object.fromEntries(people) }
}

function linesOf({ path, kind, key, version, differences: found, waiting }: FileDiff): string[] {
  if (version === undefined) return [`new   ${path} (${kind} ${key})`]
  if (found.length === 0) return [`same  ${path} (${kind} ${key}, version ${version})`]
  const lines = found.map(({ path: at, before, after }) => {
    if (before === undefined) return `  + ${at}: ${shown(after)}`
    if (after === undefined) return `  - ${at}: ${shown(before)}`
    return `  ~ ${at}: ${shown(before)} → ${shown(after)}`
  })
  const people = Object.entries(waiting).map(
    ([step, count]) => `  ! ${count} wait at ${step}: they go on in their version`
  )
  return [`diff  ${path} (${kind} ${key}, version ${version})`, ...lines, ...people]
}

const SHOWN = 120

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}
