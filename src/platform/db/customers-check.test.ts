import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { loadDemo } from '../../sandbox/demo/load.ts'
import { checkCustomers } from './customers-check.ts'

const db = useDatabase()
const NOW = new Date('2026-11-20T15:00:00+09:00')
const demo = () => loadDemo(db(), { now: NOW, timeZone: 'Asia/Tokyo', regulars: [], staff: [] })
const somebody = () =>
  db().query("INSERT INTO customer (id, locale, created_at) VALUES (gen_random_uuid(), 'ja', now())")

describe('a database belongs to whoever started first', () => {
  test('real accounts are not started on the demo shop, are told how to begin, and nothing changes', async () => {
    await checkCustomers(db(), 'sandbox')
    const added = await demo()
    await expect(checkCustomers(db(), 'real')).rejects.toThrow(/made-up.*MATANE_DATA_DIR.*DATABASE_URL/)
    expect(await db().prisma.customer.count()).toBe(added)
    await checkCustomers(db(), 'sandbox')
  })

  test('the sandbox is not started on real customers, not even before the first of them', async () => {
    await checkCustomers(db(), 'real')
    await expect(checkCustomers(db(), 'sandbox')).rejects.toThrow(/real customers.*MATANE_DATA_DIR/)
    await checkCustomers(db(), 'real')
  })

  test('of two that start at once, one is told', async () => {
    const results = await Promise.allSettled([checkCustomers(db(), 'real'), checkCustomers(db(), 'sandbox')])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('a database that was filled before this was noted', () => {
  test('is the sandbox’s when the demo shop is in it', async () => {
    await demo()
    await expect(checkCustomers(db(), 'real')).rejects.toThrow(/made-up/)
    await checkCustomers(db(), 'sandbox')
  })

  test('is real when it has other customers', async () => {
    await somebody()
    await expect(checkCustomers(db(), 'sandbox')).rejects.toThrow(/real customers/)
    await checkCustomers(db(), 'real')
  })
})
