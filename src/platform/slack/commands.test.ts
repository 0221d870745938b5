import { describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { notebook, whispered } from '../../../test/support/slack-desk.ts'
import { slackWorld } from '../../../test/support/slack-world.ts'

const db = useDatabase()

describe('a command', () => {
  it('gets its text, and answers for all to see', async () => {
    const world = slackWorld(db(), [
      { commands: { '/kpi': { role: 'viewer', run: (command) => command.respond(`*${command.text}* は 42`) } } }
    ])
    const answer = await world.fake.command(world.viewer.id, world.general, '/kpi', ' nps 今月 ')
    await world.settle()
    expect(answer).toMatchObject({ ok: true, body: '' })
    expect(world.fake.messages(world.general)).toMatchObject([{ text: '*nps 今月* は 42' }])
  })

  it('/matane passes the verb its rest, whatever its case and width', async () => {
    const book = notebook()
    const world = slackWorld(db(), [book.handlers])
    await world.fake.command(world.owner.id, world.general, '/matane', 'ＳＴＡＦＦ  @彩 cs ')
    await world.settle()
    expect(book.commands.map(({ text }) => text)).toEqual([`<@${world.aya.id}|彩> cs`])
  })

  it.each(['', 'help', 'ヘルプ'])('/matane %j lists what this person may say, in their language', async (text) => {
    const world = slackWorld(db(), [notebook().handlers])
    await world.fake.command(world.kenta.id, world.general, '/matane', text)
    await world.fake.command(world.owner.id, world.general, '/matane', text)
    await world.settle()
    expect(whispered(world, world.kenta.id)).toEqual(['*What Matane can do*\n• `/matane customer` look up a customer'])
    expect(whispered(world, world.owner.id)[0]).toContain('• `/matane staff` 権限を変えます')
  })

  it('/matane help names the commands that explain themselves, and the threads when something is heard there', async () => {
    const help = { ja: '数字をお答えします', en: 'Ask for a figure' }
    const run = async () => {}
    const world = slackWorld(db(), [
      {
        commands: { '/kpi': { role: 'viewer', help, run }, '/quiet': { role: 'viewer', run } },
        mentions: [{ role: 'cs', matches: () => true, run }]
      }
    ])
    await world.fake.command(world.viewer.id, world.general, '/matane', 'help')
    await world.settle()
    const [text = ''] = whispered(world, world.viewer.id)
    expect(text).toContain('• `/kpi` 数字をお答えします')
    expect(text).toContain('`@matane ヘルプ`')
    expect(text).not.toContain('/quiet')
  })

  it.each(['constructor', '__proto__', '<!channel>'])('/matane %s is an unknown verb like any other', async (verb) => {
    const world = slackWorld(db(), [notebook().handlers])
    await world.fake.command(world.aya.id, world.general, '/matane', verb)
    await world.settle()
    const [text] = whispered(world, world.aya.id)
    expect(text).toContain('使えないようです')
    expect(text).not.toContain('<!')
  })

  it('nobody knows is answered kindly', async () => {
    const world = slackWorld(db(), [notebook().handlers])
    await world.fake.command(world.aya.id, world.general, '/novelty', '')
    await world.settle()
    expect(whispered(world, world.aya.id)).toEqual([expect.stringContaining('/matane help')])
  })

  it('opens a modal', async () => {
    const world = slackWorld(db(), [notebook().handlers])
    await world.fake.command(world.aya.id, world.general, '/matane', 'customer 佐藤')
    await world.settle()
    expect(world.fake.modal(world.aya.id)).toHaveLength(1)
  })
})
