import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { useDatabase } from '../../../test/support/database.ts'
import type { DefinitionKind } from '../../platform/feature.ts'
import { current, currentAll, explainIssues, publishEdit, publishFiles, versionsOf } from './index.ts'

const db = useDatabase()
const at = new Date('2026-11-21T01:00:00Z')
const Body = z.strictObject({ id: z.string(), size: z.int().max(9) })
const surveys: DefinitionKind = {
  kind: 'survey',
  files: 'surveys/',
  check(input) {
    const parsed = Body.safeParse(input)
    return parsed.success
      ? { ok: true, key: parsed.data.id, body: parsed.data }
      : { ok: false, faults: explainIssues(parsed.error) }
  }
}
const file = (path: string, text: string) => ({ path, text })
const keysOf = async (kind: string) =>
  (await currentAll(db().prisma, kind)).map(({ key, version }) => `${key} v${version}`)

describe('what was edited in Slack', () => {
  const oneOf = (id: string) => ({
    kinds: [surveys],
    file: file('surveys/a.yaml', `id: ${id}\nsize: 1`),
    at,
    by: 'UBOSS'
  })
  const text = (size: number) => `id: a\nsize: ${size}`
  const edit = (size: number, over?: number, more = '') =>
    publishEdit(db(), {
      kinds: [surveys],
      file: file('surveys/a.yaml', text(size) + more),
      at,
      over: over === undefined ? undefined : { key: 'a', version: over },
      by: 'UBOSS'
    })
  const whole = (size: number) =>
    publishFiles(db(), { kinds: [surveys], files: [file('surveys/a.yaml', text(size))], at, whole: true })
  const sizeInForce = async () => (await current(db().prisma, 'survey', 'a'))?.body

  test('stays in force when the server starts anew with the file as it was', async () => {
    await whole(1)
    expect(await edit(2, 1)).toMatchObject({ ok: true, value: { version: 2, changed: true } })
    await whole(1)
    await whole(1)
    expect(await sizeInForce()).toEqual({ id: 'a', size: 2 })
    expect(await keysOf('survey')).toEqual(['a v2'])
  })

  test('gives way to the file once that says something new, or is named to be published', async () => {
    await whole(1)
    await edit(2, 1)
    await whole(3)
    expect(await sizeInForce()).toEqual({ id: 'a', size: 3 })
    await edit(4, 3)
    await publishFiles(db(), { kinds: [surveys], files: [file('surveys/a.yaml', text(3))], at })
    expect(await sizeInForce()).toEqual({ id: 'a', size: 3 })
  })

  test('is retired with its file, but not for want of one', async () => {
    await edit(1)
    await publishFiles(db(), { kinds: [surveys], files: [], at, whole: true })
    expect(await keysOf('survey')).toEqual(['a v1'])
    await whole(2)
    await edit(3, 2)
    await publishFiles(db(), { kinds: [surveys], files: [], at, whole: true })
    expect(await keysOf('survey')).toEqual([])
  })

  test('is published over the version that was seen, and no other; of two at once one is told', async () => {
    await whole(1)
    const [one, other] = await Promise.all([edit(2, 1), edit(3, 1)])
    expect([one.ok, other.ok].filter(Boolean)).toHaveLength(1)
    expect([one, other].find(({ ok }) => !ok)).toMatchObject({ kind: 'changed_meanwhile' })
    expect(await edit(4)).toMatchObject({ ok: false, kind: 'id_taken' })
    expect(await publishEdit(db(), { ...oneOf('b'), over: { key: 'a', version: 2 } })).toMatchObject({
      kind: 'id_changed'
    })
    expect(await keysOf('survey')).toEqual(['a v2'])
  })

  test('is written down with who did it; a fault is told by its line', async () => {
    await edit(1)
    expect(await db().prisma.audit.findMany()).toMatchObject([
      { actorKind: 'staff', actorId: 'UBOSS', action: 'definition.publish', subjectId: 'survey a' }
    ])
    expect(await edit(99, 1)).toMatchObject({ ok: false, kind: 'faults', faults: [{ line: 2 }] })
  })

  test('can be looked back at, newest first', async () => {
    await whole(1)
    await edit(2, 1)
    await publishFiles(db(), { kinds: [surveys], files: [], at, whole: true })
    const past = await versionsOf(db().prisma, 'survey', { key: 'a', limit: 5 })
    expect(past.map(({ version, source }) => `${version} ${source}`)).toEqual(['2 slack', '1 file'])
  })
})

test('what was made in Slack alone is there for the files of a whole folder', async () => {
  const beside: string[][] = []
  const curious: DefinitionKind = {
    ...surveys,
    together(_, { definitions }) {
      beside.push(definitions.map(({ key }) => key).sort())
      return []
    }
  }
  const edit = { kinds: [surveys], at, by: 'UBOSS', over: undefined }
  await publishEdit(db(), { ...edit, file: file('surveys/slack.yaml', 'id: z\nsize: 1') })
  const a = file('surveys/a.yaml', 'id: a\nsize: 1')
  await publishFiles(db(), { kinds: [surveys], files: [a, file('surveys/b.yaml', 'id: b\nsize: 1')], at, whole: true })
  await publishFiles(db(), { kinds: [curious], files: [a], at, whole: true })
  expect(beside).toEqual([['a', 'z']])
})
