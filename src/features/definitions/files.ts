import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { Scope } from '../../platform/scope.ts'
import { type DefinitionFile, faultLine, kindFor } from './check-files.ts'
import { type FilesToPublish, publishFiles } from './publish-files.ts'
import { currentAll } from './store.ts'

/** The YAML files below a folder, by name. Node only. */
export function readDefinitionFiles(folder: string): DefinitionFile[] {
  if (!existsSync(folder)) return []
  return globSync('**/*.{yaml,yml}', { cwd: folder })
    .sort()
    .map((name) => ({ path: name.split(sep).join('/'), text: readFileSync(join(folder, name), 'utf8') }))
}

/**
 * Publishes what a folder holds when the server starts. A fault keeps everything as it was published last and is logged;
 * it stops the start only while nothing of that kind was ever published.
 */
export async function publishFolder(
  scope: Scope,
  { kinds, folder, unset = [] }: Pick<FilesToPublish, 'kinds' | 'unset'> & { readonly folder: string }
): Promise<void> {
  const files = readDefinitionFiles(folder)
  if (files.length === 0) throw new Error(`There are no definitions in ${folder}: start the server where flows/ is`)
  const result = await publishFiles(scope.db, { kinds, files, at: scope.now(), whole: true, unset })
  if (result.ok) return logPublished(scope, result.value)
  const lines = result.faults.map((fault) => `flows/${faultLine(fault)}`)
  for (const line of lines) scope.log.error(line)
  for (const path of new Set(result.faults.map((fault) => fault.path))) {
    const kind = kindFor(kinds, path)
    if (kind && (await currentAll(scope.db.prisma, kind.kind)).length > 0) continue
    throw new Error(`Nothing of flows/${path} was ever published, and it has faults:\n${lines.join('\n')}`)
  }
  scope.log.warn('flows/ has faults: what was published last stays in force. Correct them and start again')
}

function logPublished(
  { log }: Scope,
  {
    published,
    retired
  }: {
    published: readonly { kind: string; key: string; version: number; changed: boolean }[]
    retired: readonly string[]
  }
): void {
  const changed = published.filter((each) => each.changed).map(({ kind, key, version }) => `${kind} ${key} v${version}`)
  if (changed.length > 0) log.info('Definitions published', { definitions: changed })
  if (retired.length > 0) log.warn('Definitions without a file are retired: nobody enters them any more', { retired })
}
