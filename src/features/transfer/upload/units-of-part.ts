import type { FieldCipher } from '../../../platform/db/index.ts'
import { readUnit, type Unit, unitReading } from '../read-unit.ts'
import { layOut } from '../rules/mapping.ts'
import type { FiledRow } from '../store/upload-parts.ts'
import type { Upload } from '../store/uploads.ts'

/** What rows of a file say, read as they were read at first; each with its row. */
export function unitsOfPart(
  { cipher, timeZone }: { readonly cipher: FieldCipher; readonly timeZone: string },
  { kind, report, createdAt }: Upload,
  rows: readonly FiledRow[]
): { readonly unit: Unit; readonly row: FiledRow }[] {
  const { reading } = report
  const layout = reading && layOut(kind, reading.mapping, reading.mapping.header ? reading.header : [])
  if (!layout || 'names' in layout) throw new Error('A file whose rows are kept has lost its columns')
  let again = 0
  const unitOf = unitReading(layout, { now: createdAt, timeZone, cipher, seen: { next: () => again } })
  return rows.flatMap((row) => {
    const [line, before, cells] = row
    again = before
    const read = readUnit(unitOf, line, cells)
    return read !== 'duplicate' && 'unit' in read ? [{ unit: read.unit, row }] : []
  })
}
