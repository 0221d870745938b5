import { z } from 'zod'
import { graphemeCount } from '../../core/text.ts'
import { answer, badRequest, refusal } from './answers.ts'
import type { FakeContext } from './context.ts'
import type { ApiCall } from './messages-api.ts'
import type { RichMenu } from './state.ts'

const MOST_MENUS = 1000
const MOST_IMAGE_BYTES = 1024 * 1024
const MOST_LINKED_AT_ONCE = 500
const short = (max: number) => z.string().refine((text) => graphemeCount(text) <= max && text.length > 0, `1–${max}`)
const pixels = z.int().min(0)

/** What LINE takes for a menu (Messaging API reference, "Rich menu object"). */
const Form = z
  .object({
    size: z.object({ width: z.int().min(800).max(2500), height: z.int().min(250) }),
    selected: z.boolean(),
    name: z.string().min(1).max(300),
    chatBarText: short(14),
    areas: z
      .array(
        z.object({
          bounds: z.object({ x: pixels, y: pixels, width: z.int().min(1), height: z.int().min(1) }),
          action: z.discriminatedUnion('type', [
            z.looseObject({
              type: z.literal('message'),
              label: short(20).optional(),
              text: z.string().min(1).max(300)
            }),
            z.looseObject({ type: z.literal('uri'), label: short(20).optional(), uri: z.string().min(1).max(1000) }),
            z.looseObject({
              type: z.literal('postback'),
              label: short(20).optional(),
              data: z.string().min(1).max(300)
            })
          ])
        })
      )
      .max(20)
  })
  .refine(({ size }) => size.width / size.height >= 1.45, { path: ['size'], message: 'aspect ratio' })
  .refine(
    ({ size, areas }) =>
      areas.every(({ bounds: { x, y, width, height } }) => x + width <= size.width && y + height <= size.height),
    { path: ['areas'], message: 'out of the picture' }
  )

type Endpoint = (context: FakeContext, call: ApiCall, ids: readonly string[]) => Response

/** LINE's calls about rich menus, by how they begin; what is in brackets are ids. */
const ENDPOINTS: readonly (readonly [RegExp, Endpoint])[] = [
  [/^POST \/v2\/bot\/richmenu$/, createMenu],
  [/^POST \/v2\/bot\/richmenu\/validate$/, (_context, { body }) => refused(body) ?? answer(200)],
  [/^GET \/v2\/bot\/richmenu\/list$/, ({ state }) => answer(200, { richmenus: Object.values(state.richMenus) })],
  [/^POST \/v2\/bot\/richmenu\/bulk\/link$/, bulkLink],
  [/^POST \/v2\/bot\/richmenu\/bulk\/unlink$/, bulkUnlink],
  [/^POST \/v2\/bot\/richmenu\/([^/]+)\/content$/, setImage],
  [/^GET \/v2\/bot\/richmenu\/([^/]+)\/content$/, getImage],
  [/^DELETE \/v2\/bot\/richmenu\/([^/]+)$/, removeMenu],
  [/^GET \/v2\/bot\/user\/all\/richmenu$/, ({ state }) => idOrNot(state.defaultRichMenu)],
  [/^POST \/v2\/bot\/user\/all\/richmenu\/([^/]+)$/, setDefault],
  [/^GET \/v2\/bot\/user\/([^/]+)\/richmenu$/, ({ state }, _call, [user = '']) => idOrNot(state.richMenuLinks[user])],
  [/^POST \/v2\/bot\/user\/([^/]+)\/richmenu\/([^/]+)$/, link],
  [/^DELETE \/v2\/bot\/user\/([^/]+)\/richmenu$/, unlink]
]

/** Answers a call about rich menus; undefined when it is about something else. */
export function answerRichMenu(context: FakeContext, call: ApiCall): Response | undefined {
  const route = `${call.method} ${call.path}`
  for (const [pattern, endpoint] of ENDPOINTS) {
    const [match, ...ids] = pattern.exec(route) ?? []
    if (match !== undefined) return endpoint(context, call, ids.map(decodeURIComponent))
  }
  return undefined
}

/** The menu below a person's chat: their own, else everybody's. */
export function richMenuOf({ state, pictures }: FakeContext, userId: string): RichMenu | undefined {
  const menu = state.richMenus[state.richMenuLinks[userId] ?? ''] ?? state.richMenus[state.defaultRichMenu ?? '']
  return menu && pictures.has(menu.richMenuId) ? menu : undefined
}

