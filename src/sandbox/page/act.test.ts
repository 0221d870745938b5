import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { aChoice } from '../../../test/support/page.ts'
import { LOCAL, useSandbox } from '../../../test/support/sandbox-world.ts'
import { actionsFor } from './act.ts'
import { draftAt, type Field, placeOf, withDraft } from './drafts.ts'
import type { Choice } from './state.ts'
import { TEXTS } from './texts.ts'

const db = useDatabase()
const world = useSandbox(db)

/** The page's own calls go to the sandbox's routes, as from a browser on this machine; the wires stay real. */
beforeEach(() => {
  const real = fetch
  vi.stubGlobal('fetch', (to: string | Request, init: RequestInit = {}) => {
    if (typeof to !== 'string' || !to.startsWith('/')) return real(to, init)
    return world().sandbox.routes.request(to, { ...init, headers: { ...LOCAL, ...(init.headers as object) } })
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

/** The actions of somebody at the page. `settled` resolves once what was begun is seen, or was told to have failed. */
async function atThePage(person = '佐藤 花子', staff = '彩', channel = 'cs-alerts') {
  const first = await world().state()
  const staffId = first.staff.find(({ name }) => name === staff)?.id ?? ''
  const { channels } = await world().state(`?staff=${staffId}`)
  const channelId = channels.find(({ name }) => name === channel)?.id ?? ''
  let choice: Choice = { ...aChoice, person: await world().idOf(person), staff: staffId, channel: channelId }
  const told: (string | undefined)[] = []
  let done = (): void => undefined
  const settled = () =>
    new Promise<void>((resolve) => {
      done = resolve
    })
  const act = actionsFor({
    choice: () => choice,
    choose: (change) => {
      choice = { ...choice, ...change }
    },
    draft: () => undefined,
    focusLine: () => told.push('focus'),
    refresh: async () => done(),
    toast: (words) => {
      told.push(words)
      if (words === TEXTS.ja.failed || words === TEXTS.ja.scanFailed) done()
    },
    texts: () => TEXTS.ja
  })
  const write = (field: Field, words: string) => act.choose(withDraft(choice, placeOf(choice, field), words))
  const written = (field: Field) => draftAt(choice, placeOf(choice, field))
  const state = () => world().state(`?person=${choice.person}&staff=${staffId}&channel=${channelId}`)
  return { act, told, settled, state, write, written, choice: () => choice }
}

const sent = (index: number) => JSON.parse(world().got[index]?.body ?? '{}')

describe('what is done at the phone reaches the product as LINE would tell it', () => {
  test('words, once, and the field is empty then', async () => {
    const { act, settled, write, written } = await atThePage()
    act.follow()
    await settled()
    write('line', 'こんにちは')
    act.say('こんにちは')
    await settled()
    expect(sent(1).events).toMatchObject([{ type: 'message', message: { text: 'こんにちは' } }])
    expect(written('line')).toBe('')
  })

  test('a sticker, a tap, taking back, blocking', async () => {
    const { act, settled, state } = await atThePage('田中 健')
    const acts = [
      () => act.sticker(),
      () => act.tap({ type: 'postback', label: '3', data: 'v1 a {}', displayText: '3点' }),
      () => act.say('ひみつ'),
      async () => act.unsend((await state()).chat.at(-1)?.id ?? ''),
      () => act.block()
    ]
    for (const each of acts) {
      const ready = settled()
      await each()
      await ready
    }
    const types = world().got.map((_, index) => sent(index).events[0].type)
    expect(types).toEqual(['message', 'postback', 'message', 'unsend', 'unfollow'])
    expect(JSON.stringify((await state()).chat)).not.toContain('ひみつ')
  })

  test('a day picked in the calendar that a button opens', async () => {
    const { act, settled, choice } = await atThePage('田中 健')
    const calendar = { type: 'datetimepicker', mode: 'date', label: '日付を選ぶ', data: 'v1 d {}', min: '2026-11-22' }
    act.tap(calendar)
    expect(choice().dialog).toEqual({ pick: calendar })
    expect(world().got).toEqual([])
    act.pick(calendar, '2026-12-24')
    await settled()
    expect(choice().dialog).toBeUndefined()
    expect(sent(0).events).toMatchObject([{ type: 'postback', postback: { params: { date: '2026-12-24' } } }])
  })

  test('empty words are nothing to send', async () => {
    const { act, told } = await atThePage()
    for (const words of ['', '  ', '\n']) act.say(words)
    act.post('   ')
    act.addPerson('', 'ja')
    expect([told, world().got]).toEqual([[], []])
  })
})

describe('what was written is not lost', () => {
  const outage = () => {
    vi.stubGlobal('fetch', () => Promise.reject(new Error('The server is away')))
  }

  test.each([
    ['line', undefined],
    ['channel', undefined],
    ['thread', '1.000001']
  ] as const)('when it could not be sent: it is in the field of the %s again', async (field, thread) => {
    const { act, settled, write, written, told } = await atThePage()
    act.choose({ thread })
    write(field, 'お世話になります')
    outage()
    const failed = settled()
    if (field === 'line') act.say('お世話になります')
    else act.post('お世話になります', thread)
    expect(written(field)).toBe('')
    await failed
    expect([written(field), told.at(-1)]).toEqual(['お世話になります', TEXTS.ja.failed])
  })

  test('and does not take the place of what was written since', async () => {
    const { act, settled, write, written } = await atThePage()
    write('line', 'お世話になります')
    outage()
    const failed = settled()
    act.say('お世話になります')
    write('line', 'つぎの言葉')
    await failed
    expect(written('line')).toBe('つぎの言葉')
  })

  test('and goes back to the phone it was written at, whoever’s phone is looked at by then', async () => {
    const { act, settled, write, written, choice } = await atThePage()
    const { person } = choice()
    write('line', 'お世話になります')
    outage()
    const failed = settled()
    act.say('お世話になります')
    act.choose({ person: 'U2' })
    await failed
    expect(written('line')).toBe('')
    act.choose({ person })
    expect(written('line')).toBe('お世話になります')
  })

  test('when a suggestion is sent instead', async () => {
    const { act, settled, write, written } = await atThePage('佐藤 花子', '店長', 'kpi')
    write('channel', '書きかけ')
    act.post('/kpi nps 今月')
    await settled()
    expect(written('channel')).toBe('書きかけ')
  })
})

describe('addresses under a finger', () => {
  test('a prefilled message is in the field under the keyboard, not sent', async () => {
    const { act, told, written } = await atThePage()
    act.tap({ type: 'uri', uri: 'https://line.me/R/oaMessage/@m/?%E3%81%82' })
    expect([written('line'), told, world().got]).toEqual(['あ', ['focus'], []])
  })

  test('LINE’s QR reader opens the tablet', async () => {
    const { act, choice } = await atThePage()
    act.tap({ type: 'uri', uri: 'https://line.me/R/nv/QRCodeReader' })
    expect(choice().dialog).toBe('scan')
    expect(world().got).toEqual([])
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', 'not an address'])('%j opens nothing', async (uri) => {
    const open = vi.fn()
    vi.stubGlobal('window', { open })
    const { act } = await atThePage()
    act.tap({ type: 'uri', uri })
    expect(open).not.toHaveBeenCalled()
    expect(world().got).toEqual([])
  })
})

describe('what is done in Slack reaches the product as Slack would tell it', () => {
  test('a command in a channel', async () => {
    const { act, settled } = await atThePage('佐藤 花子', '店長', 'kpi')
    act.post('/kpi nps 今月')
    await settled()
    expect(new URLSearchParams(world().got[0]?.body).get('command')).toBe('/kpi')
  })

  test('words for nobody stay in the channel', async () => {
    const { act, settled, state } = await atThePage()
    act.post('お昼にします')
    await settled()
    expect((await state()).messages.map(({ text }) => text)).toEqual(['お昼にします'])
    expect(world().got).toEqual([])
  })

  test('a press on a button that is gone is told, and nothing is sent', async () => {
    const { act, settled, told } = await atThePage()
    act.click({ ts: '1.000001', actionId: 'follow_up.claim', blockId: 'b', type: 'button', value: '1' })
    await settled()
    expect(told).toEqual([TEXTS.ja.failed])
    expect(world().got).toEqual([])
  })

  test('a form that is not open cannot be submitted', async () => {
    const { act, settled, told } = await atThePage()
    act.submit({ note: 'x' })
    await settled()
    expect(told).toEqual([TEXTS.ja.failed])
  })
})

describe('the page', () => {
  test('a new customer is the one at the phone', async () => {
    const { act, settled, choice, state } = await atThePage()
    act.addPerson('山田 太郎', 'ja')
    await settled()
    const { people } = await state()
    expect(people.find(({ id }) => id === choice().person)).toMatchObject({ name: '山田 太郎', relation: 'new' })
    expect(choice()).toMatchObject({ dialog: undefined, tab: 'phone' })
  })

  test('moving the clock says where it arrived', async () => {
    const { act, settled, told } = await atThePage()
    act.advance('3d')
    await settled()
    expect(told).toEqual([TEXTS.ja.moving, expect.stringMatching(/^\d{1,2}\/\d{1,2} \d\d:\d\d になりました$/)])
    expect(world().ticks).toBeGreaterThan(0)
  })

  test('a counter that does not answer is told, and the tablet stays open', async () => {
    const { act, settled, told, choice } = await atThePage()
    act.choose({ dialog: 'scan' })
    act.scan('/counter/kamakura?key=k')
    await settled()
    expect(told).toEqual([TEXTS.ja.failed])
    expect(choice().dialog).toBe('scan')
  })
})
