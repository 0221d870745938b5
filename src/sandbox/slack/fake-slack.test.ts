import { describe, expect, it } from 'vitest'
import { card, code, fakeSetting, payloadOf, trigger, view } from '../../../test/support/fake-slack.ts'

describe('triggers and response URLs', () => {
  it('a trigger opens one modal within three seconds', async () => {
    const given = fakeSetting()
    const id = await trigger(given)
    expect(await code(given.client.views.open({ trigger_id: id, view }))).toBe('ok')
    expect(await code(given.client.views.open({ trigger_id: id, view }))).toBe('exchanged_trigger_id')
    const late = await trigger(given)
    given.nowMs += 3_001
    expect(await code(given.client.views.open({ trigger_id: late, view }))).toBe('expired_trigger_id')
  })

  it('a response URL works five times within half an hour', async () => {
    const given = fakeSetting()
    await trigger(given)
    const url: string = payloadOf(given.received.at(-1)?.body ?? '').response_url
    const use = async () =>
      (
        await given.fake.fetch(
          new Request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"hi"}' })
        )
      ).status
    for (let time = 0; time < 5; time += 1) expect(await use()).toBe(200)
    expect(await use()).toBe(404)
    expect(given.fake.ephemerals(given.aya)).toHaveLength(5)
    await trigger(given)
    const late: string = payloadOf(given.received.at(-1)?.body ?? '').response_url
    given.nowMs += 31 * 60_000
    expect((await given.fake.fetch(new Request(late, { method: 'POST', body: '{}' }))).status).toBe(404)
  })
})

