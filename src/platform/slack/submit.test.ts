import { afterEach, describe, expect, it, vi } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type SlackWorld, slackWorld } from '../../../test/support/slack-world.ts'
import type { FieldErrors, SlackHandlers, Submission } from './index.ts'
import { input, modal, multiStaticSelect, radioButtons, section, textInput, usersSelect } from './index.ts'

const db = useDatabase()

const choices = [
  { text: '引き留め', value: 'retained' },
  { text: '様子見', value: 'watch' }
]
const form = modal({
  callbackId: 'ticket.resolve',
  title: '解決',
  submit: '解決する',
  privateMetadata: 'ticket 812 with spaces',
  blocks: [
    section('お疲れさまでした'),
    input({ blockId: 'outcome', label: '結果', element: radioButtons({ actionId: 'v', choices }) }),
    input({ blockId: 'note', label: 'メモ', optional: true, element: textInput({ actionId: 'v', multiline: true }) }),
    input({
      blockId: 'tags',
      label: 'タグ',
      optional: true,
      element: multiStaticSelect({ actionId: 'v', placeholder: 'タグ', choices })
    }),
    input({
      blockId: 'who',
      label: '担当',
      optional: true,
      element: usersSelect({ actionId: 'v', placeholder: '担当' })
    })
  ]
})
const plain = modal({
  callbackId: 'ticket.resolve',
  title: '解決',
  submit: 'はい',
  blocks: [section('よろしいですか')]
})

type Run = (submission: Submission) => Promise<FieldErrors | undefined>

/** A world in which /matane open opens the form and `run` takes it. */
async function withForm(run: Run, view = form): Promise<SlackWorld> {
  const handlers: SlackHandlers = {
    verbs: { open: { role: 'cs', help: { ja: '', en: '' }, run: (command) => command.openModal(view) } },
    submissions: { 'ticket.resolve': { role: 'cs', run } }
  }
  const world = slackWorld(db(), [handlers])
  await world.fake.command(world.aya.id, world.alerts, '/matane', 'open')
  await world.settle()
  return world
}

const whispered = (world: SlackWorld, userId: string) => world.fake.ephemerals(userId).map(({ text }) => text)

describe('a submitted form', () => {
  it('gives its fields by block, what the feature hid in it, and a cause that is the same when sent twice', async () => {
    const seen: Submission[] = []
    const world = await withForm(async (submission) => void seen.push(submission))
    const before = world.fake.snapshot()
    const values = { outcome: 'retained', tags: ['watch', 'retained'], who: world.kenta.id }
    expect(await world.fake.submitModal(world.aya.id, values)).toMatchObject({ ok: true })
    world.fake.restore(before)
    await world.fake.submitModal(world.aya.id, values)
    const [first, again] = seen
    expect(first).toMatchObject({
      values: { outcome: 'retained', note: undefined, tags: ['watch', 'retained'], who: world.kenta.id },
      privateMetadata: 'ticket 812 with spaces',
      channel: world.alerts,
      staff: { id: world.aya.id }
    })
    expect(again?.cause).toBe(first?.cause)
    expect(first?.cause).toMatch(/^slack:V\w+:/)
  })

  it('that comes back corrected has another cause: it is not the one that was told twice', async () => {
    const causes: string[] = []
    const world = await withForm(async ({ cause, values }) => {
      causes.push(cause)
      return values.note === 'x' ? { note: 'もう少し詳しくお願いします。' } : undefined
    })
    await world.fake.submitModal(world.aya.id, { outcome: 'retained', note: 'x' })
    expect(await world.fake.submitModal(world.aya.id, { outcome: 'retained', note: 'xy' })).toMatchObject({ ok: true })
    expect(new Set(causes).size).toBe(2)
  })

  it('closes when it was taken', async () => {
    const world = await withForm(async () => undefined)
    await world.fake.submitModal(world.aya.id, { outcome: 'watch' })
    expect(world.fake.modal(world.aya.id)).toEqual([])
  })

  it('stays open with the faults beside its fields', async () => {
    const world = await withForm(async () => ({ note: 'メモを入れてください' }))
    expect(await world.fake.submitModal(world.aya.id, { outcome: 'watch' })).toMatchObject({
      ok: false,
      errors: { note: 'メモを入れてください' }
    })
    expect(world.fake.modal(world.aya.id)).toMatchObject([{ errors: { note: 'メモを入れてください' } }])
  })

  it('checks the role again: it may have changed since the form was opened', async () => {
    const run = vi.fn<Run>(async () => undefined)
    const world = await withForm(run)
    world.fake.leave(world.alerts, world.aya.id)
    await db().prisma.staff.deleteMany()
    world.nowMs += 61_000
    const result = await world.fake.submitModal(world.aya.id, { outcome: 'retained', note: '大事なメモ' })
    expect(run).not.toHaveBeenCalled()
    expect(result).toMatchObject({ ok: false, errors: { outcome: expect.stringContaining('「CS担当」') } })
    expect(world.fake.modal(world.aya.id)).toHaveLength(1)
  })

  it('is refused when its channel has been shared with outsiders since', async () => {
    const run = vi.fn<Run>(async () => undefined)
    const world = await withForm(run)
    world.fake.setExtShared(world.alerts, true)
    world.nowMs += 61_000
    expect(await world.fake.submitModal(world.aya.id, { outcome: 'retained' })).toMatchObject({ ok: false })
    expect(run).not.toHaveBeenCalled()
  })

  it('keeps what was typed when the work fails', async () => {
    const world = await withForm(() => Promise.reject(new Error('broken')))
    const result = await world.fake.submitModal(world.aya.id, { outcome: 'retained', note: '大事なメモ' })
    expect(result.errors).toEqual({ outcome: expect.stringContaining('もう一度') })
    expect(world.fake.modal(world.aya.id)).toHaveLength(1)
    expect(world.scope.lines).toContainEqual(expect.objectContaining({ level: 'error', message: 'Slack form failed' }))
  })

  it('without fields says a failure as a whisper where it was opened', async () => {
    const world = await withForm(() => Promise.reject(new Error('broken')), plain)
    await world.fake.submitModal(world.aya.id, {})
    await world.settle()
    expect(world.fake.ephemerals(world.aya.id)).toMatchObject([
      { channel: world.alerts, text: expect.stringContaining('もう一度') }
    ])
  })

  it('gives way to the modal that its handler opens, which remembers the channel; with faults it stays', async () => {
    const world = await withForm(async (submission) => {
      submission.openModal({ ...plain, private_metadata: 'next' })
      return submission.values.note === undefined ? { note: '書いてください' } : undefined
    })
    expect(await world.fake.submitModal(world.aya.id, { outcome: 'watch' })).toMatchObject({ ok: false })
    expect(world.fake.modal(world.aya.id)).toMatchObject([
      { view: { private_metadata: expect.stringContaining('812') } }
    ])
    expect(await world.fake.submitModal(world.aya.id, { outcome: 'watch', note: 'はい' })).toMatchObject({ ok: true })
    expect(world.fake.modal(world.aya.id)).toMatchObject([{ view: { private_metadata: `${world.alerts} next` } }])
  })

  it('of another version is told so, and stays open', async () => {
    const old = modal({
      ...{ callbackId: 'ticket.old', title: '古い' },
      submit: 'はい',
      blocks: form.blocks
        .flatMap((block) =>
          block.type === 'input' ? [input({ blockId: 'note', label: 'a', element: textInput({ actionId: 'v' }) })] : []
        )
        .slice(0, 1)
    })
    const world = await withForm(async () => undefined, old)
    const result = await world.fake.submitModal(world.aya.id, { note: 'x' })
    expect(result.errors).toEqual({ note: expect.stringContaining('古くなった') })
  })

  it('whispers go to the person directly when they are not in the channel', async () => {
    const world = await withForm(async (submission) => {
      await submission.whisper('保存しました')
      return undefined
    })
    world.fake.leave(world.alerts, world.aya.id)
    await world.fake.submitModal(world.aya.id, { outcome: 'watch' })
    await world.settle()
    const direct = world.fake.channels().find(({ isDirect }) => isDirect)
    expect(world.fake.messages(direct?.id ?? '')).toMatchObject([{ text: '保存しました' }])
  })
})

