import { describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type SlackWorld, slackWorld } from '../../../test/support/slack-world.ts'
import type { Mention, SlackHandlers } from './index.ts'
import { section } from './index.ts'
import { spokenText } from './mentions.ts'

const db = useDatabase()
const record = { type: 'ticket', id: '812' } as const

/** Takes 担当, writes a row in the event's transaction, and answers. */
function claims(seen: Mention[], fail: () => boolean = () => false): SlackHandlers {
  return {
    mentions: [
      {
        role: 'cs',
        matches: (text) => text.startsWith('担当'),
        async run(turn) {
          seen.push(turn)
          await turn.perform(turn.cause, async (work) => {
            await work.tx.jobRun.create({ data: { job: `claim ${work.cause}`, scheduledAt: work.now } })
          })
          await turn.reply(`${turn.staff.name}さんが担当します`)
          if (fail()) throw new Error('broken')
        }
      }
    ]
  }
}

async function withCard(handlers: SlackHandlers): Promise<SlackWorld & { ts: string }> {
  const world = slackWorld(db(), [handlers])
  world.tickets.set('812', { version: 1, text: '#812', blocks: [section('佐藤 花子 様')] })
  await world.tell('opened', { kind: 'card', record })
  await world.settle()
  return Object.assign(world, { ts: world.fake.messages(world.alerts)[0]?.ts ?? '' })
}

const thread = (world: SlackWorld, ts: string) => world.fake.thread(world.alerts, ts).map(({ text }) => text)
const effects = () => db().prisma.jobRun.count()

