import { beforeEach, describe, expect, test } from 'vitest'
import {
  buttonIn,
  type CustomerCardWorld,
  customerCardWorld,
  modalIn,
  textIn
} from '../../../test/support/customer-card-world.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { member } from '../../../test/support/staff-desk.ts'

const db = useDatabase()
const AYA = member('UAYA')
const VIEWER = member('UVIEW', { role: 'viewer' })
let world: CustomerCardWorld

beforeEach(() => {
  world = customerCardWorld(db())
})

describe('finding a customer', () => {
  test.each([
    ['佐藤花子様', '佐藤 花子'],
    ['#1', '佐藤 花子']
  ])('by %s', async (typed) => {
    const id = await world.customer('佐藤 花子')
    await world.customer('田中 健')
    await world.openFollowUp(id)
    expect(textIn(await world.find(AYA, typed))).toContain('佐藤 花子 様')
  })

  test('by e-mail, phone and member number, however they are written, and by the end or the whole of an id', async () => {
    const id = await world.owner({ email: 'hanako@example.jp', phone: '090-1234-5678', pos: 'M-0042' })
    for (const typed of [
      'Hanako@EXAMPLE.jp',
      '０９０１２３４５６７８',
      '+81 90 1234 5678',
      'M-0042',
      id,
      `…${id.slice(-4)}`
    ])
      expect(buttonIn(await world.find(AYA, typed), 'customer.tag'), typed).toBe(id)
  })

  test('by the serial of a coupon, as it is read out', async () => {
    const customerId = await world.customer()
    await db().prisma.couponGrant.create({
      data: {
        ...{ customerId, coupon: 'drink', definitionId: customerId, serial: '7H2K-9M4P', cause: 'test' },
        grantedAt: world.scope.at
      }
    })
    for (const typed of ['7H2K-9M4P', '7h2k 9m4p'])
      expect(buttonIn(await world.find(AYA, typed), 'customer.tag')).toBe(customerId)
  })

  test('of several one chooses; whom one saw is on record, and a viewer sees no full name', async () => {
    const ids = [await world.customer('佐藤 花子'), await world.customer('佐藤花子')]
    const seen = await world.find(VIEWER, '佐藤 花子')
    expect(textIn(seen)).toContain('佐＊＊＊')
    expect(textIn(seen)).not.toContain('花子')
    expect(new Set((await world.audit()).map(({ action, customerId }) => `${action} ${customerId}`))).toEqual(
      new Set(ids.map((id) => `customer.search ${id}`))
    )
    const chosen = buttonIn(seen, 'customer.card') ?? ''
    expect(ids).toContain(chosen)
    expect(textIn(await world.open(VIEWER, chosen))).toContain('佐＊＊＊ 様')
  })

  test('of very many the first ten are shown, with a word on how to go on', async () => {
    for (let n = 0; n < 12; n += 1) await world.customer('佐藤 花子')
    const text = textIn(await world.find(AYA, '佐藤花子'))
    expect(text.match(/"customer\.card"/g)).toHaveLength(10)
    expect(text).toContain('ほかにもいらっしゃいます')
  })

  test.each([
    ['', '探し方'],
    ['誰もいない名前', '見つかりませんでした'],
    ['#999', '見つかりませんでした'],
    ['01980000-0000-7000-8000-000000000000', '見つかりませんでした'],
    [`%' OR 1=1 --`, '見つかりませんでした']
  ])('"%s" gets a kind answer', async (typed, answer) => {
    await world.customer('佐藤 花子')
    const seen = await world.find(AYA, typed)
    expect(seen.modals).toEqual([])
    expect(seen.whispers[0]?.text).toContain(answer)
    expect(await world.audit()).toEqual([])
  })
})

