import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { AT_ONCE, testEngine, testEvent, testScope } from '../../../test/support/queue.ts'
import { createIntake } from './intake.ts'
import { isOutage } from './outage.ts'
import type { InboxConsumer } from './types.ts'

const db = useDatabase()

test.each([
  ['08006', true],
  ['53300', true],
  ['57P01', true],
  ['P1001', true],
  ['22021', false],
  ['23505', false],
  ['40P01', false],
  ['57014', false],
  ['P2002', false],
  ['ECONNREFUSED', false]
])('an error with the code %s is an outage: %s', (code, is) => {
  expect(isOutage(Object.assign(new Error('x'), { code }))).toBe(is)
  expect(
    isOutage(Object.assign(new Error('x'), { meta: { driverAdapterError: { cause: { originalCode: code } } } }))
  ).toBe(is)
})

/** An event whose effect PostgreSQL refuses with a code, so many times. */
async function refused(code: string, times: number) {
  let tries = 0
  const consumer: InboxConsumer = {
    source: 'test',
    async handle({ tx }) {
      tries += 1
      if (tries <= times)
        await tx.$executeRawUnsafe(`DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${code}'; END $$`)
    }
  }
  const engine = testEngine(testScope(db()), { consumers: [consumer] })
  await createIntake(db()).put([testEvent()])
  for (let round = 0; round <= times; round += 1) {
    await engine.drain()
    await db().query(`UPDATE inbox SET run_at = now() WHERE state = 'ready'`)
  }
  return (await db().prisma.inbox.findFirstOrThrow()).state
}

test('an event waits for a locked table as long as it takes; it dies of what is its own fault', async () => {
  expect(await refused('55P03', 3 * AT_ONCE.maxAttempts)).toBe('done')
  await db().query('DELETE FROM inbox')
  expect(await refused('P0001', 3 * AT_ONCE.maxAttempts)).toBe('dead')
})
