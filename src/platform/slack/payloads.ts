import { z } from 'zod'

/** The parts of Slack's payloads that we use; Slack may add others at any time. */

const Person = z.looseObject({ id: z.string(), team_id: z.string().optional() })
const Team = z.looseObject({ id: z.string() }).nullish()
const Option = z.looseObject({ value: z.string() })

/** A file in a form; what Slack says of it is asked again before it is read. */
const FormFile = z.looseObject({ id: z.string(), name: z.string().default(''), size: z.number().default(0) })

/** What a person entered or chose in one element. */
const Entry = z.looseObject({
  value: z.string().nullish(),
  selected_option: Option.nullish(),
  selected_options: z.array(Option).nullish(),
  selected_user: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  files: z.array(FormFile).nullish()
})
type Entry = z.infer<typeof Entry>

const View = z.looseObject({
  id: z.string(),
  hash: z.string().optional(),
  callback_id: z.string(),
  private_metadata: z.string().default(''),
  blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })).default([]),
  state: z.looseObject({ values: z.record(z.string(), z.record(z.string(), Entry)) }).default({ values: {} })
})

/** A click on a button or a choice in a menu. */
export const BlockActions = z.looseObject({
  type: z.literal('block_actions'),
  user: Person,
  team: Team,
  trigger_id: z.string(),
  response_url: z.string().optional(),
  channel: z.looseObject({ id: z.string() }).optional(),
  message: z.looseObject({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  view: View.optional(),
  actions: z
    .array(Entry.extend({ action_id: z.string(), block_id: z.string().default(''), action_ts: z.string() }))
    .min(1)
})
/** As above. */
export type BlockActions = z.infer<typeof BlockActions>

/** A modal sent. */
export const ViewSubmission = z.looseObject({
  type: z.literal('view_submission'),
  user: Person,
  team: Team,
  trigger_id: z.string().optional(),
  view: View
})
/** As above. */
export type ViewSubmission = z.infer<typeof ViewSubmission>

/** A slash command's form. */
export const SlashCommand = z.looseObject({
  command: z.string(),
  text: z.string().default(''),
  user_id: z.string(),
  team_id: z.string(),
  channel_id: z.string(),
  response_url: z.string(),
  trigger_id: z.string()
})
/** As above. */
export type SlashCommand = z.infer<typeof SlashCommand>

/** The envelope of the Events API. */
export const EventCallback = z.looseObject({
  type: z.literal('event_callback'),
  event_id: z.string(),
  event_time: z.number(),
  team_id: z.string().optional(),
  is_ext_shared_channel: z.boolean().optional(),
  event: z.looseObject({
    type: z.string(),
    channel: z.unknown(),
    ts: z.string().optional(),
    thread_ts: z.string().optional(),
    event_ts: z.string().optional()
  })
})
/** As above. */
export type EventCallback = z.infer<typeof EventCallback>

/** "@matane …" said in a channel or thread. */
export const MentionEvent = z.looseObject({
  type: z.literal('app_mention'),
  user: z.string(),
  bot_id: z.string().optional(),
  team: z.string().optional(),
  user_team: z.string().optional(),
  text: z.string().default(''),
  channel: z.string(),
  ts: z.string(),
  thread_ts: z.string().optional()
})
/** As above. */
export type MentionEvent = z.infer<typeof MentionEvent>

/** The one value of an element: typed text, chosen value, user or date; several as an array; undefined when empty. */
export function entered(entry: Entry): string | readonly string[] | undefined {
  if (entry.selected_options) return entry.selected_options.map(({ value }) => value)
  if (entry.selected_users) return entry.selected_users
  const one = entry.value ?? entry.selected_option?.value ?? entry.selected_user
  return one ?? entry.selected_date ?? entry.selected_time ?? undefined
}
