import { sha256Hex } from '../../core/hash.ts'
import type { Database } from '../../platform/db/index.ts'
import { comparableName, type Field, guessColumns, type Kind, NEEDED, WHO } from './rules/fields.ts'
import { type Layout, layOut, Mapping } from './rules/mapping.ts'
import { isLineChat, presetFor } from './rules/presets.ts'
import { findMapping, saveMapping } from './store/mappings.ts'

/** Why a file cannot be read at all; nothing of it is taken. */
export type FileFault =
  | { readonly kind: 'empty' }
  /** Excel's own form, or another that is no text. */
  | { readonly kind: 'spreadsheet' }
  | { readonly kind: 'line_chat' }
  /** The mapping names columns that are not there. */
  | { readonly kind: 'missing_columns'; readonly names: readonly string[] }
  /** No column says what is needed (`fields`; "who" = nothing tells whose the rows are). */
  | {
      readonly kind: 'unclear_columns'
      readonly fields: readonly (Field | 'who')[]
      readonly header: readonly string[]
    }

/** How the meaning of the columns was found. */
export type How = 'mapping' | 'remembered' | 'preset' | 'names'

export interface Chosen {
  readonly layout: Layout
  readonly how: How
  /** The system that wrote the file, when it is one that is known. */
  readonly preset: string | undefined
}

export interface LayoutQuestion {
  readonly kind: Kind
  /** The cells of the first line. */
  readonly first: readonly string[]
  readonly mapping: Mapping | undefined
}

/** What the columns of a file mean: as told, as remembered of a file with the same columns, or by their names. */
export async function chooseLayout(
  db: Database,
  { kind, first, mapping }: LayoutQuestion
): Promise<Chosen | FileFault> {
  if (isLineChat(first)) return { kind: 'line_chat' }
  const told = mapping ? { mapping, how: 'mapping' as const } : await known(db, kind, first)
  const layout = layOut(kind, told.mapping, told.mapping.header ? first : [])
  if ('names' in layout) return layout
  const has = (field: Field) => layout.columns.has(field)
  const fields = [...(WHO.some(has) ? [] : ['who' as const]), ...NEEDED[kind].filter((field) => !has(field))]
  if (fields.length > 0) return { kind: 'unclear_columns', fields, header: first }
  return { layout, how: told.how, preset: 'preset' in told ? told.preset : undefined }
}

async function known(db: Database, kind: Kind, header: readonly string[]) {
  const remembered = await findMapping(db, kind, fingerprint(header))
  if (remembered) return { mapping: remembered, how: 'remembered' as const }
  const preset = presetFor(kind, header)
  if (preset) return { mapping: preset.mapping, how: 'preset' as const, preset: preset.name }
  const columns = Object.fromEntries([...guessColumns(kind, header)].map(([field, column]) => [field, column + 1]))
  return { mapping: Mapping.parse({ columns }), how: 'names' as const }
}

/** Remembers a mapping that was told for files with these columns. */
export async function rememberLayout(db: Database, { layout, how }: Chosen, header: readonly string[]): Promise<void> {
  if (how !== 'mapping' || !layout.mapping.header) return
  await saveMapping(db, { kind: layout.kind, fingerprint: fingerprint(header), mapping: layout.mapping })
}

/** The same for files with the same columns in any order. */
function fingerprint(header: readonly string[]): string {
  return sha256Hex(JSON.stringify(header.map(comparableName).sort())).slice(0, 32)
}
