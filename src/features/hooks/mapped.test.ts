import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { smaregiTransaction, squarePayment, squareRefund } from '../../../test/support/hook-payloads.ts'
import { fromSmaregi, fromSquare, fromTill } from '../../../test/support/hook-requests.ts'
import { hookWorld, TILL } from '../../../test/support/hook-world.ts'
import { changeLaidAside } from '../../platform/queue/laid-aside.ts'

const db = useDatabase()
const sale = (more: object = {}) => ({
  no: 17,
  at: '2026/11/20 12:30',
  place: '吉祥寺',
  member: 'M-1',
  total: '¥1,200',
  ...more
})
const till = (...sales: readonly object[]) => ({ type: 'sale', currency: 'JPY', sales })

test('a list of sales becomes an event each, by the words of the file', async () => {
  const { tell, events, heard } = await hookWorld(db())
  await tell(
    fromTill(till(sale({ note: '窓際の席' }), sale({ no: 18, member: null, tel: '090-1234-5678', place: '新宿' })))
  )
  expect(await events()).toMatchObject([
    {
      ...{ name: 'order.completed', source: 'till', sourceId: 'order.completed:17', shop: 'kichijoji' },
      ...{ at: '2026-11-20T03:30:00.000Z', properties: { order_id: '17', amount: 1200 } }
    },
    { sourceId: 'order.completed:18', shop: null, properties: { order_id: '18', amount: 1200 } }
  ])
  expect(JSON.stringify(await db().query('SELECT * FROM event'))).not.toContain('窓際')
  expect(new Set(heard.map(({ shop }) => shop))).toEqual(new Set(['kichijoji', undefined]))
  expect(await db().prisma.customer.count()).toBe(2)
})

test('a delivery told again, and a sale told in another delivery, count once', async () => {
  const { tell, events, inbox } = await hookWorld(db())
  await tell(fromTill(till(sale()), { id: 'msg-a' }), fromTill(till(sale()), { id: 'msg-a' }), fromTill(till(sale())))
  expect(await events()).toHaveLength(1)
  expect(await inbox()).toHaveLength(2)
})

test('one wrong sale lays the whole delivery aside; with a corrected file it is revived, and nothing is lost', async () => {
  const { tell, events, inbox, publish, engine } = await hookWorld(db())
  await tell(fromTill(till(sale(), { ...sale({ no: 18 }), at: undefined, when: '2026-11-20T13:00:00+09:00' })))
  expect(await inbox()).toMatchObject([
    { state: 'dead', lastError: expect.stringContaining('there is no time at item.at') }
  ])
  expect(await events()).toEqual([])
  await publish({ path: 'hooks/till.yaml', text: TILL.replace('at: item.at', 'at: item.at | item.when') })
  await db().transaction((tx) =>
    changeLaidAside({ query: (sql, values = []) => tx.$queryRawUnsafe(sql, ...values) }, 'revive', {
      queue: 'inbox',
      ids: 'all'
    })
  )
  await engine.drain()
  expect((await events()).map(({ sourceId }) => sourceId)).toEqual(['order.completed:17', 'order.completed:18'])
  expect(await inbox()).toMatchObject([{ state: 'done', kept: false }])
})

test('a file taken away leaves its webhooks unanswered, and the log names it', async () => {
  const { post, scope } = await hookWorld(db())
  await db().query(`DELETE FROM definition WHERE key = 'till'`)
  expect(await post(fromTill(till(sale())))).toBe(404)
  expect(scope.lines).toMatchObject([{ level: 'warn', data: { file: 'hooks/till.yaml' } }])
})

test('Square: a payment of a known customer, then its refund, which names nobody', async () => {
  const { tell, events } = await hookWorld(db())
  const pending = { status: 'APPROVED' }
  await tell(fromSquare(squarePayment(pending)), fromSquare(squareRefund({ status: 'PENDING' })))
  expect(await events()).toEqual([])
  await tell(fromSquare(squarePayment()), fromSquare(squarePayment({}, 'payment.created')))
  await tell(fromSquare(squareRefund()))
  expect((await events()).map(({ name }) => name)).toEqual(['order.completed', 'order.refunded'])
})

test('Square: the refund that overtook its payment comes in a minute later', async () => {
  const { tell, scope, engine } = await hookWorld(db())
  await tell(fromSquare(squareRefund()))
  await tell(fromSquare(squarePayment()))
  scope.at = new Date(scope.at.getTime() + 61_000)
  await engine.drain()
  expect(await db().prisma.customerStats.findFirst()).toMatchObject({ orders: 1, amountYen: 0n, refundedYen: 680n })
})

test('Square: a payment in dollars is laid aside', async () => {
  const { tell, inbox } = await hookWorld(db())
  await tell(fromSquare(squarePayment({ amount_money: { amount: 680, currency: 'USD' } })))
  expect(await inbox()).toMatchObject([{ state: 'dead', lastError: expect.stringContaining('USD') }])
})

test('Smaregi: sales, a cancelled one and a return; what is no sale, and notices of ids alone, mean nothing', async () => {
  const { tell, events } = await hookWorld(db())
  await tell(
    fromSmaregi([smaregiTransaction(), smaregiTransaction({ transactionHeadId: '29', total: '-300' })]),
    fromSmaregi({
      transactions: [smaregiTransaction({ cancelDivision: '1', updDateTime: '2026-11-20T17:00:00+09:00' })]
    }),
    fromSmaregi(smaregiTransaction({ transactionHeadId: '30', transactionHeadDivision: '2' })),
    fromSmaregi({ contractId: 'skp380c6', event: 'pos:transactions', action: 'created', transactionHeadIds: ['31'] })
  )
  expect(await events()).toMatchObject([
    { name: 'order.completed', sourceId: 'order.completed:28', properties: { amount: 1200 } },
    { name: 'order.refunded', sourceId: 'order.refunded:29', properties: { amount: 300 } },
    { name: 'order.refunded', sourceId: 'order.refunded:28', properties: { amount: 1200 } }
  ])
  expect(await db().prisma.customer.count()).toBe(1)
})