describe('@matane in a thread', () => {
  it('runs once for each event, however often Slack tells it', async () => {
    const seen: Mention[] = []
    const world = await withCard(claims(seen))
    await world.fake.mention(world.aya.id, world.alerts, '担当', world.ts)
    for (let time = 0; time < 4; time += 1) await world.fake.redeliver()
    await world.settle()
    await world.fake.redeliver()
    await world.settle()
    expect(seen).toHaveLength(1)
    expect(await effects()).toBe(1)
    expect(thread(world, world.ts)).toEqual(['#812', expect.stringContaining('担当'), '彩さんが担当します'])
  })

  it('knows the record of the card, who speaks, and what was said without its own name', async () => {
    const seen: Mention[] = []
    const world = await withCard(claims(seen))
    await world.fake.say(world.aya.id, world.alerts, `@matane　担当  @Kenta <3`, world.ts)
    await world.settle()
    expect(seen).toMatchObject([
      {
        record,
        text: `担当 <@${world.kenta.id}> <3`,
        staff: { id: world.aya.id, role: 'cs' },
        channel: world.alerts,
        threadTs: world.ts,
        cause: expect.stringMatching(/^slack:Ev/)
      }
    ])
  })

  it('that fails changes nothing and says nothing, and is tried again', async () => {
    let times = 0
    const world = await withCard(claims([], () => ++times < 3))
    await world.fake.mention(world.aya.id, world.alerts, '担当', world.ts)
    await world.settle()
    expect(times).toBe(3)
    expect(await effects()).toBe(1)
    expect(thread(world, world.ts).slice(2)).toEqual(['彩さんが担当します'])
  })

  it('outside a card’s thread has no record, and is answered where it was said', async () => {
    const seen: Mention[] = []
    const world = await withCard(claims(seen))
    const ts = await world.fake.mention(world.aya.id, world.general, '担当')
    await world.settle()
    expect(seen[0]?.record).toBeUndefined()
    expect(world.fake.thread(world.general, ts).map(({ text }) => text)).toEqual([
      expect.anything(),
      '彩さんが担当します'
    ])
  })

  it.each([
    ['a viewer', (world: SlackWorld) => world.viewer.id, '「CS担当」'],
    ['a guest', (world: SlackWorld) => world.guest.id, 'ゲスト']
  ])('said by %s is refused with a whisper', async (_name, who, words) => {
    const seen: Mention[] = []
    const world = await withCard(claims(seen))
    await world.fake.mention(who(world), world.general, '担当')
    await world.settle()
    expect(seen).toEqual([])
    expect(world.fake.ephemerals(who(world))).toMatchObject([{ text: expect.stringContaining(words) }])
  })

  it('said by somebody of another workspace is refused', async () => {
    const seen: Mention[] = []
    const world = await withCard(claims(seen))
    const stranger = world.fake.addMember({ name: 'よその人', isStranger: true })
    world.fake.join(world.general, stranger.id)
    await world.fake.mention(stranger.id, world.general, '担当')
    await world.settle()
    expect(seen).toEqual([])
  })

  it('that Slack signs as said by another workspace is refused, whoever the account seems to be', async () => {
    const seen: Mention[] = []
    const world = await withCard(claims(seen))
    const said = {
      type: 'app_mention',
      channel: world.alerts,
      text: '担当',
      ts: '1795240800.000100',
      user: world.aya.id
    }
    await world.fake.sendEvent({ ...said, team: 'T0OTHER' })
    await world.fake.sendEvent({ ...said, team: world.fake.teamId, user_team: 'T0OTHER' })
    await world.settle()
    expect(seen).toEqual([])
    expect(world.fake.ephemerals(world.aya.id)).toHaveLength(2)
  })

  it('in a channel shared with outsiders is refused', async () => {
    const seen: Mention[] = []
    const world = await withCard(claims(seen))
    world.fake.setExtShared(world.general, true)
    await world.fake.mention(world.owner.id, world.general, '担当')
    await world.settle()
    expect(seen).toEqual([])
    expect(world.fake.ephemerals(world.owner.id)).toMatchObject([{ text: expect.stringContaining('社外と共有') }])
  })

  it('is whispered to where the person looks: in the thread they wrote in, else in the channel', async () => {
    const world = await withCard(claims([]))
    world.fake.setExtShared(world.general, true)
    const ts = await world.fake.mention(world.owner.id, world.general, '担当')
    await world.fake.mention(world.owner.id, world.general, '担当', ts)
    await world.settle()
    const threads = world.fake.ephemerals(world.owner.id).map(({ channel, threadTs }) => ({ channel, threadTs }))
    expect(threads).toHaveLength(2)
    expect(threads).toContainEqual({ channel: world.general, threadTs: undefined })
    expect(threads).toContainEqual({ channel: world.general, threadTs: ts })
  })

  it('that Slack says comes from a shared channel is refused, though we remember another answer', async () => {
    const seen: Mention[] = []
    const world = await withCard(claims(seen))
    await world.fake.mention(world.aya.id, world.alerts, '担当', world.ts)
    await world.settle()
    world.fake.setExtShared(world.alerts, true)
    await world.fake.mention(world.aya.id, world.alerts, '担当', world.ts)
    await world.settle()
    expect(seen).toHaveLength(1)
  })

  it('with words nobody knows is answered kindly', async () => {
    const world = await withCard(claims([]))
    await world.fake.mention(world.kenta.id, world.alerts, 'こんにちは', world.ts)
    await world.settle()
    expect(world.fake.ephemerals(world.kenta.id)).toMatchObject([{ text: expect.stringContaining('@matane help') }])
  })

  it('said by a bot, ourselves included, is ignored', async () => {
    const seen: Mention[] = []
    const world = await withCard(claims(seen))
    const said = { type: 'app_mention', channel: world.alerts, text: '担当', ts: '1795240800.000100' }
    await world.fake.sendEvent({ ...said, user: world.aya.id, bot_id: 'B1' })
    await world.fake.sendEvent({ ...said, user: world.fake.botUserId })
    await world.settle()
    expect(seen).toEqual([])
    expect(world.fake.ephemerals(world.fake.botUserId)).toEqual([])
    expect(await db().prisma.inbox.count({ where: { state: 'done' } })).toBe(2)
  })

  it('waits while Slack cannot tell who speaks, and then runs once', async () => {
    const seen: Mention[] = []
    const world = await withCard(claims(seen))
    world.fake.faults.failNext('users.info', { kind: 'status', status: 500 }, 2)
    await world.fake.mention(world.aya.id, world.alerts, '担当', world.ts)
    await world.settle()
    expect(seen).toHaveLength(1)
  })

  it('that reaches for the database beside its transaction is told how to do it, instead of waiting for ever', async () => {
    const faults: unknown[] = []
    const handlers: SlackHandlers = {
      mentions: [
        {
          role: 'viewer',
          matches: () => true,
          run: async (turn) => {
            try {
              await turn.scope.db.prisma.staff.count()
            } catch (error) {
              faults.push(error)
            }
          }
        }
      ]
    }
    const world = await withCard(handlers)
    await world.fake.mention(world.aya.id, world.alerts, '担当', world.ts)
    await world.settle()
    expect(String(faults[0])).toContain('work.tx')
  })
})

describe('spokenText', () => {
  it.each([
    ['<@UBOT> 解決', '解決'],
    ['<@UBOT|matane> 解決 <@UBOT>', '解決'],
    ['ねえ <@UBOT>　タグ  VIP', 'ねえ タグ VIP'],
    ['<@UBOT> A &amp; B &lt;3', 'A & B <3'],
    ['<@UBOT> &amp;lt;', '&lt;'],
    ['<@UBOT> 担当 <@U2>', '担当 <@U2>'],
    ['<@UBOT>', '']
  ])('%j → %j', (text, spoken) => {
    expect(spokenText(text, 'UBOT')).toBe(spoken)
  })
})