describe('what people do', () => {
  it('is signed and shaped as Slack does it', async () => {
    const given = fakeSetting()
    await trigger(given)
    const click = given.received.at(-1)
    expect(click?.problem).toBeUndefined()
    expect(payloadOf(click?.body ?? '')).toMatchObject({
      type: 'block_actions',
      user: { id: given.aya, team_id: given.fake.teamId },
      team: { id: given.fake.teamId },
      channel: { id: given.channel },
      container: { type: 'message', channel_id: given.channel, is_ephemeral: false },
      actions: [
        { action_id: 'go', block_id: 'b', type: 'button', value: '812', action_ts: expect.stringMatching(/^\d+\.\d+$/) }
      ]
    })
    await given.fake.command(given.aya, given.channel, '/kpi', 'a & b @彩')
    const command = given.received.at(-1)
    expect(command?.problem).toBeUndefined()
    expect(Object.fromEntries(new URLSearchParams(command?.body))).toMatchObject({
      command: '/kpi',
      text: `a &amp; b <@${given.aya}|彩>`,
      user_id: given.aya
    })
  })

  it('a form fills in what was not touched, and insists on required fields and lengths before sending', async () => {
    const given = fakeSetting()
    await given.client.views.open({ trigger_id: await trigger(given), view })
    const sent = given.received.length
    expect((await given.fake.submitModal(given.aya, {})).errors).toHaveProperty('note')
    expect((await given.fake.submitModal(given.aya, { note: 'x'.repeat(6) })).errors).toHaveProperty('note')
    expect(given.received).toHaveLength(sent)
    given.answers.push(Response.json({ response_action: 'errors', errors: { note: 'だめ' } }))
    expect(await given.fake.submitModal(given.aya, { note: 'よし' })).toEqual({
      ok: false,
      status: 200,
      errors: { note: 'だめ' }
    })
    expect(await given.fake.submitModal(given.aya, { note: 'よし' })).toMatchObject({ ok: true })
    expect(payloadOf(given.received.at(-1)?.body ?? '').view.state.values).toEqual({
      note: { v: { type: 'plain_text_input', value: 'よし' } },
      how: { v: { type: 'radio_buttons', selected_option: null } }
    })
    expect(given.fake.modal(given.aya)).toEqual([])
  })

  it('clicking what is not there is a mistake of the test, not of the product', async () => {
    const { fake, aya, channel, received } = fakeSetting()
    await expect(fake.click(aya, { channel, ts: '1.000000', actionId: 'go' })).rejects.toThrow(/Nothing to click/)
    await expect(fake.submitModal(aya, {})).rejects.toThrow(/no modal/)
    await expect(fake.say(fake.addMember({ name: 'x' }).id, channel, 'hi')).rejects.toThrow(/not in/)
    expect(received).toEqual([])
  })

  it('what only one person sees, only that person can click', async () => {
    const { fake, client, aya, channel, received } = fakeSetting()
    const kenta = fake.addMember({ name: 'Kenta' }).id
    const { message_ts: ts = '' } = await client.chat.postEphemeral({
      channel,
      user: aya,
      text: 'x',
      blocks: card as never
    })
    await expect(fake.click(kenta, { channel, ts, actionId: 'go' })).rejects.toThrow(/Nothing to click/)
    expect(await fake.click(aya, { channel, ts, actionId: 'go' })).toMatchObject({ ok: true })
    expect(payloadOf(received.at(-1)?.body ?? '')).toMatchObject({ container: { is_ephemeral: true } })
  })

  it('an answer to a command in its acknowledgement is shown to the one person, or to all when it says so', async () => {
    const { fake, aya, channel, answers } = fakeSetting()
    answers.push(new Response('こっそり'), Response.json({ response_type: 'in_channel', text: 'みんなへ' }))
    await fake.command(aya, channel, '/kpi', 'nps')
    await fake.command(aya, channel, '/kpi', 'nps')
    expect(fake.ephemerals(aya).map(({ text }) => text)).toEqual(['こっそり'])
    expect(fake.messages(channel).map(({ text }) => text)).toEqual(['みんなへ'])
  })

  it('closing a form tells the product only when it asked', async () => {
    const given = fakeSetting()
    await given.client.views.open({ trigger_id: await trigger(given), view })
    const sent = given.received.length
    await given.fake.closeModal(given.aya)
    expect(given.received).toHaveLength(sent)
    await given.client.views.open({ trigger_id: await trigger(given), view: { ...view, notify_on_close: true } })
    await given.fake.closeModal(given.aya)
    expect(payloadOf(given.received.at(-1)?.body ?? '')).toMatchObject({ type: 'view_closed', is_cleared: false })
    expect(given.fake.modal(given.aya)).toEqual([])
  })

  it('a click in a modal names the modal and no channel; one that is not there is a mistake of the test', async () => {
    const given = fakeSetting()
    await given.client.views.open({ trigger_id: await trigger(given), view: { ...view, blocks: card as never } })
    expect(await given.fake.clickInModal(given.aya, { actionId: 'go' })).toMatchObject({ ok: true })
    const sent = payloadOf(given.received.at(-1)?.body ?? '')
    const [shown] = given.fake.modal(given.aya)
    expect(sent).toMatchObject({
      type: 'block_actions',
      view: { id: shown?.id, callback_id: 'form' },
      actions: [{ value: '812' }]
    })
    expect(sent).not.toHaveProperty('channel')
    await expect(given.fake.clickInModal(given.aya, { actionId: 'gone' })).rejects.toThrow(/Nothing to click/)
  })

  it('a form may answer with another one', async () => {
    const given = fakeSetting()
    await given.client.views.open({ trigger_id: await trigger(given), view })
    const next = { ...view, callback_id: 'next' }
    given.answers.push(
      Response.json({ response_action: 'push', view: next }),
      Response.json({ response_action: 'clear' })
    )
    await given.fake.submitModal(given.aya, { note: 'a' })
    expect(given.fake.modal(given.aya).map((shown) => shown.view.callback_id)).toEqual(['form', 'next'])
    await given.fake.submitModal(given.aya, { note: 'a' })
    expect(given.fake.modal(given.aya)).toEqual([])
  })

  it('an action that nobody answers within three seconds has failed', async () => {
    const given = fakeSetting()
    given.answers.push('never', new Response(null, { status: 500 }))
    expect(await given.fake.command(given.aya, given.channel, '/kpi')).toMatchObject({ ok: false, status: 0 })
    expect(await given.fake.command(given.aya, given.channel, '/kpi')).toMatchObject({ ok: false, status: 500 })
  })

  it('a mention reaches the app only where the app is, in an envelope that names the installation', async () => {
    const { fake, channel, aya, received } = fakeSetting()
    const elsewhere = fake.addChannel({ name: 'x', withBot: false, members: [aya] }).id
    await fake.say(aya, elsewhere, '@matane 担当')
    await fake.say(aya, channel, 'ただの雑談')
    expect(received).toEqual([])
    const ts = await fake.say(aya, channel, '@matane 担当 <!channel>')
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      type: 'event_callback',
      event_id: expect.stringMatching(/^Ev/),
      event: { type: 'app_mention', user: aya, channel, ts, text: `<@${fake.botUserId}> 担当 &lt;!channel&gt;` },
      authorizations: [{ team_id: fake.teamId, is_bot: true }],
      is_ext_shared_channel: false
    })
  })

  it('an event that is not acknowledged is told again, with the same id and why', async () => {
    const given = fakeSetting({ retryDelaysMs: [0, 0, 0] })
    given.answers.push(new Response(null, { status: 503 }), new Response(null, { status: 500 }))
    await given.fake.mention(given.aya, given.channel, '担当')
    while (given.received.length < 3) await new Promise((resolve) => setImmediate(resolve))
    expect(
      given.received.map(({ headers }) => [headers.get('x-slack-retry-num'), headers.get('x-slack-retry-reason')])
    ).toEqual([
      [null, null],
      ['1', 'http_error'],
      ['2', 'http_error']
    ])
    expect(new Set(given.received.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1)
    expect(given.received.every(({ problem }) => problem === undefined)).toBe(true)
  })
})

