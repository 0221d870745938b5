import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { recognised } from '../../../test/support/recognised.ts'
import { newId } from '../../core/ids.ts'
import { createPerform } from '../../platform/perform.ts'
import { customerPort, resolveCustomers, type ToldIdentity, toldIdentity } from './index.ts'

const db = useDatabase()

function setUp() {
  const scope = testScope(db())
  const perform = createPerform({ scope, features: [], onCommit: () => undefined })
  const port = customerPort({ scope, fetchProfile: async () => undefined })
  return {
    perform,
    /** Each event as "email:a@b.jp ec:5". */
    resolve: (...told: string[]) =>
      perform(`test:${newId()}`, (work) =>
        resolveCustomers(
          work,
          told.map((each) => ({ told: identitiesOf(each), at: work.now }))
        )
      ),
    onLine: (userId: string) => perform(`test:${newId()}`, (work) => recognised(port.recognise(work, userId, {})))
  }
}

function identitiesOf(text: string): ToldIdentity[] {
  return text.split(' ').map((part) => {
    const at = part.indexOf(':')
    const told = toldIdentity(part.slice(0, at), part.slice(at + 1))
    if (!told.ok) throw new Error(told.message)
    return told.value
  })
}

const duplicates = () =>
  db().prisma.likelyDuplicate.findMany({ select: { customerA: true, customerB: true, reason: true } })
const pair = (one = '', other = '') => {
  const [customerA, customerB] = [one, other].sort()
  return { customerA, customerB }
}

test('the same person told in different ways of writing is one customer, in a batch and after it', async () => {
  const { resolve } = setUp()
  const [a, b, c] = await resolve(
    'email:Hanako@Example.JP',
    'phone:090-1234-5678 email:hanako@example.jp',
    'phone:+819012345678'
  )
  expect(new Set([a, b, c]).size).toBe(1)
  expect(await resolve('phone:09012345678')).toEqual([a])
  expect(await db().prisma.customer.count()).toBe(1)
})

test('account ids keep their letters, and the same number is another person elsewhere', async () => {
  const { resolve } = setUp()
  expect(new Set(await resolve('ec:aB1', 'ec:ab1', 'pos:aB1', 'app:aB1')).size).toBe(4)
})

test('identities are nowhere readable in the store', async () => {
  const { resolve } = setUp()
  await resolve('email:hanako@example.jp phone:09012345678 ec:shop-4711')
  const rows = JSON.stringify([await db().query('SELECT * FROM identity'), await db().query('SELECT * FROM customer')])
  for (const secret of ['hanako', '9012345678', 'shop-4711']) expect(rows).not.toContain(secret)
})

test('two known customers named by one event stay two, and are noted once for somebody to look at', async () => {
  const { resolve } = setUp()
  const [one, other] = await resolve('email:a@example.jp', 'ec:5')
  expect(await resolve('email:a@example.jp ec:5', 'email:a@example.jp ec:5')).toEqual([other, other])
  expect(await resolve('email:a@example.jp ec:5 phone:09012345678')).toEqual([other])
  expect(await duplicates()).toEqual([{ ...pair(one, other), reason: 'same_event' }])
  expect(await db().prisma.identity.count()).toBe(2)
})

test('the browser of an unknown person goes over to who they turn out to be', async () => {
  const { resolve } = setUp()
  const [browser, known] = await resolve('anonymous:x1', 'ec:5')
  expect(await resolve('anonymous:x1 ec:5')).toEqual([known])
  expect(await resolve('anonymous:x1')).toEqual([known])
  expect(await duplicates()).toEqual([{ ...pair(browser, known), reason: 'same_browser' }])
})

test('a pair that was decided stays decided', async () => {
  const { resolve } = setUp()
  await resolve('email:a@example.jp', 'ec:5')
  await resolve('email:a@example.jp ec:5')
  await db().prisma.likelyDuplicate.updateMany({ data: { state: 'different' } })
  await resolve('email:a@example.jp ec:5')
  expect(await db().prisma.likelyDuplicate.findMany()).toMatchObject([{ state: 'different' }])
})

test('who knows the address of somebody on LINE gets no account attached to them', async () => {
  const { resolve, onLine } = setUp()
  const victim = await onLine('Uvictim')
  const [account] = await resolve('ec:5 email:hanako@example.jp')
  // As a merge or a link in the chat leaves it: one customer with LINE and an address.
  await db().prisma.identity.updateMany({ where: { customerId: account ?? '' }, data: { customerId: victim.id } })
  const [forged] = await resolve('ec:666 email:hanako@example.jp')
  expect(forged).not.toBe(victim.id)
  expect(await onLine('Uvictim')).toMatchObject({ id: victim.id })
  expect(await resolve('ec:666')).toEqual([forged])
  expect(await duplicates()).toEqual([{ ...pair(victim.id, forged), reason: 'same_contact' }])
})

test('batches at the same time, with the same people in any order, make each person once', async () => {
  const { resolve } = setUp()
  const people = Array.from({ length: 20 }, (_, n) => `email:p${n}@example.jp ec:shop${n}`)
  const browsers = Array.from({ length: 10 }, (_, n) => `anonymous:browser${n}`)
  const given = [...people, ...browsers]
  const batches = await Promise.all(
    Array.from({ length: 8 }, (_, n) => (n % 2 ? [...given].reverse() : given)).map((batch) => resolve(...batch))
  )
  const orders = batches.map((ids, n) => (n % 2 ? [...ids].reverse() : ids))
  for (const ids of orders) expect(ids).toEqual(orders[0])
  expect(await db().prisma.customer.count()).toBe(30)
  expect(await db().prisma.identity.count()).toBe(50)
})

test('two who turn out to have used one browser at the same time: it goes to one, and only that is noted', async () => {
  const { resolve } = setUp()
  const browsers = Array.from({ length: 8 }, (_, n) => `browser${n}`)
  await resolve(...browsers.map((browser) => `anonymous:${browser}`))
  await resolve('ec:shop1', 'ec:shop2')
  await Promise.all(
    browsers.flatMap((browser) => [resolve(`anonymous:${browser} ec:shop1`), resolve(`anonymous:${browser} ec:shop2`)])
  )
  expect(await duplicates()).toHaveLength(browsers.length)
})

test('an event that names nobody is a mistake of the caller', async () => {
  const { perform } = setUp()
  await expect(perform('test', (work) => resolveCustomers(work, [{ told: [], at: work.now }]))).rejects.toThrow(
    /Nobody is named/
  )
})