function refused(body: unknown): Response | undefined {
  const parsed = Form.safeParse(body)
  if (parsed.success) return undefined
  return badRequest(parsed.error.issues.map(({ path, message }) => ({ message, property: path.join('/') })))
}

function createMenu(context: FakeContext, { body }: ApiCall): Response {
  const fault = refused(body)
  if (fault) return fault
  const { state } = context
  if (Object.keys(state.richMenus).length >= MOST_MENUS)
    return refusal(400, 'The maximum number of rich menus was reached')
  const richMenuId = `richmenu-${crypto.randomUUID().replaceAll('-', '')}`
  state.richMenus[richMenuId] = { richMenuId, ...Form.parse(body) }
  context.changed()
  return answer(200, { richMenuId })
}

/** A menu takes one picture, once, of just its size. */
function setImage(context: FakeContext, { bytes }: ApiCall, [id = '']: readonly string[]): Response {
  const menu = context.state.richMenus[id]
  if (!menu) return refusal(404, 'Not found')
  if (context.pictures.has(id)) return refusal(400, 'An image has already been uploaded to the richmenu')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isPng = bytes.length > 24 && view.getUint32(0) === 0x89504e47
  if (!isPng || bytes.length > MOST_IMAGE_BYTES) return refusal(400, 'The image is not valid')
  if (view.getUint32(16) !== menu.size.width || view.getUint32(20) !== menu.size.height)
    return refusal(400, 'The image size does not match the size of the richmenu')
  context.pictures.set(id, bytes)
  context.changed()
  return answer(200)
}

function getImage({ pictures }: FakeContext, _call: ApiCall, [id = '']: readonly string[]): Response {
  const png = pictures.get(id)
  if (!png) return refusal(404, 'Not found')
  return new Response(new Uint8Array(png), { headers: { 'content-type': 'image/png' } })
}

function removeMenu(context: FakeContext, _call: ApiCall, [id = '']: readonly string[]): Response {
  const { state } = context
  if (!state.richMenus[id]) return refusal(404, 'Not found')
  delete state.richMenus[id]
  context.pictures.delete(id)
  if (state.defaultRichMenu === id) state.defaultRichMenu = null
  for (const [user, menu] of Object.entries(state.richMenuLinks)) if (menu === id) delete state.richMenuLinks[user]
  context.changed()
  return answer(200)
}

/** LINE shows nobody a menu without a picture. */
function unusable({ state, pictures }: FakeContext, id: string): Response | undefined {
  if (!state.richMenus[id]) return refusal(404, 'Not found')
  if (!pictures.has(id)) return refusal(400, 'must upload richmenu image before applying it to user')
  return undefined
}

function setDefault(context: FakeContext, _call: ApiCall, [id = '']: readonly string[]): Response {
  const fault = unusable(context, id)
  if (fault) return fault
  context.state.defaultRichMenu = id
  context.changed()
  return answer(200)
}

function link(context: FakeContext, _call: ApiCall, [user = '', id = '']: readonly string[]): Response {
  return linkAll(context, [user], id) ?? answer(200)
}

function unlink(context: FakeContext, _call: ApiCall, [user = '']: readonly string[]): Response {
  delete context.state.richMenuLinks[user]
  context.changed()
  return answer(200)
}

const Users = z.array(z.string().min(1)).min(1).max(MOST_LINKED_AT_ONCE)

function bulkLink(context: FakeContext, { body }: ApiCall): Response {
  const users = Users.safeParse(body.userIds)
  if (!users.success) return badRequest([{ message: '1–500 user ids', property: 'userIds' }])
  return linkAll(context, users.data, String(body.richMenuId)) ?? answer(202)
}

function bulkUnlink(context: FakeContext, { body }: ApiCall): Response {
  const users = Users.safeParse(body.userIds)
  if (!users.success) return badRequest([{ message: '1–500 user ids', property: 'userIds' }])
  for (const user of users.data) delete context.state.richMenuLinks[user]
  context.changed()
  return answer(202)
}

function linkAll(context: FakeContext, users: readonly string[], id: string): Response | undefined {
  const fault = unusable(context, id)
  if (fault) return fault
  for (const user of users) context.state.richMenuLinks[user] = id
  context.changed()
  return undefined
}

function idOrNot(richMenuId: string | null | undefined): Response {
  return richMenuId ? answer(200, { richMenuId }) : refusal(404, 'no richmenu')
}