describe('a form whose work takes longer than Slack waits', () => {
  afterEach(() => void vi.useRealTimers())

  /** Submitted, and acknowledged while `run` still works; `finish` ends that, and waits until Slack shows how it went. */
  async function submitLate(run: (submission: Submission) => FieldErrors | undefined) {
    let done = (): void => undefined
    const working = new Promise<void>((resolve) => (done = resolve))
    const world = await withForm(async (submission) => {
      await working
      return run(submission)
    })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const submitting = world.fake.submitModal(world.aya.id, { outcome: 'watch' })
    while (vi.getTimerCount() < 3) await new Promise((resolve) => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(2_500)
    expect(await submitting).toMatchObject({ ok: true, status: 200 })
    const finish = async () => {
      done()
      await vi.advanceTimersByTimeAsync(1_000)
      vi.useRealTimers()
      await world.settle()
    }
    return { world, finish, shown: () => JSON.stringify(world.fake.modal(world.aya.id).map(({ view }) => view)) }
  }

  it('says so in its place, and then that it is done', async () => {
    const { finish, shown, world } = await submitLate(() => undefined)
    expect(shown()).toContain('少し時間がかかっています')
    await finish()
    expect(shown()).toContain('完了しました')
    expect(whispered(world, world.aya.id)).toEqual([])
  })

  it('still gives way to the modal that its handler opens', async () => {
    const { finish, world } = await submitLate((submission) => {
      submission.openModal({ ...plain, private_metadata: 'next' })
      return undefined
    })
    await finish()
    expect(world.fake.modal(world.aya.id)).toMatchObject([{ view: { private_metadata: `${world.alerts} next` } }])
  })

  it('shows its faults as they were meant, and that the form is to be filled in again', async () => {
    const { finish, shown } = await submitLate(() => ({ note: '<長すぎます>' }))
    await finish()
    expect(shown()).toMatch(/&lt;長すぎます&gt;.*もう一度開いて入力/)
  })

  it('whispers its faults to whoever has closed it, and nothing when all went well', async () => {
    for (const [faults, heard] of [
      [{ note: '長すぎます' }, [expect.stringContaining('長すぎます')]],
      [undefined, []]
    ] as const) {
      const { finish, world } = await submitLate(() => faults)
      await world.fake.closeModal(world.aya.id)
      await finish()
      expect(whispered(world, world.aya.id)).toEqual(heard)
    }
  })
})
