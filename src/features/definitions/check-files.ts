import type { DefinitionKind, Surroundings } from '../../platform/feature.ts'
import { readSource, type Source, type SourceFault } from './source.ts'

/** A file below flows/: "surveys/nps.yaml". */
export interface DefinitionFile {
  readonly path: string
  readonly text: string
}

/** What is wrong at a place of a file, and what to do about it. */
export interface FileFault extends SourceFault {
  readonly path: string
}

/** A file found good: what it publishes. */
export interface CheckedFile {
  readonly path: string
  readonly kind: DefinitionKind
  readonly key: string
  readonly body: unknown
  readonly placeOf: Source['placeOf']
}

export interface CheckedFiles {
  readonly good: readonly CheckedFile[]
  readonly faults: readonly FileFault[]
  /** Files that no kind takes: left alone. */
  readonly ignored: readonly string[]
}

/** What is there besides the files that are checked. */
export type Beside = Partial<Surroundings>

/**
 * Checks files without publishing them; every fault of every file at once. A file stands for the definition of its name
 * `beside` it; only while no file has a fault of its own, what they say of each other is looked at.
 */
export function checkFiles(
  kinds: readonly DefinitionKind[],
  files: readonly DefinitionFile[],
  beside: Beside = {}
): CheckedFiles {
  const good: CheckedFile[] = []
  const faults: FileFault[] = []
  const ignored: string[] = []
  for (const file of files) {
    const kind = kindFor(kinds, file.path)
    if (!kind) {
      ignored.push(file.path)
      continue
    }
    const checked = checkFile(kind, file)
    if (Array.isArray(checked)) faults.push(...checked)
    else good.push(checked)
  }
  const own = [...faults, ...doubles(good)]
  return { good, faults: own.length > 0 ? own : togetherFaults(good, beside), ignored }
}

function togetherFaults(good: readonly CheckedFile[], { definitions = [], unset = [] }: Beside): FileFault[] {
  const inHand = good.map(({ kind, key, body }) => ({ kind: kind.kind, key, body }))
  const others = definitions.filter(({ kind, key }) => !inHand.some((own) => own.kind === kind && own.key === key))
  const around = { definitions: [...inHand, ...others], unset }
  return good.flatMap(({ path, kind, body, placeOf }) =>
    (kind.together?.(body, around) ?? []).map((fault) => ({ path, ...placeOf(fault.path), message: fault.message }))
  )
}

/** The kind that takes a file: "surveys/" takes what is in that folder, "loyalty/shops.yaml" that file. */
export function kindFor(kinds: readonly DefinitionKind[], path: string): DefinitionKind | undefined {
  return kinds.find(({ files }) => (files.endsWith('/') ? path.startsWith(files) : path === files))
}

/** "surveys/nps.yaml:12:5 there is no step …", as editors and terminals make it a link. */
export function faultLine({ path, line, column, message }: FileFault): string {
  return `${path}:${line}:${column} ${message}`
}

function checkFile(kind: DefinitionKind, { path, text }: DefinitionFile): CheckedFile | FileFault[] {
  const read = readSource(text)
  if (!read.ok) return read.faults.map((fault) => ({ ...fault, path }))
  const checked = kind.check(read.source.value)
  const { placeOf } = read.source
  if (checked.ok) return { path, kind, key: checked.key, body: checked.body, placeOf }
  return checked.faults.map((fault) => ({ path, ...placeOf(fault.path), message: fault.message }))
}

function doubles(good: readonly CheckedFile[]): FileFault[] {
  return good.flatMap((file, index) => {
    const first = good.slice(0, index).find((other) => other.kind.kind === file.kind.kind && other.key === file.key)
    const message = `${first?.path} is called "${file.key}" too: give one of them another name`
    return first ? [{ path: file.path, line: 1, column: 1, message }] : []
  })
}
