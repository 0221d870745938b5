import { describe, expect, test } from 'vitest'
import { aChoice, aState, byTestId, pageView as makeView, press } from '../../../test/support/page.ts'
import { draftAt, type Field, placeOf, withDraft } from './drafts.ts'
import { pageView } from './page.ts'
import type { Choice } from './state.ts'

const write = (choice: Choice, field: Field, words: string): Choice => ({
  ...choice,
  ...withDraft(choice, placeOf(choice, field), words)
})
const written = (choice: Choice, field: Field) => draftAt(choice, placeOf(choice, field))

describe('what is being typed', () => {
  test.each<[Field, Partial<Choice>]>([
    ['line', { person: 'U2' }],
    ['channel', { channel: 'C2' }],
    ['channel', { staff: 'UKEN' }],
    ['thread', { thread: '2.2' }],
    ['thread', { channel: 'C2' }]
  ])('in the field of the %s waits there while the page looks elsewhere: %j', (field, elsewhere) => {
    const here = { ...aChoice, thread: '1.1' }
    const typed = write(here, field, '書きかけ')
    const away = { ...typed, ...elsewhere }
    expect(written(away, field)).toBe('')
    const both = { ...write(away, field, '別の言葉'), person: here.person, staff: here.staff }
    expect(written({ ...both, channel: here.channel, thread: here.thread }, field)).toBe('書きかけ')
  })

  test('in one field leaves the other two alone', () => {
    const fields: Field[] = ['line', 'channel', 'thread']
    const all = fields.reduce<Choice>((choice, field) => write(choice, field, field), { ...aChoice, thread: '1.1' })
    expect(fields.map((field) => written(all, field))).toEqual(fields)
  })

  test('is shown in its field, and no switch of customer, channel or thread throws it away', () => {
    const { view, done } = makeView()
    const blocks = [{ type: 'divider' }]
    const message = {
      ts: '1.1',
      threadTs: undefined,
      isBroadcast: false,
      user: 'UBOT',
      at: aState.now,
      text: 'x',
      blocks
    }
    const state = { ...aState, messages: [{ ...message, edited: false, whisper: false }] }
    const open = { ...aChoice, thread: '1.1' }
    const choice = write(write(write(open, 'line', 'a'), 'channel', 'b'), 'thread', 'c')
    const progress = { stamped: false, alerted: false, resolved: false }
    const parts = pageView({ state, feed: [], choice, progress, toast: undefined }, view)
    const shown = ['line-input', 'slack-input', 'thread-input'].map((id) => byTestId(parts, id)[0]?.props.value)
    expect(shown).toEqual(['a', 'b', 'c'])
    for (const id of ['person-佐藤 花子', 'channel-cs-alerts', 'open-thread']) press(byTestId(parts, id)[0])
    expect(done.map(([, change]) => change)).toEqual([
      { person: 'U1' },
      { channel: 'C1', thread: undefined },
      { thread: '1.1' }
    ])
  })
})
