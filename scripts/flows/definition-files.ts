import { existsSync, readFileSync, statSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { consentKind } from '../../src/features/consent/index.ts'
import { couponDefinitions } from '../../src/features/coupons/index.ts'
import { readDefinitionFiles } from '../../src/features/definitions/files.ts'
import { type CheckedFiles, checkFiles, type DefinitionFile } from '../../src/features/definitions/index.ts'
import type { Flow } from '../../src/features/flows/index.ts'
import { checkFlow, flowDefinitions } from '../../src/features/flows/index.ts'
import { hookDefinitions } from '../../src/features/hooks/index.ts'
import { menuFeature } from '../../src/features/menu/index.ts'
import { pointsKind } from '../../src/features/points/index.ts'
import { segmentKind } from '../../src/features/segments/index.ts'
import { shopDefinitions } from '../../src/features/shops/index.ts'
import { stampDefinitions } from '../../src/features/stamps/index.ts'
import { tierDefinitions } from '../../src/features/tiers/index.ts'
import type { DefinitionKind } from '../../src/platform/feature.ts'
import { ROOMS } from './rooms.ts'
import { UsageError } from './usage.ts'

/** The folder a shop edits. */
const FOLDER = resolve(import.meta.dirname, '../../flows')

/** Every kind of definition there is. */
export const KINDS: readonly DefinitionKind[] = [
  ...flowDefinitions,
  ...shopDefinitions,
  ...couponDefinitions,
  ...stampDefinitions,
  ...tierDefinitions,
  pointsKind,
  ...(menuFeature(ROOMS).definitions ?? []),
  consentKind,
  segmentKind,
  ...hookDefinitions
]

/** The named files, or all of flows/ when none is named. Paths are below flows/, or absolute for files elsewhere. */
export function readFiles(names: readonly string[]): DefinitionFile[] {
  return names.length === 0 ? readDefinitionFiles(FOLDER) : names.flatMap(readNamed)
}

/** What to say of named files that no kind takes. */
export function nothingTakes(paths: readonly string[]): string {
  return `Nothing takes ${paths.map(shownPath).join(', ')}: see the folders under flows/.`
}

/** Checks files beside those of flows/; one outside flows/ is checked as a survey or scenario, whichever it says it is. */
export function check(files: readonly DefinitionFile[]): CheckedFiles {
  const elsewhere = files.filter(({ path }) => isAbsolute(path))
  const { good } = checkFiles(KINDS, readDefinitionFiles(FOLDER))
  const definitions = good.map(({ kind, key, body }) => ({ kind: kind.kind, key, body }))
  return checkFiles([...KINDS, ...elsewhere.map(({ path }) => flowAt(path))], files, { definitions })
}

/** The one flow in a file; its faults as a thrown message. */
export function readFlow(name: string | undefined): { flow?: Flow; checked: CheckedFiles } {
  if (!name) throw new UsageError('Name the file of a survey or scenario.')
  const checked = check(readNamed(name))
  const [file] = checked.good
  const flow = file && checkFlow(file.body)
  return flow?.ok ? { flow: flow.body, checked } : { checked }
}

/** Where a file that is shipped lies, whatever folder the command was called from. */
export function shipped(path: string): string {
  return resolve(FOLDER, path)
}

/** The text of a file that was named. */
export function readText(name: string): string {
  return readFileSync(named(name), 'utf8')
}

/** A path as the person who called sees it. */
export function shownPath(path: string): string {
  return isAbsolute(path) ? path : `flows/${path}`
}

function readNamed(name: string): DefinitionFile[] {
  const full = named(name)
  const inside = relative(FOLDER, full)
  const path = inside.startsWith('..') || isAbsolute(inside) ? full : inside.split(sep).join('/')
  if (!statSync(full).isDirectory()) return [{ path, text: readFileSync(full, 'utf8') }]
  return readDefinitionFiles(full).map((file) => ({ ...file, path: path === '' ? file.path : `${path}/${file.path}` }))
}

function named(name: string): string {
  const full = resolve(process.env.INIT_CWD ?? process.cwd(), name)
  if (!existsSync(full)) throw new UsageError(`There is no file ${name}.`)
  return full
}

function flowAt(path: string): DefinitionKind {
  return { kind: 'flow', files: path, check: (input) => checkFlow(input) }
}
