import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { useFolders } from './support/folder.ts'
import { dropOld } from './support/template.ts'

const folder = useFolders()

test('templates of other migrations are removed a day later, with what a killed run left; the one in use never', () => {
  const cache = folder()
  const keep = join(cache, 'template-now')
  const twoDaysAgo = Date.now() / 1000 - 2 * 86_400
  for (const [name, old] of [
    ['template-now', true],
    ['template-old', true],
    ['template-old.4711', true],
    ['template-fresh', false]
  ] as const) {
    mkdirSync(join(cache, name))
    writeFileSync(join(cache, `${name}.tar`), '')
    for (const each of old ? [name, `${name}.tar`] : []) utimesSync(join(cache, each), twoDaysAgo, twoDaysAgo)
  }
  dropOld(cache, { keep })
  const left = ['template-fresh', 'template-fresh.tar', 'template-now', 'template-now.tar']
  expect(readdirSync(cache).sort()).toEqual(left)
})
