import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { demoCard } from '../../../test/support/loyalty.ts'
import { publishFiles } from '../definitions/index.ts'
import { stampCardKinds } from './definition-kind.ts'
import { currentProgrammes } from './store/programmes.ts'

const db = useDatabase()
const at = new Date('2026-11-21T00:00:00Z')

async function publish(files: Readonly<Record<string, string>>) {
  const named = Object.entries(files).map(([path, key]) => ({ path, text: JSON.stringify(demoCard({ key })) }))
  const published = await publishFiles(db(), { kinds: stampCardKinds, files: named, at, whole: true })
  return published.ok ? [] : published.faults.map(({ path, message }) => `${path} ${message}`)
}
const keys = async () => (await currentProgrammes(db().prisma)).map(({ definition }) => definition.key)

test('the one file and the folder stand side by side: what is missing in either is retired, and nothing else', async () => {
  const one = { 'loyalty/stamp-card.yaml': 'main' }
  await publish({ ...one, 'loyalty/stamp-cards/a.yaml': 'aaa', 'loyalty/stamp-cards/z.yaml': 'zzz' })
  expect(await keys()).toEqual(['main', 'aaa', 'zzz'])
  await publish({ ...one, 'loyalty/stamp-cards/z.yaml': 'zzz' })
  expect(await keys()).toEqual(['main', 'zzz'])
  await publish(one)
  expect(await keys()).toEqual(['main'])
  await publish({ 'loyalty/stamp-cards/a.yaml': 'main' })
  expect(await keys()).toEqual(['main'])
})

test('two files of one key are a fault, wherever they lie', async () => {
  const faults = await publish({ 'loyalty/stamp-card.yaml': 'main', 'loyalty/stamp-cards/a.yaml': 'main' })
  expect(faults).toEqual([expect.stringContaining('loyalty/stamp-card.yaml is called "main" too')])
})
