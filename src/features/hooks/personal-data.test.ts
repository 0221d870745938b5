import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { shopifyCustomer, shopifyOrder } from '../../../test/support/hook-payloads.ts'
import { fromShopify, fromTill } from '../../../test/support/hook-requests.ts'
import { hookWorld } from '../../../test/support/hook-world.ts'
import { createPerform } from '../../platform/perform.ts'
import { personalData } from './personal-data.ts'
import { isAbout } from './rules/is-about.ts'

const db = useDatabase()
const DOLLARS = { currency: 'USD', total_price: '32.50' }
const EMMA = { email: 'emma@example.com', phone: null, id: 99_001 }

/** 花子 is known by an order; of her and of Emma, one order each was laid aside. */
async function setUp() {
  const world = await hookWorld(db())
  await world.tell(fromShopify('orders/paid', shopifyOrder()))
  await world.tell(fromShopify('orders/paid', shopifyOrder({ id: 2, ...DOLLARS })))
  const emma = { customer: shopifyCustomer(EMMA), email: EMMA.email, contact_email: EMMA.email }
  await world.tell(fromShopify('orders/paid', shopifyOrder({ id: 3, ...DOLLARS, ...emma })))
  const [customer] = await db().prisma.customer.findMany()
  const perform = createPerform({ scope: world.scope, features: [], onCommit: () => undefined })
  const run = <T>(name: string, part: (work: Parameters<Parameters<typeof perform<T>>[1]>[0]) => Promise<T>) =>
    perform(`test:${name}`, part)
  const id = customer?.id ?? ''
  return {
    ...world,
    shown: async () => run('export', async (work) => (await personalData?.export(work, id))?.hook ?? []),
    erase: () => run('erase', async (work) => personalData?.erase(work, id))
  }
}

test('what was laid aside about somebody is shown to them, and nobody else’s', async () => {
  const { shown } = await setUp()
  const kept = JSON.stringify(await shown())
  expect(await shown()).toHaveLength(1)
  expect(kept).toContain('hanako@example.jp')
  expect(kept).not.toContain('emma@')
})

test('who is erased is erased from what was laid aside, too; others’ stays, and told again it does nothing', async () => {
  const { erase, inbox, tell, events } = await setUp()
  await erase()
  expect(await inbox()).toMatchObject([
    { state: 'done', kept: false },
    { state: 'done', kept: false, lastError: null },
    { state: 'dead', kept: true }
  ])
  const opened = (await db().prisma.inbox.findMany())
    .filter(({ bodySealed }) => bodySealed !== '')
    .map(({ bodySealed }) => db().cipher.open('inbox.body', bodySealed))
  expect(opened.join()).not.toMatch(/hanako|9012345678/)
  const before = await events()
  await erase()
  await tell(fromTill({ type: 'nothing' }))
  expect(await events()).toEqual(before)
})

describe('whether a text names somebody', () => {
  const phone = { kind: 'phone', value: '+819012345678' }
  const email = { kind: 'email', value: 'hanako@example.jp' }
  test.each([
    ['{"tel":"090-1234-5678"}', [phone], true],
    ['{"tel":"+81 90 1234 5678"}', [phone], true],
    ['{"tel":"090-1234-5679"}', [phone], false],
    ['{"mail":"Hanako@Example.jp"}', [email], true],
    ['{"mail":"taro@example.jp"}', [email, phone], false],
    ['{"member":"42"}', [{ kind: 'pos', value: '42' }], true],
    ['{"member": 42, "total": 1}', [{ kind: 'pos', value: '42' }], true],
    ['{"total":1420,"at":"2042"}', [{ kind: 'pos', value: '42' }], false],
    ['{"customer":"cus_R8hanako"}', [{ kind: 'billing', value: 'cus_R8hanako' }], true],
    ['{}', [], false]
  ])('%s by %j: %s', (text, identities, expected) => expect(isAbout(text, identities)).toBe(expected))
})
