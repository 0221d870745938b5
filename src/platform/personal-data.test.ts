import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../test/support/database.ts'
import { testScope } from '../../test/support/queue.ts'
import { createPerform } from './perform.ts'
import { type OwnTable, ownRows } from './personal-data.ts'

const db = useDatabase()
const AT = new Date('2026-11-21T01:00:00Z')
let hanako: string
let emma: string

async function customer(name: string): Promise<string> {
  const nameSealed = db().cipher.seal('customer.name', name)
  return (await db().prisma.customer.create({ data: { nameSealed, createdAt: AT } })).id
}

beforeEach(async () => {
  hanako = await customer('佐藤 花子')
  emma = await customer('Emma Wilson')
})

const show = (tables: readonly OwnTable[], id = hanako) =>
  db().transaction((tx) => ownRows(tables).export({ tx, cipher: db().cipher }, id))
const erase = (tables: readonly OwnTable[], id = hanako) =>
  createPerform({ scope: testScope(db()), features: [], onCommit: () => undefined })('erase', (work) =>
    ownRows(tables).erase(work, id)
  )

const CUSTOMER = { name: 'customer', owner: ['id'], hidden: ['locale_set_at'] }
const TAGS = { name: 'customer_tag', hidden: ['added_by'] }

describe('what is shown', () => {
  test('is opened; ids that are no matter of the customer are left out', async () => {
    await db().prisma.customerTag.create({
      data: { customerId: hanako, tag: '常連', addedBy: 'slack:U1', addedAt: AT }
    })
    expect(await show([CUSTOMER, TAGS])).toEqual({
      customer: [{ name: '佐藤 花子', locale: 'ja', created_at: expect.stringContaining('2026-11-21T01:00:00') }],
      customer_tag: [{ tag: '常連', added_at: expect.any(String) }]
    })
    expect(await show([TAGS], emma)).toEqual({ customer_tag: [] })
  })

  test('puts together what is stored in the clear and what is sealed of one thing', async () => {
    await db().query(`SELECT ensure_event_month('2026-11-21')`)
    const event = {
      customerId: hanako,
      name: 'visit',
      at: AT,
      source: 'pos',
      sourceId: '1',
      properties: { amount: 800 }
    }
    const propertiesSealed = db().cipher.seal('event.properties', JSON.stringify({ note: '窓際' }))
    await db().prisma.event.create({ data: { ...event, propertiesSealed } })
    await db().prisma.event.create({ data: { ...event, sourceId: '2' } })
    const { event: events } = await show([{ name: 'event', json: ['properties'] }])
    expect(events?.map(({ properties }) => properties)).toEqual(
      expect.arrayContaining([{ amount: 800, note: '窓際' }, { amount: 800 }])
    )
  })

  test('is opened as what it was sealed as', async () => {
    const valueSealed = db().cipher.seal('customer.attribute', '1990-05-12')
    const told = { toldAt: AT, toldBy: 'pos:1' }
    await db().prisma.customerAttribute.create({ data: { customerId: hanako, name: 'birthday', valueSealed, ...told } })
    const table = { name: 'customer_attribute', hidden: ['told_by', 'told_at'] }
    const sealedAs = { value: 'customer.attribute' }
    expect(await show([{ ...table, sealedAs }])).toEqual({
      customer_attribute: [{ name: 'birthday', coarse: null, value: '1990-05-12' }]
    })
    await expect(show([table])).rejects.toThrow()
  })

  test('of a pair nobody learns who the other one is', async () => {
    const [customerA = '', customerB = ''] = [hanako, emma].sort()
    await db().prisma.likelyDuplicate.create({ data: { customerA, customerB, reason: 'phone', foundAt: AT } })
    const tables = [{ name: 'likely_duplicate', owner: ['customer_a', 'customer_b'], hidden: ['decided_by'] }]
    for (const id of [hanako, emma])
      expect(await show(tables, id)).toEqual({
        likely_duplicate: [{ reason: 'phone', state: 'open', found_at: expect.any(String) }]
      })
  })
})

describe('what hangs on rows of another table', () => {
  const tables = [
    { name: 'follow_up' },
    { name: 'follow_up_activity', parent: { column: 'follow_up_id', table: 'follow_up' }, hidden: ['follow_up_id'] }
  ]

  test('is shown and deleted with them', async () => {
    const made = { priority: 'high', dueAt: AT, openedAt: AT }
    for (const customerId of [hanako, emma]) {
      const { id: followUpId } = await db().prisma.followUp.create({ data: { customerId, ...made } })
      await db().prisma.followUpActivity.create({
        data: {
          followUpId,
          actor: 'U1',
          action: 'note',
          cause: 'c',
          at: AT,
          detailSealed: db().cipher.seal('follow_up_activity.detail', '電話した')
        }
      })
    }
    expect((await show(tables)).follow_up_activity).toMatchObject([{ action: 'note', detail: '電話した' }])
    await erase(tables)
    expect(await db().prisma.followUpActivity.count()).toBe(1)
    expect((await show(tables)).follow_up).toEqual([])
    expect((await show(tables, emma)).follow_up_activity).toHaveLength(1)
  })

  test('must name a table of the list', async () => {
    await expect(show(tables.slice(1))).rejects.toThrow('which is not in its list')
  })
})
