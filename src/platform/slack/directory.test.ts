import { describe, expect, it } from 'vitest'
import { createFakeSlack } from '../../sandbox/slack/index.ts'
import { slackClients } from './clients.ts'
import { createDirectoryMemory, slackDirectory } from './directory.ts'

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

function setting() {
  const clock = { nowMs: Date.parse('2026-11-21T00:00:00Z') }
  const nowMs = () => clock.nowMs
  const fake = createFakeSlack({
    signingSecret: 's',
    botToken: 'xoxb-t',
    now: () => new Date(clock.nowMs),
    deliver: async () => new Response(null)
  })
  const aya = fake.addMember({ name: '彩', isAdmin: true })
  const alerts = fake.addChannel({ name: 'alerts', members: [aya.id] })
  const clients = slackClients({
    slack: { botToken: 'xoxb-t', apiUrl: 'http://slack.test/api/' },
    log,
    fetch: (url, init) => fake.fetch(new Request(url, init))
  })
  const directory = slackDirectory({ clients, alertChannel: alerts.id, nowMs })
  return { clock, fake, aya, alerts, clients, directory }
}

describe('the directory', () => {
  it('tells of an account what roles depend on', async () => {
    const { directory, fake, aya } = setting()
    const guest = fake.addMember({ name: 'ゲスト', isGuest: true, locale: 'en-GB' })
    const stranger = fake.addMember({ name: 'よその人', isStranger: true })
    const gone = fake.addMember({ name: '退職者', deleted: true })
    expect(await directory.user(aya.id)).toEqual({
      ...{ id: aya.id, name: '彩', teamId: fake.teamId, locale: 'ja-JP' },
      ...{ isBot: false, isOwner: false, isAdmin: true, isGuest: false, isStranger: false, deleted: false }
    })
    expect(await directory.user(guest.id)).toMatchObject({ isGuest: true, locale: 'en-GB' })
    expect((await directory.user(stranger.id))?.teamId).not.toBe((await directory.self()).teamId)
    expect(await directory.user(gone.id)).toMatchObject({ deleted: true })
    expect(await directory.user(fake.botUserId)).toMatchObject({ isBot: true })
    expect(await directory.user('U0')).toBeUndefined()
  })

  it('finds every member of a large alert channel', async () => {
    const { directory, fake, alerts } = setting()
    for (let count = 0; count < 1_500; count += 1) fake.join(alerts.id, `U${count}`)
    expect((await directory.alertChannelMembers()).size).toBe(1_502)
  })

  it('says whether outsiders read a channel, and nothing of channels the bot cannot see', async () => {
    const { directory, fake, alerts, aya } = setting()
    const shared = fake.addChannel({ name: 'shared', isExtShared: true, members: [aya.id] })
    const hidden = fake.addChannel({ name: 'hidden', isPrivate: true, withBot: false })
    expect(await directory.channel(alerts.id)).toEqual({ id: alerts.id, isExtShared: false })
    expect(await directory.channel(shared.id)).toEqual({ id: shared.id, isExtShared: true })
    expect(await directory.channel(hidden.id)).toBeUndefined()
  })

  it('asks once a minute', async () => {
    const { directory, fake, aya, clock } = setting()
    const asked = () => fake.calls().filter(({ name }) => name === 'users.info').length
    await directory.user(aya.id)
    await directory.user(aya.id)
    expect(asked()).toBe(1)
    clock.nowMs += 61_000
    await directory.user(aya.id)
    expect(asked()).toBe(2)
  })

  it('goes on with what another one has learned, where they share a memory', async () => {
    const { clients, fake, aya, alerts } = setting()
    const memory = createDirectoryMemory()
    for (let request = 0; request < 3; request += 1) {
      const directory = slackDirectory({ clients, alertChannel: alerts.id, memory })
      await Promise.all([directory.self(), directory.user(aya.id), directory.channel(alerts.id)])
      expect((await directory.alertChannelMembers()).has(aya.id)).toBe(true)
    }
    const names = fake.calls().map(({ name }) => name)
    expect(names.sort()).toEqual(['auth.test', 'conversations.info', 'conversations.members', 'users.info'])
  })

  it('keeps few answers, however many accounts there are', async () => {
    const { clients, alerts, fake } = setting()
    const memory = createDirectoryMemory()
    const directory = slackDirectory({ clients, alertChannel: alerts.id, memory })
    for (let count = 0; count < 1_100; count += 1) await directory.user(fake.addMember({ name: `人 ${count}` }).id)
    expect(memory.users.size).toBeLessThanOrEqual(1_000)
  })

  it('remembers no failure', async () => {
    const { directory, fake, aya } = setting()
    fake.faults.failNext('users.info', { kind: 'status', status: 503 })
    await expect(directory.user(aya.id)).rejects.toMatchObject({ retry: 'later' })
    expect(await directory.user(aya.id)).toMatchObject({ name: '彩' })
  })
})
