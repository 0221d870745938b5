import { expect, test } from 'vitest'
import { publish } from '../../features/definitions/index.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { loadDemo } from './load.ts'

const db = useDatabase()
const now = new Date('2026-11-21T03:00:00Z')
const regulars = [{ lineUserId: `U${'a'.repeat(32)}`, name: '田中 健', locale: 'ja' as const }]
const options = { now, timeZone: 'Asia/Tokyo', regulars, staff: ['U1', 'U2'] }

async function publishAll() {
  const reward = { key: 'free-drink', valid_for: '60d' }
  await db().transaction(async (tx) => {
    await publish(tx, { kind: 'survey', key: 'nps', body: {}, at: now })
    await publish(tx, { kind: 'stamp_card', key: 'main', body: { goal: 10, expires: '365d', reward }, at: now })
  })
}

test('the demo shop fills an empty database', async () => {
  await publishAll()
  const t = performance.now()
  const added = await loadDemo(db(), options)
  const ms = performance.now() - t
  const count = async (table: string) => Number((await db().query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n)
  const tables = ['customer','identity','event','customer_stats','survey_response','survey_answer','stamp_card','stamp','coupon_grant','follow_up','follow_up_reason','follow_up_activity']
  console.log(ms, added, Object.fromEntries(await Promise.all(tables.map(async (t) => [t, await count(t)]))))
  expect(added).toBeGreaterThan(450)
})
