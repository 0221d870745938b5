import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { createPerform } from '../perform.ts'
import { noticeDeath } from '../queue/dead-letter.ts'
import type { SlackIntent } from '../slack/index.ts'
import { tellNotice } from '../slack/index.ts'
import { LANGUAGE, readSetting, sharedLocale } from './index.ts'

const db = useDatabase()

beforeEach(async () => {
  expect(await sharedLocale(db().prisma)).toBe('ja')
})

async function setEnglish(version = 1) {
  const data = { name: LANGUAGE.name, version, value: 'en', changedBy: 'UBOSS', changedAt: new Date(), cause: 'test' }
  await db().prisma.settingChange.create({ data })
}

async function lastSaid(): Promise<SlackIntent> {
  const { payloadSealed } = await db().prisma.outbox.findFirstOrThrow({ orderBy: { seq: 'desc' } })
  return JSON.parse(db().cipher.open('outbox.payload', payloadSealed))
}

test('the newest choice is in force, whatever came before', async () => {
  await setEnglish(7)
  await db().prisma.settingChange.create({
    data: { name: LANGUAGE.name, version: 8, value: 'ja', changedBy: 'UAYA', changedAt: new Date(0), cause: 'later' }
  })
  expect(await readSetting(db().prisma, LANGUAGE)).toMatchObject({ value: 'ja', version: 8, changed: { by: 'UAYA' } })
})

test('notices to the team are in it', async () => {
  const perform = createPerform({ scope: testScope(db()), features: [], onCommit: () => undefined })
  const text = (locale: string) => `in ${locale}`
  await perform('one', (work) => tellNotice(work, { name: 'one', text }))
  expect(await lastSaid()).toMatchObject({ text: 'in ja' })
  await setEnglish()
  await perform('two', (work) => tellNotice(work, { name: 'two', text }))
  expect(await lastSaid()).toMatchObject({ text: 'in en' })
})

test('so is the notice of something that could not be processed', async () => {
  await setEnglish()
  const dead = { queue: 'inbox', rows: [{ id: '7', origin: 'line' }] } as const
  await db().transaction((tx) => noticeDeath(tx, db().cipher, dead))
  const said = expect.stringMatching(/could not be processed \(line, inbox 7\).* npm run db -- dead revive inbox:7\./)
  expect(await lastSaid()).toMatchObject({ text: said })
})
