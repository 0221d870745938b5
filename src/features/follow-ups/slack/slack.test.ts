import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { type FollowUpWorld, followUpWorld } from '../../../../test/support/follow-up-world.ts'
import { member } from '../../../../test/support/staff-desk.ts'
import { tagCustomer } from '../../customers/index.ts'

const db = useDatabase()
const AYA = member('UAYA')
const EMMA = member('UEMMA', { locale: 'en' })
let world: FollowUpWorld
let id: string
let hanako: string

beforeEach(async () => {
  world = followUpWorld(db())
  hanako = await world.customer()
  id = (await world.open(hanako, { score: 3 })).id
})

const record = () => ({ type: 'follow_up', id })
const tags = async () =>
  (await db().prisma.customerTag.findMany({ where: { customerId: hanako }, orderBy: { tag: 'asc' } })).map(
    ({ tag }) => tag
  )
const elements = async () => {
  const block = (await world.card(id)).blocks.find(({ type }) => type === 'actions')
  return block?.type === 'actions' ? block.elements : []
}
async function openModal(actionId: string, staff = AYA) {
  const { modals } = await world.desk.click(staff, actionId, { value: id })
  const [view] = modals
  if (!view) throw new Error('No modal was opened')
  return view
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
      '2025年9月1日',
      '未定',
      'お客様に届きません'
    ])
      expect(text).toContain(part)
    expect((await elements()).map((element) => ('action_id' in element ? element.action_id : ''))).toEqual([
      'follow_up.claim',
      'follow_up.assign',
      'follow_up.tag',
      'follow_up.snooze',
      'follow_up.resolve'
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

  it('collapses to one line when resolved, and opens again', async () => {
    await world.desk.click(AYA, 'follow_up.claim', { value: id })
    world.travel(5)
    await world.desk.mention(AYA, '解決 引き留め 次回の予約あり', record())
    const card = await world.card(id)
    expect(card.blocks).toHaveLength(1)
    const text = await world.cardText(id)
    for (const part of [
      '✅ 解決 #',
      '佐藤 花子 様',
      '<@UAYA>',
      '初回応答 0m',
      '解決 5h0m',
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

describe('menus', () => {
  it('give it to the person chosen, who is named in the thread', async () => {
    await world.desk.click(AYA, 'follow_up.assign', { value: 'UKENTA', blockId: `follow_up:${id}:v1:actions` })
    expect((await world.row(id)).assigneeId).toBe('UKENTA')
    expect((await world.threads()).at(-1)).toBe('👤 <@UAYA> さんが <@UKENTA> さんを担当にしました。')
  })

  it.each([
    ['3h', 3],
    ['3d', 72],
    ['1w', 168],
    ['tomorrow', 23]
  ])('snooze for %s', async (value, hours) => {
    await world.desk.click(AYA, 'follow_up.snooze', { value, blockId: `follow_up:${id}:v1:actions` })
    expect((await world.row(id)).snoozedUntil).toEqual(new Date(world.scope.at.getTime() + hours * 3_600_000))
  })

  it.each([
    ['follow_up.assign', 'UKENTA', 'garbage'],
    ['follow_up.snooze', '3h', 'follow_up:1; DROP TABLE follow_up'],
    ['follow_up.claim', 'garbage', ''],
    ['follow_up.resolve', '0192f000-0000-7000-8000-000000000000', ''],
    ['follow_up.tag', '', '']
  ])('%s on nothing we know is answered kindly', async (actionId, value, blockId) => {
    const seen = await world.desk.click(EMMA, actionId, { value, blockId })
    expect(seen.whispers).toEqual([{ text: expect.stringContaining('could not be found'), blocks: [] }])
  })
})

describe('the modal that resolves', () => {
  it('asks how it ended and keeps the note', async () => {
    const view = await openModal('follow_up.resolve')
    const seen = await world.desk.submit(AYA, view, { outcome: 'retained', note: ' 電話で解決 ' })
    expect(seen.errors).toBeUndefined()
    expect(await world.row(id)).toMatchObject({ outcome: 'retained', resolvedBy: 'UAYA' })
    expect((await world.threads()).at(-1)).toBe('✅ <@UAYA> さんが解決しました。結果: 引き留めできた\n電話で解決')
  })

  it('speaks the language of who opens it', async () => {
    expect((await openModal('follow_up.resolve', EMMA)).title.text).toMatch(/^Resolve #/)
  })

  it('says beside the field what is missing, or that a colleague was faster', async () => {
    const view = await openModal('follow_up.resolve')
    expect((await world.desk.submit(AYA, view, {})).errors).toEqual({ outcome: '結果を選んでください。' })
    await world.desk.mention(EMMA, 'resolve lost', record())
    const late = await world.desk.submit(AYA, view, { outcome: 'retained' })
    expect(late.errors?.outcome).toContain('すでに解決')
    expect((await world.row(id)).outcome).toBe('lost')
  })

  it('does not open for what is resolved', async () => {
    await world.desk.mention(AYA, '解決', record())
    const seen = await world.desk.click(EMMA, 'follow_up.resolve', { value: id })
    expect(seen.modals).toEqual([])
    expect(seen.whispers[0]?.text).toContain('<@UAYA>')
  })

  it('does not trust what it carries', async () => {
    const view = { ...(await openModal('follow_up.resolve')), private_metadata: '{"id":"1 OR 1=1"}' }
    expect((await world.desk.submit(AYA, view, { outcome: 'lost' })).errors?.outcome).toContain('見つかりません')
    const broken = { ...view, private_metadata: '{' }
    expect((await world.desk.submit(AYA, broken, { outcome: 'lost' })).errors?.outcome).toContain('見つかりません')
  })
})

describe('the modal for tags', () => {
  it('offers only a field for new ones while no tag exists', async () => {
    const view = await openModal('follow_up.tag')
    expect(view.blocks.map(({ block_id }) => block_id)).toEqual(['new_tags'])
    await world.desk.submit(AYA, view, { new_tags: 'VIP、予約 にこだわる' })
    expect(await tags()).toEqual(['VIP', '予約 にこだわる'])
    expect(await world.cardText(id)).toContain('`VIP`')
  })

  it('takes off what was unchosen and leaves what a colleague added meanwhile', async () => {
    await world.desk.mention(AYA, 'タグ A B', record())
    const view = await openModal('follow_up.tag')
    await world.desk.mention(EMMA, 'tag C', record())
    await world.desk.submit(AYA, view, { tags: ['B'] })
    expect(await tags()).toEqual(['B', 'C'])
  })

  it('changes nothing when nothing was changed', async () => {
    await world.desk.mention(AYA, 'タグ A', record())
    const { version } = await world.row(id)
    await world.desk.submit(AYA, await openModal('follow_up.tag'), { tags: ['A'], new_tags: ' ' })
    expect((await world.row(id)).version).toBe(version)
  })

  it('names the tags it could not add, and adds the others', async () => {
    const seen = await world.desk.submit(AYA, await openModal('follow_up.tag'), { new_tags: `VIP,${'長'.repeat(31)}` })
    expect(seen.errors?.new_tags).toContain('長長長')
    expect(await tags()).toEqual(['VIP'])
  })

  it('opens with a hundred tags and with very long ones', async () => {
    for (let index = 0; index < 110; index += 1) {
      const customerId = await world.customer()
      await world.desk.perform(`tag:${index}`, (work) =>
        tagCustomer(work, { customerId, tag: `t${index}`, by: 'test' })
      )
    }
    await world.desk.perform('tag:family', (work) =>
      tagCustomer(work, { customerId: hanako, tag: '👨‍👩‍👧‍👦'.repeat(30), by: 'test' })
    )
    const [block] = (await openModal('follow_up.tag')).blocks
    expect(block).toMatchObject({ block_id: 'tags', element: { options: expect.any(Array) } })
    expect(JSON.stringify(block).match(/"value":"t\d+"/g)).toHaveLength(100)
  })
})

describe('words in the thread', () => {
  it('do what the buttons do', async () => {
    await world.desk.mention(AYA, '担当', record())
    await world.desk.mention(AYA, 'タグ VIP 予約', record())
    await world.desk.mention(AYA, 'タグ -VIP', record())
    expect(await tags()).toEqual(['予約'])
    await world.desk.mention(AYA, '担当 <@UKENTA>', record())
    await world.desk.mention(EMMA, 'snooze 3d', record())
    expect(await world.row(id)).toMatchObject({ assigneeId: 'UKENTA', snoozedUntil: expect.any(Date) })
    await world.desk.mention(EMMA, 'resolve retained', record())
    await world.desk.mention(AYA, '再オープン', record())
    expect(await world.row(id)).toMatchObject({ resolvedAt: null, assigneeId: 'UKENTA' })
  })

  it('count once when Slack tells them twice', async () => {
    await world.desk.mention(AYA, '担当', record(), 'slack:Ev1')
    const again = await world.desk.mention(AYA, '担当', record(), 'slack:Ev1')
    expect(again.whispers).toEqual([])
    expect((await world.row(id)).version).toBe(2)
  })

  it.each([
    ['ヘルプ', 'このスレッドでできること'],
    ['help', 'このスレッドでできること']
  ])('%s lists what can be said', async (text, answer) => {
    expect((await world.desk.mention(AYA, text, record())).said[0]?.text).toContain(answer)
  })

  it.each([
    ['スヌーズ いつか', '読み取れませんでした'],
    ['スヌーズ 1000d', '90日まで'],
    ['タグ', 'このスレッドでできること'],
    [`タグ ${'長'.repeat(31)}`, '付けられなかった']
  ])('%s is answered with what to say instead', async (text, answer) => {
    expect((await world.desk.mention(AYA, text, record())).whispers[0]?.text).toContain(answer)
  })

  it('elsewhere than under a card say where to go', async () => {
    expect((await world.desk.mention(EMMA, 'claim', undefined)).whispers[0]?.text).toContain('thread of a follow-up')
  })
})