describe('faults on demand', () => {
  it('a lost answer did happen; a hang and an error did not', async () => {
    const { fake, client, channel } = fakeSetting()
    fake.faults.failNext('chat.postMessage', { kind: 'lose_answer' })
    expect(await code(client.chat.postMessage({ channel, text: '届いた' }))).toBeUndefined()
    fake.faults.failNext('*', { kind: 'error', error: 'fatal_error' })
    expect(await code(client.chat.postMessage({ channel, text: 'x' }))).toBe('fatal_error')
    fake.faults.failNext('chat.postMessage', { kind: 'hang' })
    const hasty = AbortSignal.timeout(20)
    const hanging = fake.fetch(
      new Request('http://slack.test/api/chat.postMessage', { method: 'POST', body: 'text=x', signal: hasty })
    )
    await expect(hanging).rejects.toThrow()
    expect(fake.messages(channel).map(({ text }) => text)).toEqual(['届いた'])
  })

  it('are over after as many calls as asked', async () => {
    const { fake, client, channel } = fakeSetting()
    fake.faults.failNext('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 1 }, 2)
    const tried = [1, 2, 3].map(() => code(client.chat.postMessage({ channel, text: 'x' })))
    expect(await Promise.all(tried)).toEqual([undefined, undefined, 'ok'])
  })
})

describe('a snapshot', () => {
  it('brings everything back in another process, and time goes on', async () => {
    const before = fakeSetting()
    const { ts = '' } = await before.client.chat.postMessage({
      channel: before.channel,
      text: '一',
      blocks: card as never
    })
    const after = fakeSetting()
    after.fake.restore(JSON.parse(JSON.stringify(before.fake.snapshot())))
    expect(after.fake.snapshot()).toEqual(before.fake.snapshot())
    expect(await after.fake.click(before.aya, { channel: before.channel, ts, actionId: 'go' })).toMatchObject({
      ok: true
    })
    const next = await after.client.chat.postMessage({ channel: before.channel, text: '二' })
    expect((next.ts ?? '') > ts).toBe(true)
    expect((await after.client.auth.test()).team_id).toBe(before.fake.teamId)
  })

  it('tells listeners about changes until they stop listening', async () => {
    const { fake, client, channel } = fakeSetting()
    let changes = 0
    const stop = fake.onChange(() => {
      changes += 1
    })
    await client.chat.postMessage({ channel, text: 'x' })
    expect(changes).toBe(1)
    stop()
    await client.chat.postMessage({ channel, text: 'x' })
    expect(changes).toBe(1)
  })
})
