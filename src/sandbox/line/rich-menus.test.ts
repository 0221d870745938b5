import { describe, expect, test } from 'vitest'
import { fakeLine } from '../../../test/support/fake-line.ts'

const area = {
  bounds: { x: 0, y: 0, width: 800, height: 540 },
  action: { type: 'message', label: '設定', text: '設定' }
}
const menu = { size: { width: 800, height: 540 }, selected: true, name: 'one', chatBarText: 'メニュー', areas: [area] }
/** As much of a PNG as is looked at: what it is, and its size. */
function png(width = 800, height = 540, bytes = 100): Uint8Array {
  const picture = Buffer.alloc(bytes)
  picture.writeUInt32BE(0x89504e47, 0)
  picture.writeUInt32BE(width, 16)
  picture.writeUInt32BE(height, 20)
  return new Uint8Array(picture)
}

function world() {
  const fake = fakeLine()
  const ask = async (method: string, path: string, body?: Uint8Array<ArrayBuffer> | object) => {
    const response = await fake.line.fetch(
      new Request(`http://line.test/v2/bot${path}`, {
        method,
        headers: { authorization: 'Bearer token' },
        ...(body && { body: body instanceof Uint8Array ? body : JSON.stringify(body) })
      })
    )
    return { status: response.status, body: await response.json().catch(() => undefined) }
  }
  const create = async (form: object = menu): Promise<string> => (await ask('POST', '/richmenu', form)).body.richMenuId
  const ready = async () => {
    const id = await create()
    await ask('POST', `/richmenu/${id}/content`, new Uint8Array(png()))
    return id
  }
  return { ...fake, ask, create, ready }
}

describe('a menu is refused as LINE does', () => {
  const long = { ...area, action: { ...area.action, label: 'あ'.repeat(21) } }
  const outside = { ...area, bounds: { x: 1, y: 0, width: 800, height: 540 } }
  test.each<[string, object, string]>([
    ['a bar of 15 characters', { chatBarText: 'あ'.repeat(15) }, 'chatBarText'],
    ['21 areas', { areas: Array.from({ length: 21 }, () => area) }, 'areas'],
    ['a label of 21 characters', { areas: [long] }, 'areas/0/action/label'],
    ['an area beyond the picture', { areas: [outside] }, 'areas'],
    ['a picture too high', { size: { width: 800, height: 600 } }, 'size'],
    ['a picture too narrow', { size: { width: 799, height: 540 }, areas: [] }, 'size/width'],
    ['no name', { name: '' }, 'name']
  ])('%s', async (_, change, property) => {
    const { ask } = world()
    for (const path of ['/richmenu', '/richmenu/validate'])
      expect(await ask('POST', path, { ...menu, ...change })).toMatchObject({
        status: 400,
        body: { details: [{ property }] }
      })
    expect((await ask('GET', '/richmenu/list')).body.richmenus).toEqual([])
  })
})

test('a menu takes one picture, once, a PNG of just its size and at most 1 MB', async () => {
  const { ask, create } = world()
  const id = await create()
  const put = async (picture: Uint8Array) =>
    (await ask('POST', `/richmenu/${id}/content`, new Uint8Array(picture))).status
  expect((await ask('GET', `/richmenu/${id}/content`)).status).toBe(404)
  expect([await put(png(801)), await put(new Uint8Array(100)), await put(png(800, 540, 1024 * 1024 + 1))]).toEqual([
    400, 400, 400
  ])
  expect([await put(png()), await put(png())]).toEqual([200, 400])
  expect((await ask('GET', `/richmenu/${id}/content`)).status).toBe(200)
  expect((await ask('POST', '/richmenu/richmenu-none/content', new Uint8Array(png()))).status).toBe(404)
})

test('a person sees their own menu, else everybody’s, and never one without a picture', async () => {
  const { ask, create, ready, line, person } = world()
  const seen = () => line.richMenu(person.userId)?.richMenuId
  const [blank, one, two] = [await create(), await ready(), await ready()]
  expect((await ask('POST', `/user/all/richmenu/${blank}`)).status).toBe(400)
  expect((await ask('GET', '/user/all/richmenu')).status).toBe(404)
  expect(seen()).toBeUndefined()
  await ask('POST', `/user/all/richmenu/${one}`)
  expect(seen()).toBe(one)
  await ask('POST', `/user/${person.userId}/richmenu/${two}`)
  expect(seen()).toBe(two)
  expect((await ask('GET', `/user/${person.userId}/richmenu`)).body).toEqual({ richMenuId: two })
  await ask('DELETE', `/user/${person.userId}/richmenu`)
  expect(seen()).toBe(one)
})

test('many are linked at once, 500 at most; whose menu is removed sees everybody’s', async () => {
  const { ask, ready, line, person } = world()
  const [one, two] = [await ready(), await ready()]
  await ask('POST', `/user/all/richmenu/${one}`)
  const many = (count: number) => ({ richMenuId: two, userIds: [person.userId, ...Array(count - 1).fill('U2')] })
  expect((await ask('POST', '/richmenu/bulk/link', many(501))).status).toBe(400)
  expect((await ask('POST', '/richmenu/bulk/link', many(500))).status).toBe(202)
  expect(line.richMenu(person.userId)?.richMenuId).toBe(two)
  await ask('POST', '/richmenu/bulk/unlink', { userIds: [person.userId] })
  expect(line.richMenu(person.userId)?.richMenuId).toBe(one)
  await ask('POST', '/richmenu/bulk/link', many(1))
  expect([(await ask('DELETE', `/richmenu/${two}`)).status, (await ask('DELETE', `/richmenu/${two}`)).status]).toEqual([
    200, 404
  ])
  expect(line.richMenu(person.userId)?.richMenuId).toBe(one)
})

test('what was made is there after a restart, without pictures, which are put on again', async () => {
  const { ask, ready, line } = world()
  const id = await ready()
  const saved = JSON.parse(JSON.stringify(line.snapshot()))
  const other = world()
  other.line.restore(saved)
  expect((await other.ask('GET', '/richmenu/list')).body.richmenus).toEqual([{ richMenuId: id, ...menu }])
  expect((await other.ask('GET', `/richmenu/${id}/content`)).status).toBe(404)
  expect((await ask('GET', `/richmenu/${id}/content`)).status).toBe(200)
})
