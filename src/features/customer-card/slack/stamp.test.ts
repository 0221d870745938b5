import { beforeEach, describe, expect, test } from 'vitest'
import {
  type CustomerCardWorld,
  customerCardWorld,
  modalIn,
  textIn
} from '../../../../test/support/customer-card-world.ts'
import { useDatabase } from '../../../../test/support/database.ts'
import { publishLoyalty } from '../../../../test/support/loyalty.ts'
import { member } from '../../../../test/support/staff-desk.ts'
import { stampMention } from './stamp.ts'

const db = useDatabase()
const AYA = member('UAYA')
const EMMA = member('UEMMA', { locale: 'en' })
let world: CustomerCardWorld
let hanako: string

beforeEach(async () => {
  world = customerCardWorld(db())
  await publishLoyalty(db(), {}, [{ key: 'morning', title: { ja: '朝カード', en: 'Mornings' } }])
  hanako = await world.customer('佐藤 花子')
})
const form = async (staff = AYA) => world.desk.click(staff, 'customer.stamp', { value: hanako })
const stamps = () => db().prisma.stamp.findMany({ select: { programme: true, givenBy: true } })

describe('the button on the card', () => {
  test('asks why and for which card, gives the stamp, and shows the card as it is then', async () => {
    const asked = await form()
    expect(textIn(asked)).toMatch(/スタンプカード 0 \/ 10.*朝カード 0 \/ 10.*押した人と理由は記録/)
    const sent = await world.desk.submit(AYA, modalIn(asked), { programme: 'morning', reason: 'スマホをお忘れ' })
    expect(sent.errors).toBeUndefined()
    expect(textIn(sent)).toContain('朝カード 1枚目 1 / 10')
    expect(await stamps()).toEqual([{ programme: 'morning', givenBy: 'UAYA' }])
    expect(await world.audit()).toContainEqual({ action: 'stamp.give', actorId: 'UAYA', customerId: hanako })
  })

  test('asks for a reason, says what else stands in the way beside the field, and speaks English', async () => {
    const asked = await form(EMMA)
    const send = (values: Record<string, string>) =>
      world.desk.submit(EMMA, modalIn(asked), { programme: 'main', ...values })
    expect((await send({ reason: ' ' })).errors?.reason).toBe('Please write why.')
    expect((await send({ reason: 'x', programme: 'gone' })).errors?.reason).toContain('takes no stamps now')
    for (let n = 0; n < 10; n += 1) expect((await send({ reason: 'x' })).errors).toBeUndefined()
    expect((await send({ reason: 'x' })).errors?.reason).toContain('You have given 10 today')
    await db().prisma.customer.delete({ where: { id: hanako } })
    expect((await send({ reason: 'x' })).errors?.reason).toContain('no record')
  })

  test('says so where there is no stamp card', async () => {
    await db().prisma.definition.deleteMany({ where: { kind: 'stamp_card' } })
    expect((await form()).whispers[0]?.text).toContain('いま押せるスタンプカードはありません')
  })
})

describe('in the thread of a follow-up', () => {
  const say = async (text: string) => {
    const { id } = await world.openFollowUp(hanako)
    return world.desk.mention(AYA, text, { type: 'follow_up', id })
  }

  test('the word and a reason give a stamp on the first card, and say so to all', async () => {
    const said = await say('スタンプ お待たせしたお詫び')
    expect(said.said[0]?.text).toContain('1 / 10')
    expect(await stamps()).toEqual([{ programme: 'main', givenBy: 'UAYA' }])
  })

  test('without a reason it is asked for; elsewhere it is said where to go', async () => {
    expect((await say('スタンプ +1')).whispers[0]?.text).toContain('理由')
    expect((await world.desk.mention(AYA, 'スタンプ お詫び', undefined)).whispers).toHaveLength(1)
    expect(await stamps()).toEqual([])
  })

  test.each([
    ['スタンプ お詫び', true],
    ['stamp sorry', true],
    ['スタンプ+1 お詫び', true],
    ['スタンプ', true],
    ['スタンプカードの件', false],
    ['stamps', false],
    ['解決', false]
  ])('%s', (text, expected) => expect(stampMention.matches(text)).toBe(expected))
})
