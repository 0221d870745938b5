import { describe, expect, test } from 'vitest'
import { card, fakeSetting, type Setting } from '../../../test/support/fake-slack.ts'

/** Somebody beside Aya, and a channel that only Aya and the bot are in. */
function beside(who: { isGuest?: boolean; isStranger?: boolean }, isPrivate: boolean) {
  const given = fakeSetting()
  const channel = given.fake.addChannel({ name: 'desk', members: [given.aya], isPrivate }).id
  return { ...given, channel, person: given.fake.addMember({ name: '他の人', ...who }).id }
}

async function clickedBy(given: Pick<Setting, 'client' | 'fake'>, channel: string, person: string): Promise<unknown> {
  const { ts = '' } = await given.client.chat.postMessage({ channel, text: 'x', blocks: card as never })
  return given.fake.click(person, { channel, ts, actionId: 'go' })
}

describe('who is not in a channel', () => {
  test.each([
    ['a full member', {}, 'public', true],
    ['a full member', {}, 'private', false],
    ['a guest', { isGuest: true }, 'public', false],
    ['a guest', { isGuest: true }, 'private', false],
    ['somebody of another workspace', { isStranger: true }, 'public', false]
  ])('%s %j may look into a %s one: %s', async (_name, who, kind, may) => {
    const { fake, client, channel, person, received } = beside(who, kind === 'private')
    const click = clickedBy({ fake, client }, channel, person)
    if (may) await click
    else await expect(click).rejects.toThrow(/cannot see/)
    expect(received).toHaveLength(may ? 1 : 0)
  })

  test.each([{}, { isGuest: true }, { isStranger: true }])(
    '%j writes nothing there, not even a command',
    async (who) => {
      const { fake, channel, person, received } = beside(who, false)
      await expect(fake.say(person, channel, '@matane 担当')).rejects.toThrow(/is not in/)
      await expect(fake.command(person, channel, '/kpi', 'nps')).rejects.toThrow(/is not in/)
      expect(received).toEqual([])
      expect(fake.messages(channel)).toEqual([])
    }
  )

  test('whoever is invited sees and writes, guests as well, until they leave', async () => {
    const { fake, client, channel, person } = beside({ isGuest: true }, true)
    fake.join(channel, person)
    expect(await clickedBy({ fake, client }, channel, person)).toMatchObject({ ok: true })
    expect(await fake.command(person, channel, '/kpi', 'nps')).toMatchObject({ ok: true })
    fake.leave(channel, person)
    await expect(clickedBy({ fake, client }, channel, person)).rejects.toThrow(/cannot see/)
  })

  test('nobody who does not exist can do anything', async () => {
    const { fake, channel } = fakeSetting()
    await expect(fake.say('U0', channel, 'x')).rejects.toThrow(/No member/)
    await expect(fake.command('U0', channel, '/kpi')).rejects.toThrow(/No member/)
  })
})

test('a button that a message does not have cannot be pressed', async () => {
  const { fake, client, channel, aya, received } = fakeSetting()
  const { ts = '' } = await client.chat.postMessage({ channel, text: 'x', blocks: card as never })
  await expect(fake.click(aya, { channel, ts, actionId: 'other' })).rejects.toThrow(/Nothing to click/)
  await expect(fake.click(aya, { channel, ts: '1.000000', actionId: 'go' })).rejects.toThrow(/Nothing to click/)
  expect(received).toEqual([])
})
