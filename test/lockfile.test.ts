import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

const names = z.record(z.string(), z.string()).default({})
const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), dependencies: names, optionalDependencies: names })
  )
})
const { packages } = Lock.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')))

/** Where Node finds a package from inside another one: beside it, or in a folder further up. */
function isLocked(from: string, name: string): boolean {
  if (packages[`${from ? `${from}/` : ''}node_modules/${name}`]?.version) return true
  return from !== '' && isLocked(from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1)), name)
}

test('a fresh clone can be installed: the lockfile holds every package that another one names, for each platform', () => {
  const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !isLocked(path, name))
      .map((name) => `${name} (for ${path || 'the project'})`)
  )
  expect(missing).toEqual([])
})

test('the project names exact versions only', () => {
  const { dependencies = {}, devDependencies = {} } = z
    .object({ dependencies: names, devDependencies: names })
    .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')))
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d/.test(version))
  expect(loose).toEqual([])
})
