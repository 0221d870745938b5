import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { type FollowUpWorld, followUpWorld } from '../../../../test/support/follow-up-world.ts'
import { member } from '../../../../test/support/staff-desk.ts'

const db = useDatabase()
const AYA = member('UAYA')
let world: FollowUpWorld
let id: string
let hanako: string

beforeEach(async () => {
  world = followUpWorld(db())
  hanako = await world.customer()
  id = (await world.open(hanako, { score: 3 })).id
})

const record = () => ({ type: 'follow_up', id })
const elements = async () => {
  const block = (await world.card(id)).blocks.find(({ type }) => type === 'actions')
  return block?.type === 'actions' ? block.elements : []
}

describe('the card', () => {
  it('says who, why, what is at stake, until when, and offers what can be done', async () => {
    const at = (day: string) => new Date(`${day}T03:00:00Z`)
    await db().prisma.customerStats.create({
      data: { customerId: hanako, visits: 14, firstVisitAt: at('2025-09-01'), lastVisitAt: at('2026-10-29') }
    })
    await world.open(hanako, { words: '予約が取れない' })
    const card = await world.card(id)
    expect(card.text).toMatch(/^🔴 要対応 #\d+ 佐藤 花子 様$/)
    const text = await world.cardText(id)
    for (const part of [
      '3点',
      '>予約が取れない',
      '来店 14 回',
      '最終来店 23日前',
      '初来店 2025年9月1日"',
      '未定',
      'お客様に届きません'
    ])
      expect(text).toContain(part)
    expect((await elements()).map((element) => ('action_id' in element ? element.action_id : ''))).toEqual([
      'follow_up.claim',
      'follow_up.assign',
      'follow_up.tag',
      'follow_up.snooze',
      'follow_up.resolve',
      'customer.card'
    ])
  })

  it('shows how the score fell, when there was one before', async () => {
    await db().prisma.surveyResponse.create({
      data: {
        ...{ customerId: hanako, survey: 'nps', definitionId: id, runId: id },
        ...{ score: 9, scoredAt: new Date('2026-08-01T00:00:00Z'), startedAt: new Date('2026-08-01T00:00:00Z') }
      }
    })
    expect(await world.cardText(id)).toContain('NPS 9 → *3点*')
  })

  it('puts the answer to "why?" under the score it explains', async () => {
    await world.open(hanako, { score: 3, words: '混んでいた' })
    const text = await world.cardText(id)
    expect(text.match(/3点/g)).toHaveLength(1)
    expect(text).toContain('*3点*\\n>混んでいた')
  })

  it('puts words under the score of their own measure only', async () => {
    await world.open(hanako, { kind: 'csat', score: 2, words: undefined })
    await world.open(hanako, { kind: 'csat', score: undefined, words: '混んでいた' })
    expect(await world.cardText(id)).toContain('満足度（CSAT） *2点*\\n>混んでいた')
  })

  it.each(['nps', 'message'] as const)('marks a wish to leave that stands among other words (%s)', async (kind) => {
    await world.open(hanako, { kind, words: '予約の電話がつながらない。もう解約を考えています' })
    const text = await world.cardText(id)
    expect(text).toContain('• *解約・退会のご意向*\\n>予約の電話')
    expect(text.match(/解約・退会のご意向/g)).toHaveLength(1)
  })

  it('has new block ids and a higher version after each change', async () => {
    const before = await world.card(id)
    await world.desk.click(AYA, 'follow_up.claim', { value: id })
    const after = await world.card(id)
    expect(after.version).toBeGreaterThan(before.version)
    const ids = new Set(before.blocks.map(({ block_id }) => block_id))
    for (const block of after.blocks) expect(ids.has(block.block_id)).toBe(false)
  })

  it('has no claim button once somebody has it, and shows who', async () => {
    await world.desk.click(AYA, 'follow_up.claim', { value: id })
    expect(JSON.stringify(await elements())).not.toContain('follow_up.claim')
    expect(await world.cardText(id)).toContain('<@UAYA>')
  })

  it('asks whom a colleague chose to claim it, until they do', async () => {
    await world.desk.click(AYA, 'follow_up.assign', { value: 'UKENTA', blockId: `follow_up:${id}:v1:actions` })
    expect(JSON.stringify(await elements())).toContain('follow_up.claim')
    await world.desk.click(member('UKENTA'), 'follow_up.claim', { value: id })
    expect(JSON.stringify(await elements())).not.toContain('follow_up.claim')
    expect(await world.cardText(id)).toContain('応答済み')
  })

  it('collapses to one line when resolved, from which the customer’s card is still at hand, and opens again', async () => {
    await world.desk.click(AYA, 'follow_up.claim', { value: id })
    world.travel(5)
    await world.desk.mention(AYA, '解決 引き留め 次回の予約あり', record())
    const card = await world.card(id)
    expect(card.blocks.map(({ type }) => type)).toEqual(['section', 'actions'])
    expect(JSON.stringify(card.blocks)).toContain(`"action_id":"customer.card","value":"${hanako}"`)
    const text = await world.cardText(id)
    for (const part of [
      '✅ 解決 #',
      '佐藤 花子 様',
      '<@UAYA>',
      '初回応答 1分未満',
      '解決 5時間',
      '引き留めできた',
      '次回の予約あり'
    ])
      expect(text).toContain(part)
    await world.desk.click(AYA, 'follow_up.reopen', { value: id })
    expect((await world.card(id)).blocks.length).toBeGreaterThan(1)
  })

  it('is undefined for a follow-up that is gone', async () => {
    await db().prisma.followUp.delete({ where: { id } })
    await expect(world.card(id)).rejects.toThrow('no card')
  })

  it('lets no words of a customer do anything in Slack', async () => {
    await world.open(hanako, {
      kind: 'cancel_intent',
      words: '<!channel> <@U1> @here\n*解約したい* <https://evil.example|押して>'
    })
    const text = await world.cardText(id)
    expect(text).not.toMatch(/<!channel>|<@U1>|@here|<https:/)
    expect(text).toContain('&lt;!channel&gt;')
  })

  it('shows a name that wants to be markup as it is, also where Slack reads markup', async () => {
    const evil = await world.open(await world.customer('<!channel>'))
    const { text, blocks } = await world.card(evil.id)
    expect(text).toContain('&lt;!channel&gt;')
    expect(blocks[0]).toMatchObject({ type: 'header', text: { type: 'plain_text' } })
    await world.desk.mention(AYA, '解決', { type: 'follow_up', id: evil.id })
    expect(await world.cardText(evil.id)).not.toContain('<!channel>')
  })

  it('is a card that Slack takes, whatever customers write and however often', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }), { minLength: 1, maxLength: 8 }),
        async (texts) => {
          const customer = await world.customer('&'.repeat(200))
          let opened = ''
          for (const words of texts)
            opened = (await world.open(customer, { words: `${words}${'<&>'.repeat(1500)}` })).id
          const { blocks } = await world.card(opened)
          expect(blocks.length).toBeLessThanOrEqual(50)
          for (const block of blocks) expect(JSON.stringify(block).length).toBeLessThan(8000)
        }
      ),
      { numRuns: 8 }
    )
  })

  it('quotes what the customer takes back no longer, not even under another cause of the same message', async () => {
    await world.open(hanako, { words: '店長がひどい', cause: 'line:E9:why' })
    expect(await world.cardText(id)).toContain('店長がひどい')
    const { withdrawWords } = await import('../withdraw-words.ts')
    await world.desk.perform('line:unsend', (work) => withdrawWords(work, hanako, 'line:E9'))
    expect(await world.cardText(id)).not.toContain('店長がひどい')
    expect(await world.cardText(id)).toContain('送信を取り消しました')
    expect((await world.threads()).at(-1)).toContain('カードから消しました')
    expect(await db().prisma.followUpReason.findMany({ where: { wordsSealed: { not: null } } })).toMatchObject([
      { wordsSealed: '' }
    ])
  })
})
