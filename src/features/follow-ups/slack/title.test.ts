import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { type FollowUpWorld, followUpWorld } from '../../../../test/support/follow-up-world.ts'
import { member } from '../../../../test/support/staff-desk.ts'
import { withdrawWords } from '../withdraw-words.ts'

const db = useDatabase()
const BOSS = member('UBOSS', { role: 'manager' })
const title = { ja: '優良顧客の離反: 佐藤 *花子* 様', en: 'Lapsing VIP: Hanako' }
let world: FollowUpWorld
let hanako: string

beforeEach(async () => {
  world = followUpWorld(db())
  hanako = await world.customer()
})

test('the card says what it is about, in the language of the team, and so does its notification', async () => {
  const { id } = await world.open(hanako, { kind: 'flow', title, score: 2 })
  expect((await world.card(id)).text).toMatch(/^🔴 要対応 #\d+ 佐藤 花子 様: 優良顧客の離反: /)
  const text = await world.cardText(id)
  expect(text).toMatch(/• 優良顧客の離反: 佐藤 \*\u2060花子/)
  expect(text).toContain('*2点*')
  expect(text).not.toContain('アンケート・シナリオ')
  await world.desk.command(BOSS, '/matane settings', 'language en')
  expect(await world.cardText(id)).toContain('• Lapsing VIP: Hanako *2*')
})

test('it is sealed, stays out of the thread, and goes with the score that the customer takes back', async () => {
  await world.open(hanako, { kind: 'message', words: 'こんにちは' })
  const { id } = await world.open(hanako, { kind: 'flow', title, cause: 'line:E9:f.alert' })
  const [, row] = await db().prisma.followUpReason.findMany({ orderBy: [{ at: 'asc' }, { id: 'asc' }] })
  expect(row?.titleSealed).not.toContain('Lapsing')
  expect((await world.threads()).join()).not.toContain('離反')
  await world.desk.perform('line:unsend', (work) => withdrawWords(work, hanako, 'line:E9'))
  expect(await world.cardText(id)).not.toContain('離反')
  expect((await world.card(id)).text).not.toContain('離反')
})
