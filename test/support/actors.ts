import type { FakeBlock } from '../../src/sandbox/slack/index.ts'
import type { World } from './matane.ts'

/** People at both ends of the product, doing what people do; each step waits until the product has done its part. */
export type Actors = ReturnType<typeof actorsOf>

/** Where people act: the product may run in this process, or anywhere. */
export type Stage = Pick<World, 'sandbox' | 'settle' | 'origin'>

export function actorsOf(world: Stage) {
  return {
    hanako: customer(world, '佐藤 花子'),
    emma: customer(world, 'Emma Wilson'),
    aya: staff(world, '彩'),
    kenta: staff(world, '健太'),
    manager: staff(world, '店長'),
    guest: staff(world, '美和')
  }
}

type QuickReply = { readonly action: { readonly label: string; readonly uri?: string } }

function customer(world: Stage, name: string) {
  const fakeLine = world.sandbox.fakes.line
  const userId = fakeLine.people().find((person) => person.displayName === name)?.userId ?? ''
  const chat = () => fakeLine.chat(userId)
  const fromUs = () => chat().filter((entry) => entry.from === 'account')
  const offered = (): QuickReply[] => {
    const last = chat().at(-1)?.message.quickReply as { items?: QuickReply[] } | undefined
    return last?.items ?? []
  }
  const after = async (step: Promise<unknown>) => {
    await step
    await world.settle()
  }
  const quickReply = (label: string) => {
    const found = offered().find(({ action }) => action.label === label)
    if (!found) throw new Error(`No quick reply "${label}" on offer`)
    return found.action
  }
  const self = {
    userId,
    follow: () => after(fakeLine.follow(userId)),
    block: () => after(fakeLine.block(userId)),
    say: (text: string) => after(fakeLine.say(userId, text)),
    tap: (label: string) => after(fakeLine.tap(userId, quickReply(label))),
    /** Takes back the newest message with this text. */
    async unsend(text: string) {
      const entry = chat().findLast(({ from, message }) => from === 'person' && message.text === text)
      await after(fakeLine.unsend(userId, entry?.id ?? ''))
    },
    tapAction: (action: unknown) => after(fakeLine.tap(userId, action)),
    quickReply,
    quickReplies: () => offered().map(({ action }) => action.label),
    /** The text that a scan of the shop's counter writes into the chat, now. */
    async codeAt(shop: string) {
      const counters = await fetch(`${world.origin}/sandbox/state`).then((answer) => answer.json())
      const { url } = (counters as { counters: { shop: string; url: string }[] }).counters.find(
        (each) => each.shop === shop
      ) ?? { url: '' }
      const page = new URL(url, world.origin)
      const view = await fetch(`${page.origin}${page.pathname}/code${page.search}`).then((answer) => answer.json())
      const link = new URL((view as { link: string }).link)
      return decodeURIComponent(link.search.slice(1))
    },
    async scan(shop: string) {
      await self.say(await self.codeAt(shop))
    },
    /** Everything the account ever said, as text. */
    heard: () =>
      fromUs()
        .map((entry) => JSON.stringify(entry.message))
        .join('\n'),
    lastText: () => JSON.stringify(fromUs().at(-1)?.message),
    lastVia: () => fromUs().at(-1)?.via,
    pushes: () => fromUs().filter((entry) => entry.via === 'push').length,
    count: () => fromUs().length
  }
  return self
}

function staff(world: Stage, name: string) {
  const { slack, fakes } = world.sandbox
  const fakeSlack = fakes.slack
  const id = fakeSlack.members().find((member) => member.name === name)?.id ?? ''
  const alerts = slack.alertChannel
  const cards = () => fakeSlack.messages(alerts)
  const card = () => {
    const last = cards().at(-1)
    if (!last) throw new Error('No card in the alert channel')
    return last
  }
  const after = async (step: Promise<unknown>) => {
    await step
    await world.settle()
  }
  return {
    id,
    cards,
    cardText: () => JSON.stringify(card().blocks),
    cardBlocks: () => card().blocks.length,
    click: (actionId: string) => after(fakeSlack.click(id, { channel: alerts, ts: card().ts, actionId })),
    async submit(values: Record<string, string>) {
      const [view] = fakeSlack.modal(id)
      const blocks = (view?.view.blocks ?? []).map((block: FakeBlock) => block.block_id ?? '')
      const byId = Object.entries(values).map(([field, value]) => [
        blocks.find((each) => each.startsWith(field)) ?? field,
        value
      ])
      const result = await fakeSlack.submitModal(id, Object.fromEntries(byId))
      await world.settle()
      return result
    },
    mention: (text: string) => after(fakeSlack.mention(id, alerts, text, card().ts)),
    sayInThread: (text: string) => after(fakeSlack.say(id, alerts, text, card().ts)),
    command: (name: string, text: string) => after(fakeSlack.command(id, channelId(world, 'kpi'), name, text)),
    said: (channel: string) => JSON.stringify(fakeSlack.messages(channelId(world, channel))),
    whispers: () => fakeSlack.ephemerals(id).map(({ text }) => text)
  }
}

function channelId(world: Stage, name: string): string {
  return world.sandbox.fakes.slack.channels().find((channel) => channel.name === name)?.id ?? ''
}
