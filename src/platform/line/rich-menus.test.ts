import { describe, expect, test } from 'vitest'
import { menuWorld } from '../../../test/support/menu-world.ts'
import { createPainter } from '../image/painter.ts'
import { LineError } from './line-error.ts'

const form = {
  ...{ size: { width: 800, height: 540 }, selected: true, name: 'one', chatBarText: 'メニュー' },
  areas: [
    {
      bounds: { x: 0, y: 0, width: 800, height: 540 },
      action: { type: 'message' as const, text: '設定', label: '設定' }
    }
  ]
}
const picture = createPainter()('<svg xmlns="http://www.w3.org/2000/svg" width="800" height="540"/>')

describe('a menu at LINE', () => {
  test('is made, gets its picture, is listed and goes', async () => {
    const { client } = await menuWorld()
    const id = await client.create(form)
    expect(await client.hasImage(id)).toBe(false)
    await client.setImage(id, await picture)
    expect(await client.hasImage(id)).toBe(true)
    expect(await client.list()).toEqual([{ id, name: 'one' }])
    await client.remove(id)
    await client.remove(id)
    expect(await client.list()).toEqual([])
  })

  test('is everybody’s, or that of one person, or of many', async () => {
    const { client, line, changes } = await menuWorld()
    const people = ['a', 'b'].map((displayName) => line.addPerson({ displayName, language: 'ja' }).userId)
    const id = await client.create(form)
    await client.setImage(id, await picture)
    expect(await client.defaultId()).toBeUndefined()
    await client.setDefault(id)
    expect(await client.defaultId()).toBe(id)
    changes()
    await client.link(people.slice(0, 1), id)
    await client.link(people, id)
    expect(Object.keys(line.snapshot().richMenuLinks).sort()).toEqual(people.toSorted())
    await client.unlink(people.slice(0, 1))
    await client.unlink(people)
    expect(line.snapshot().richMenuLinks).toEqual({})
    expect(changes()).toEqual([
      ...['POST user/*/richmenu/*', 'POST richmenu/bulk/link'],
      ...['DELETE user/*/richmenu', 'POST richmenu/bulk/unlink']
    ])
  })
})

describe('what LINE says against it', () => {
  test('is one kind of error, which says whether to try again', async () => {
    const { client, line } = await menuWorld()
    await expect(client.validate({ ...form, chatBarText: 'あ'.repeat(15) })).rejects.toMatchObject({
      retry: 'never',
      status: 400,
      message: expect.stringContaining('chatBarText')
    })
    await expect(client.link(['U1'], 'richmenu-none')).rejects.toMatchObject({ status: 404, retry: 'never' })
    line.faults.failNext('/richmenu/list', { status: 500, body: {} })
    await expect(client.list()).rejects.toMatchObject({ retry: 'later', answered: true })
    line.faults.failNext('/content', { status: 503, body: {} })
    await expect(client.hasImage('richmenu-none')).rejects.toBeInstanceOf(LineError)
  })
})
