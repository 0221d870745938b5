import { z } from 'zod'
import type { FakeLine } from './line/index.ts'
import type { FakeSlack } from './slack/index.ts'

const Id = z.string().min(1).max(100)
const Words = z.string().min(1).max(5000)

/** What a person does at the phone: POST /sandbox/line. */
export const LineDoing = z.discriminatedUnion('do', [
  z.object({ do: z.literal('follow'), person: Id }),
  z.object({ do: z.literal('block'), person: Id }),
  z.object({ do: z.literal('say'), person: Id, text: Words }),
  z.object({ do: z.literal('sticker'), person: Id }),
  z.object({
    do: z.literal('tap'),
    person: Id,
    action: z.record(z.string(), z.unknown()),
    date: z.iso.date().optional()
  }),
  z.object({ do: z.literal('unsend'), person: Id, messageId: Id })
])
export type LineDoing = z.infer<typeof LineDoing>

/** A new customer: POST /sandbox/people. */
export const NewPerson = z.object({ name: z.string().trim().min(1).max(60), language: z.enum(['ja', 'en']) })

const Where = { staff: Id, channel: Id }
const FieldValue = z.union([z.string().max(5000), z.array(z.string().max(200)).max(100)])

/** What a staff member does in Slack: POST /sandbox/slack. */
export const SlackDoing = z.discriminatedUnion('do', [
  z.object({
    ...Where,
    do: z.literal('click'),
    /** Of the message; a click without is in the person's modal. */
    ts: Id.optional(),
    actionId: Id,
    blockId: Id,
    type: Id,
    value: z.string().max(2000)
  }),
  z.object({ ...Where, do: z.literal('submit'), values: z.record(z.string(), FieldValue) }),
  z.object({ ...Where, do: z.literal('close') }),
  z.object({ ...Where, do: z.literal('post'), text: Words, threadTs: Id.optional() })
])
export type SlackDoing = z.infer<typeof SlackDoing>

/** A file for a form, in base64: POST /sandbox/file. */
export const NewFile = z.object({ staff: Id, name: z.string().min(1).max(200), data: z.base64() })

/** How time is moved: POST /sandbox/clock. */
export const ClockDoing = z.object({ advance: z.string().max(10) })

/** Carries it out at the fake LINE, which tells the product by a signed webhook. */
export async function doInLine(line: FakeLine, doing: LineDoing): Promise<void> {
  switch (doing.do) {
    case 'follow':
      await line.follow(doing.person)
      return
    case 'block':
      await line.block(doing.person)
      return
    case 'say':
      await line.say(doing.person, doing.text)
      return
    case 'sticker':
      await line.sendSticker(doing.person)
      return
    case 'tap':
      await line.tap(doing.person, doing.action, doing.date)
      return
    case 'unsend':
      await line.unsend(doing.person, doing.messageId)
  }
}

/** Carries it out at the fake Slack, which tells the product by a signed request. */
export async function doInSlack(slack: FakeSlack, doing: SlackDoing): Promise<void> {
  const { staff, channel } = doing
  switch (doing.do) {
    case 'click': {
      const { ts, actionId, blockId, type, value } = doing
      const at = { actionId, blockId, ...chosen(type, value) }
      await (ts === undefined ? slack.clickInModal(staff, at) : slack.click(staff, { ...at, channel, ts }))
      return
    }
    case 'submit':
      await slack.submitModal(staff, doing.values)
      return
    case 'close':
      await slack.closeModal(staff)
      return
    case 'post':
      await post(slack, doing)
  }
}

async function post(slack: FakeSlack, { staff, channel, text, threadTs }: SlackDoing & { do: 'post' }): Promise<void> {
  const command = /^(\/[a-z]+)(?:\s+([\s\S]*))?$/.exec(text.trim())
  // Apps' slash commands do not work in threads: there Slack posts them as text.
  if (command?.[1] && !threadTs) await slack.command(staff, channel, command[1], command[2] ?? '')
  else await slack.say(staff, channel, text, threadTs)
}

function chosen(type: string, value: string): { value?: string; selectedUser?: string; selectedOption?: string } {
  if (type === 'button') return { value }
  return type === 'users_select' ? { selectedUser: value } : { selectedOption: value }
}
