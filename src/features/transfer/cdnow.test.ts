import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { cdnowSummaries } from '../../../test/support/cdnow.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { daysBetween } from '../../core/time.ts'
import { importFile, Mapping } from './index.ts'

const db = useDatabase()
const END = '1997-09-30'
const FOLDER = join(import.meta.dirname, '../../../test/fixtures/cdnow')

/** The mapping as one would write it into a file. */
const MAPPING = Mapping.parse(
  parse(`
    source: cdnow
    header: false
    delimiter: whitespace
    columns: { customer_id: 2, ordered_at: 3, amount: 5 }
    amount_times: 100
  `)
)

function importAll(bytes: Uint8Array) {
  return importFile(db(), {
    ...{ kind: 'orders', mapping: MAPPING, dryRun: false, by: 'cli', timeZone: 'UTC' },
    bytes: (async function* () {
      yield bytes
    })(),
    now: new Date('1998-07-01T00:00:00Z')
  })
}

test('CDNOW comes in as a file: 6,919 purchases of 2,357 customers, with the published (x, t_x, T)', async () => {
  const bytes = gunzipSync(readFileSync(join(FOLDER, 'CDNOW_sample.txt.gz')))
  const counts = { rows: 6919, skipped: 0, failed: 0, errors: [] }
  const first = await importAll(bytes)
  expect(first).toMatchObject({ ok: true, summary: { ...counts, imported: 6919, duplicates: 0 } })
  const again = await importAll(bytes)
  expect(again).toMatchObject({ ok: true, summary: { ...counts, imported: 0, duplicates: 6919 } })

  const rows = await db().query<{ customer: string; days: string[] }>(
    `SELECT min(external_sealed) AS customer, array_agg(DISTINCT (at AT TIME ZONE 'UTC')::date::text ORDER BY (at AT TIME ZONE 'UTC')::date::text) AS days
     FROM event JOIN identity USING (customer_id) WHERE at < $1::date + 1 GROUP BY customer_id`,
    [END]
  )
  const weeks = (from: string, to: string) => Math.round((daysBetween(from, to) / 7) * 100) / 100
  const found = rows.map(({ customer, days }) => {
    const [from = END, to = END] = [days[0], days.at(-1)]
    const id = Number(db().cipher.open('identity.external', customer))
    return { customer: id, x: days.length - 1, tx: weeks(from, to), T: weeks(from, END) }
  })
  expect(found.sort((one, other) => one.customer - other.customer)).toEqual(cdnowSummaries())
  expect(found).toHaveLength(2357)
}, 120_000)
