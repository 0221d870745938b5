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
const tags = async () => {
  const rows = await db().prisma.customerTag.findMany({ where: { customerId: hanako }, orderBy: { tag: 'asc' } })
  return rows.map(({ tag }) => tag)
}
async function openModal(actionId: string, staff = AYA) {
  const { modals } = await world.desk.click(staff, actionId, { value: id })
  const [view] = modals
  if (!view) throw new Error('No modal was opened')
  return view
}

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
