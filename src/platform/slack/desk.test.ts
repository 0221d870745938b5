import { describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { card, notebook, whispered, withCard } from '../../../test/support/slack-desk.ts'
import { type SlackWorld, slackWorld } from '../../../test/support/slack-world.ts'
import { actions, button, modal, type SlackHandlers } from './index.ts'

const db = useDatabase()

describe('a click', () => {
  it('reaches its handler with who, where and what, and a cause that belongs to this click', async () => {
    const book = notebook()
    const world = await withCard(db(), book.handlers)
    const at = { channel: world.alerts, ts: world.ts, actionId: 'ticket.claim' }
    expect(await world.fake.click(world.aya.id, at)).toMatchObject({ ok: true, body: '' })
    await world.fake.click(world.aya.id, at)
    await world.settle()
    const [first, second] = book.clicks
    expect(first).toMatchObject({
      actionId: 'ticket.claim',
      value: '812',
      blockId: '812:actions',
      channel: world.alerts,
      messageTs: world.ts,
      staff: { id: world.aya.id, name: '彩', role: 'cs', locale: 'ja' }
    })
    expect(first?.cause).toMatch(/^slack:\d+\.\d{6}:U\w+:ticket\.claim$/)
    expect(second?.cause).not.toBe(first?.cause)
  })

  it('carries the chosen person or option as its value', async () => {
    const book = notebook()
    const world = await withCard(db(), book.handlers)
    const at = { channel: world.alerts, ts: world.ts }
    await world.fake.click(world.aya.id, { ...at, actionId: 'ticket.assign', selectedUser: world.kenta.id })
    await world.settle()
    await world.fake.click(world.aya.id, { ...at, actionId: 'ticket.more', selectedOption: 'why' })
    await world.settle()
    expect(book.clicks.map(({ value }) => value)).toEqual([world.kenta.id, 'why'])
  })

  it('is acknowledged before the work is done', async () => {
    let finish = (): void => undefined
    const working = new Promise<void>((resolve) => (finish = resolve))
    const world = await withCard(db(), { actions: { 'ticket.claim': { role: 'cs', run: () => working } } })
    const answer = await world.fake.click(world.aya.id, {
      channel: world.alerts,
      ts: world.ts,
      actionId: 'ticket.claim'
    })
    expect(answer.ok).toBe(true)
    finish()
    await world.settle()
  })

  it('inside a modal shows the next one in its place, and is refused where outsiders read the channel by then', async () => {
    const page = (number: number) =>
      modal({
        ...{ callbackId: 'ticket.pages', title: `${number}` },
        blocks: [actions([button({ actionId: 'ticket.page', text: '次', value: String(number) })])]
      })
    const handlers: SlackHandlers = {
      verbs: { pages: { role: 'cs', help: { ja: '', en: '' }, run: (command) => command.openModal(page(1)) } },
      actions: { 'ticket.page': { role: 'cs', run: (click) => click.openModal(page(Number(click.value) + 1)) } }
    }
    const world = slackWorld(db(), [handlers])
    const turn = async () => {
      await world.fake.clickInModal(world.aya.id, { actionId: 'ticket.page' })
      await world.settle()
      return world.fake.modal(world.aya.id).map(({ view }) => JSON.stringify(view.title))
    }
    await world.fake.command(world.aya.id, world.alerts, '/matane', 'pages')
    await world.settle()
    expect(await turn()).toEqual([expect.stringContaining('2')])
    expect(await turn()).toEqual([expect.stringContaining('3')])
    world.fake.setExtShared(world.alerts, true)
    world.nowMs += 61_000
    expect(await turn()).toEqual([expect.stringContaining('3')])
    expect(whispered(world, world.aya.id)).toEqual([expect.stringContaining('社外')])
  })

  it('on a button of another version gets a kind answer', async () => {
    const world = await withCard(db(), notebook().handlers)
    await world.fake.click(world.aya.id, { channel: world.alerts, ts: world.ts, actionId: 'ticket.unknown' })
    await world.settle()
    expect(whispered(world, world.aya.id)).toEqual([expect.stringContaining('古くなった')])
  })

  it('that fails asks the person to try again, in their language, and logs why', async () => {
    const world = await withCard(db(), notebook().handlers)
    await world.fake.click(world.kenta.id, { channel: world.alerts, ts: world.ts, actionId: 'ticket.break' })
    await world.settle()
    expect(whispered(world, world.kenta.id)).toEqual(['That did not work. Please try again.'])
    expect(world.scope.lines).toContainEqual(
      expect.objectContaining({ level: 'error', data: expect.objectContaining({ what: 'ticket.break' }) })
    )
  })

  it('on a link needs no answer', async () => {
    const world = await withCard(db(), notebook().handlers)
    const answer = await world.fake.click(world.viewer.id, { channel: world.alerts, ts: world.ts, actionId: 'link:' })
    await world.settle()
    expect(answer.ok).toBe(true)
    expect(whispered(world, world.viewer.id)).toEqual([])
  })

  it('in which Slack is down for whispers harms nobody', async () => {
    const world = await withCard(db(), notebook().handlers)
    world.fake.faults.failNext('response/', { kind: 'status', status: 500 })
    await world.fake.click(world.aya.id, { channel: world.alerts, ts: world.ts, actionId: 'ticket.break' })
    await world.settle()
    expect(world.scope.lines.at(-1)).toMatchObject({ level: 'warn', message: 'Slack whisper failed' })
  })

  it('opens a modal that remembers its channel, while a 429 holds up posts', async () => {
    const world = await withCard(db(), notebook().handlers)
    world.fake.faults.failNext('chat.', { kind: 'rate_limited', retryAfterSeconds: 30 }, 5)
    world.tickets.set('812', card(2))
    await world.tell('changed', { kind: 'card', record: { type: 'ticket', id: '812' } })
    await world.engine.drain()
    const before = performance.now()
    await world.fake.click(world.aya.id, { channel: world.alerts, ts: world.ts, actionId: 'ticket.form' })
    await world.settle()
    expect(performance.now() - before).toBeLessThan(15_000)
    expect(world.fake.modal(world.aya.id)).toMatchObject([{ view: { private_metadata: `${world.alerts} ticket 812` } }])
  })

  it('whose modal came too late asks to try again', async () => {
    const world = await withCard(db(), notebook().handlers)
    world.fake.faults.failNext('views.open', { kind: 'error', error: 'expired_trigger_id' })
    await world.fake.click(world.aya.id, { channel: world.alerts, ts: world.ts, actionId: 'ticket.form' })
    await world.settle()
    expect(whispered(world, world.aya.id)).toEqual([expect.stringContaining('もう一度')])
  })
})

describe('who may act', () => {
  const claim = (world: SlackWorld & { ts: string }, actionId = 'ticket.claim') => ({
    channel: world.alerts,
    ts: world.ts,
    actionId
  })

  it('a role that is too low is refused and told who can help', async () => {
    const book = notebook()
    const world = await withCard(db(), book.handlers)
    await world.fake.click(world.viewer.id, claim(world))
    await world.fake.click(world.kenta.id, claim(world, 'ticket.remove'))
    await world.settle()
    expect(book.clicks).toEqual([])
    expect(whispered(world, world.viewer.id)).toEqual([expect.stringContaining('「CS担当」')])
    expect(whispered(world, world.kenta.id)).toEqual([expect.stringContaining('"manager"')])
  })

  it('a manager may do what cs may', async () => {
    const book = notebook()
    const world = await withCard(db(), book.handlers)
    await world.fake.click(world.owner.id, claim(world))
    await world.settle()
    expect(book.clicks).toHaveLength(1)
  })

  it('guests, even in the alert channel, and people of other workspaces may do nothing', async () => {
    const book = notebook()
    const world = await withCard(db(), book.handlers)
    const stranger = world.fake.addMember({ name: 'よその人', isStranger: true })
    world.fake.join(world.alerts, stranger.id)
    await world.fake.click(world.guest.id, claim(world))
    await world.fake.click(stranger.id, claim(world))
    await world.settle()
    expect(book.clicks).toEqual([])
    expect(whispered(world, world.guest.id)).toEqual([expect.stringContaining('ゲスト')])
    expect(whispered(world, stranger.id)).toEqual([expect.stringContaining('別のワークスペース')])
  })

  it('nobody may do anything in a channel shared with outsiders', async () => {
    const book = notebook()
    const world = await withCard(db(), book.handlers)
    world.fake.setExtShared(world.alerts, true)
    world.nowMs += 61_000
    await world.fake.click(world.owner.id, claim(world))
    await world.settle()
    expect(book.clicks).toEqual([])
    expect(whispered(world, world.owner.id)).toEqual([expect.stringContaining('社外と共有')])
  })

  it('a place that the bot cannot see counts as shared, with a hint', async () => {
    const book = notebook()
    const world = slackWorld(db(), [book.handlers])
    const hidden = world.fake.addChannel({ name: 'hidden', isPrivate: true, withBot: false, members: [world.owner.id] })
    await world.fake.command(world.owner.id, hidden.id, '/kpi', 'nps')
    await world.settle()
    expect(book.commands).toEqual([])
    expect(whispered(world, world.owner.id)).toEqual([expect.stringContaining('/invite')])
  })

  it('no answer about who someone is means no action', async () => {
    const book = notebook()
    const world = await withCard(db(), book.handlers)
    world.fake.faults.failNext('users.info', { kind: 'status', status: 503 })
    await world.fake.click(world.aya.id, claim(world))
    await world.settle()
    expect(book.clicks).toEqual([])
    expect(whispered(world, world.aya.id)).toEqual([expect.stringContaining('もう一度')])
  })
})
