import { messagingApi } from '@line/bot-sdk'
import type { LineConfig } from '../../config.ts'
import { LineError, lineError } from './line-error.ts'
import { timedHttp } from './timed-http.ts'

/** Menus are nothing that a person waits for; a picture may take a while on its way. */
const TIMEOUT_MS = 10_000
const UPLOAD_TIMEOUT_MS = 30_000
/** LINE has a host of its own for pictures. */
const [API, DATA_API] = ['https://api.line.me', 'https://api-data.line.me']

/** LINE's most for one call that links many. */
export const MOST_LINKED_AT_ONCE = 500

/** A menu as LINE takes it: its size, its bar, and which part of the picture does what. */
export type RichMenuRequest = messagingApi.RichMenuRequest

/** The calls to LINE about rich menus. Each ends by its own time-out, and throws LineError. */
export interface RichMenuClient {
  /** Throws what LINE has against a menu, and makes none. */
  validate(menu: RichMenuRequest): Promise<void>
  /** Answers the id of the new menu, which has no picture yet. */
  create(menu: RichMenuRequest): Promise<string>
  /** A PNG of at most 1 MB. A menu takes one picture, once. */
  setImage(menuId: string, png: Uint8Array): Promise<void>
  /** Whether the menu has its picture. */
  hasImage(menuId: string): Promise<boolean>
  /** Every menu that was made through the API, anybody's. */
  list(): Promise<readonly { readonly id: string; readonly name: string }[]>
  /** A menu that is gone already is fine. */
  remove(menuId: string): Promise<void>
  /** The menu of everybody who has none of their own. */
  defaultId(): Promise<string | undefined>
  setDefault(menuId: string): Promise<void>
  /** Gives these people (1–500) a menu of their own. */
  link(userIds: readonly string[], menuId: string): Promise<void>
  /** Takes it from them (1–500): they see the default. */
  unlink(userIds: readonly string[]): Promise<void>
}

/** A client over the official SDK. */
export function createRichMenuClient(config: Pick<LineConfig, 'accessToken' | 'apiBaseUrl'>): RichMenuClient {
  const { accessToken, apiBaseUrl: baseUrl } = config
  const api = new messagingApi.MessagingApiClient({ channelAccessToken: accessToken })
  const data = new messagingApi.MessagingApiBlobClient({ channelAccessToken: accessToken })
  const dataUrl = baseUrl === API ? DATA_API : baseUrl
  // The SDK's clients have no time-outs; all that they send goes through this one field.
  Object.assign(api, { httpClient: timedHttp({ accessToken, baseUrl, timeoutMs: TIMEOUT_MS }) })
  Object.assign(data, { httpClient: timedHttp({ accessToken, baseUrl: dataUrl, timeoutMs: UPLOAD_TIMEOUT_MS }) })
  return {
    validate: (menu) => done(api.validateRichMenuObject(menu)),
    create: async (menu) => (await answer(api.createRichMenu(menu))).richMenuId,
    setImage: (menuId, png) => done(data.setRichMenuImage(menuId, pngBlob(png))),
    hasImage: async (menuId) => (await found(looked(data.getRichMenuImage(menuId)))) !== undefined,
    list: async () => (await answer(api.getRichMenuList())).richmenus.map(({ richMenuId: id, name }) => ({ id, name })),
    remove: async (menuId) => void (await found(api.deleteRichMenu(menuId))),
    defaultId: async () => (await found(api.getDefaultRichMenuId()))?.richMenuId,
    setDefault: (menuId) => done(api.setDefaultRichMenu(menuId)),
    link: ([first = '', ...more], richMenuId) =>
      more.length === 0
        ? done(api.linkRichMenuIdToUser(first, richMenuId))
        : done(api.linkRichMenuIdToUsers({ richMenuId, userIds: [first, ...more] })),
    unlink: ([first = '', ...more]) =>
      more.length === 0
        ? done(api.unlinkRichMenuIdFromUser(first))
        : done(api.unlinkRichMenuIdFromUsers({ userIds: [first, ...more] }))
  }
}

function pngBlob(png: Uint8Array): Blob {
  return new Blob([new Uint8Array(png)], { type: 'image/png' })
}

/** That it comes is enough; what it shows is known. */
async function looked(picture: Promise<{ destroy(): void }>): Promise<true> {
  ;(await picture).destroy()
  return true
}

async function done(call: Promise<unknown>): Promise<void> {
  await answer(call)
}

/** Undefined when LINE knows no such thing. */
async function found<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await answer(call)
  } catch (error) {
    if (error instanceof LineError && error.status === 404) return undefined
    throw error
  }
}

async function answer<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw lineError(error)
  }
}