describe('what one can do on a card', () => {
  let hanako: string
  beforeEach(async () => {
    hanako = await world.customer('佐藤 花子')
  })

  test('tags are changed, stand on the card at once and on the alert card, and are on record', async () => {
    const { id } = await world.openFollowUp(hanako)
    const form = await world.desk.click(AYA, 'customer.tag', { value: hanako })
    const sent = await world.desk.submit(AYA, modalIn(form), { new_tags: '常連、VIP' })
    expect(sent.errors).toBeUndefined()
    expect(textIn(sent)).toContain('`常連`')
    expect(await world.cardText(id)).toContain('`VIP`')
    const again = await world.desk.click(AYA, 'customer.tag', { value: hanako })
    await world.desk.submit(AYA, modalIn(again), { tags: ['VIP'], new_tags: '' })
    expect((await db().prisma.customerTag.findMany()).map(({ tag }) => tag)).toEqual(['VIP'])
    expect((await world.audit()).filter(({ action }) => action === 'customer.tag')).toHaveLength(2)
  })

  test('a tag that is refused is told beside the field', async () => {
    const form = await world.desk.click(AYA, 'customer.tag', { value: hanako })
    const sent = await world.desk.submit(AYA, modalIn(form), { new_tags: '長'.repeat(31) })
    expect(sent.errors?.new_tags).toContain('付けられなかった')
  })

  test('a follow-up is opened by hand, with the note on the alert card and the colleague on record', async () => {
    const form = await world.desk.click(AYA, 'customer.follow_up', { value: hanako })
    const sent = await world.desk.submit(AYA, modalIn(form), { note: '*最近*元気がない', priority: 'high' })
    expect(textIn(sent)).toContain('フォロー #1')
    const followUp = await db().prisma.followUp.findFirstOrThrow({ include: { activities: true, reasons: true } })
    expect(followUp).toMatchObject({ priority: 'high', activities: [{ actor: 'UAYA', action: 'open' }] })
    expect(followUp.reasons[0]?.wordsSealed).not.toContain('元気')
    const card = await world.cardText(followUp.id)
    expect(card).toContain('スタッフの気づき')
    expect(card).toContain('元気がない')
    expect(await world.audit()).toContainEqual({ action: 'follow_up.open', actorId: 'UAYA', customerId: hanako })
  })

  test('noticing something about a customer who is looked after joins what is open', async () => {
    await world.openFollowUp(hanako)
    const form = await world.desk.click(AYA, 'customer.follow_up', { value: hanako })
    await world.desk.submit(AYA, modalIn(form), { note: 'また来ていない', priority: 'normal' })
    expect(await db().prisma.followUp.count()).toBe(1)
    expect(await world.threads()).toEqual([expect.stringContaining('スタッフの気づき')])
  })

  test('an empty note is asked for; a customer who is gone meanwhile is told, and nothing is done', async () => {
    const form = await world.desk.click(AYA, 'customer.follow_up', { value: hanako })
    expect((await world.desk.submit(AYA, modalIn(form), { note: ' ', priority: 'high' })).errors?.note).toContain(
      '書いて'
    )
    await db().prisma.customer.delete({ where: { id: hanako } })
    const sent = await world.desk.submit(AYA, modalIn(form), { note: 'x', priority: 'high' })
    expect(sent.errors?.note).toContain('見つかりませんでした')
    expect(await db().prisma.followUp.count()).toBe(0)
    const view = { ...modalIn(form), private_metadata: '{' }
    expect((await world.desk.submit(AYA, view, { note: 'x', priority: 'high' })).errors?.note).toContain(
      '見つかりません'
    )
  })
})

describe('in the thread of an alert', () => {
  test('the word for it offers the card, the name masked for viewers', async () => {
    const hanako = await world.customer('佐藤 花子')
    const { id } = await world.openFollowUp(hanako)
    for (const word of ['お客様', 'customer', 'お客さま。']) {
      const [whisper] = (await world.desk.mention(AYA, word, { type: 'follow_up', id })).whispers
      expect(whisper?.text).toContain('佐藤 花子 様')
      expect(JSON.stringify(whisper?.blocks)).toContain(hanako)
    }
    const [masked] = (await world.desk.mention(VIEWER, 'お客様', { type: 'follow_up', id })).whispers
    expect(masked?.text).toContain('佐＊＊＊ 様')
    expect(JSON.stringify(masked)).not.toContain('花子')
  })

  test('elsewhere it says where to go, and the alert card has a button of its own', async () => {
    expect((await world.desk.mention(AYA, 'お客様', undefined)).whispers[0]?.text).toContain('/matane customer')
    const hanako = await world.customer()
    const { id } = await world.openFollowUp(hanako)
    expect(await world.cardText(id)).toContain(`"value":"${hanako}"`)
  })
})
