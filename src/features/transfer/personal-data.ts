import type { PersonalData } from '../../platform/personal-data.ts'
import type { Work } from '../../platform/work.ts'
import { customerProfile } from '../customers/index.ts'
import { dropExportLinks } from './store/export-links.ts'
import { findPart, listParts, type PartPlace, replacePart } from './store/upload-parts.ts'
import { deleteUploads, findUpload, oldUploads } from './store/uploads.ts'
import { unitsOfPart } from './upload/units-of-part.ts'

const UPLOADS_AT_ONCE = 20

/**
 * Rows of files that wait for somebody's word are nobody's yet: what they say of a person is on record once they are
 * imported. Whoever is erased is erased from them too, and what waits too long is forgotten.
 */
export const personalData: PersonalData = {
  tables: ['import_upload', 'import_upload_part'],
  export: async () => ({}),
  async erase(work, customerId) {
    const parts = await listParts(work.tx)
    if (parts.length === 0) return
    const profile = await customerProfile(work.tx, work.cipher, customerId)
    const told = new Set(profile?.identities.map(({ kind, value }) => `${kind}:${value}`))
    for (const place of parts) await eraseFrom(work, place, { customerId, told })
  },
  purge: {
    links: ({ tx }, before) => dropExportLinks(tx, before),
    async uploads({ tx }, before) {
      const ids = await oldUploads(tx, before, UPLOADS_AT_ONCE)
      await deleteUploads(tx, ids)
      return ids.length
    }
  }
}

interface Person {
  readonly customerId: string
  /** "<kind>:<value>". */
  readonly told: ReadonlySet<string>
}

async function eraseFrom(work: Work, place: PartPlace, { customerId, told }: Person): Promise<void> {
  const upload = await findUpload(work.tx, work.cipher, place.uploadId)
  const rows = await findPart(work.tx, work.cipher, place)
  if (!upload || !rows) return
  const theirs = unitsOfPart(work, upload, rows).filter(
    ({ unit }) => unit.mataneId === customerId || unit.told.some(({ kind, value }) => told.has(`${kind}:${value}`))
  )
  if (theirs.length === 0) return
  const gone = new Set(theirs.map(({ row }) => row))
  await replacePart(
    work,
    place,
    rows.filter((row) => !gone.has(row))
  )
}
