import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { faultsOf, importsOf } from './support/architecture.ts'

const ROOT = join(import.meta.dirname, '..')
const sources = globSync('src/**/*.ts', { cwd: ROOT, exclude: ['src/generated/**'] })
const others = globSync(['test/**/*.ts', 'scripts/**/*.{ts,mjs}'], { cwd: ROOT })
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8')

test('every file keeps to the rules of its place', () => {
  expect(sources.length).toBeGreaterThan(100)
  expect(sources.flatMap((file) => faultsOf(file, textOf(file)).map((fault) => `${file} ${fault}`))).toEqual([])
})

test('no file has more than 300 lines', () => {
  const lengths = [...sources, ...others].map((file) => [file, textOf(file).trimEnd().split('\n').length] as const)
  expect(lengths.filter(([, lines]) => lines > 300)).toEqual([])
})

describe('a breach does not go unseen', () => {
  test.each([
    ['src/core/time.ts', `import { x } from '../platform/work.ts'`],
    ['src/core/time.ts', `import { parse } from 'yaml'`],
    ['src/features/coupons/rules/coupon.ts', `import { card } from '../../stamps/rules/stamp-card.ts'`],
    ['src/features/stamps/rules/card.ts', `import { grantPromised } from '../../coupons/index.ts'`],
    ['src/platform/line/sender.ts', `import type { Shop } from '../../features/stamps/index.ts'`],
    ['src/platform/queue/engine.ts', `import { createSandbox } from '../../sandbox/index.ts'`],
    ['src/platform/queue/engine.ts', `const { a } = await import('../../features/stamps/index.ts')`],
    ['src/features/stamps/rules/card.ts', `import { db } from '../../../platform/db/index.ts'`],
    ['src/features/stamps/rules/card.ts', `import { save } from '../store.ts'`],
    ['src/features/stamps/rules/card.ts', `import { randomBytes } from 'node:crypto'`],
    ['src/features/stamps/rules/card.ts', 'const now = Date.now()'],
    ['src/features/stamps/rules/card.ts', 'const now = new Date()'],
    ['src/features/stamps/rules/card.ts', 'const lucky = Math.random() < 0.1'],
    ['src/features/stamps/rules/card.ts', `const r = await fetch('https://example.com')`],
    ['src/features/stamps/rules/card.ts', 'const x = process.env.X'],
    ['src/features/stamps/give-stamp.ts', `import { nameFor } from '../customers/store.ts'`],
    ['src/features/stamps/give-stamp.ts', `import { ask } from '../flows/index.ts'`],
    ['src/features/customers/index.ts', `import { card } from '../stamps/index.ts'`],
    ['src/features/stamps/give-stamp.ts', `import { x } from '../../sandbox/index.ts'`],
    ['src/features/stamps/give-stamp.ts', `import { x } from '../../app.ts'`],
    ['src/features/stamps/give-stamp.ts', 'const row = await work.tx.stamp.findFirst()'],
    ['src/features/stamps/give-stamp.ts', 'await tx.stamp\n    .create({ data })'],
    ['src/features/stamps/give-stamp.ts', 'await work.tx.$queryRaw`SELECT 1`'],
    ['src/features/stamps/give-stamp.ts', `await scope.db.query('SELECT 1')`],
    ['src/features/stamps/give-stamp.ts', 'await scope.db.prisma.stamp.count()'],
    ['src/features/stamps/give-stamp.ts', `await scope.db.kysely.selectFrom('stamp').execute()`],
    ['src/features/stamps/give-stamp.ts', `import { readFiles } from '../definitions/files.ts'`],
    ['src/features/stamps/give-stamp.ts', `import type { Prisma } from '#prisma'`],
    ['src/features/stamps/give-stamp.ts', `import { Pool } from 'pg'`],
    ['src/features/newcomer/index.ts', `import { nameFor } from '../customers/index.ts'`],
    ['src/features/stamps/line.ts', `console.log('here')`],
    ['src/sandbox/page.ts', `import { give } from '../features/stamps/give-stamp.ts'`],
    ['src/app.ts', `import { createSandbox } from './sandbox/index.ts'`],
    ['src/main.ts', `import { createSandbox } from './sandbox/index.ts'`]
  ])('%s: %s', (file, text) => expect(faultsOf(file, text)).toHaveLength(1))

  test.each([
    ['src/core/ids.ts', `import { randomBytes } from 'node:crypto'`],
    [
      'src/features/stamps/rules/card.ts',
      `import { z } from 'zod'\nimport { addDays } from '../../../core/time.ts'\nconst at = new Date(0) // not Date.now()`
    ],
    ['src/core/schema.ts', `import { z } from 'zod'`],
    ['src/features/stamps/rules/card.ts', `import { couponTerms } from '../../coupons/rules/definitions.ts'`],
    ['src/features/stamps/give-stamp.ts', `import { grantPromised } from '../coupons/index.ts'`],
    ['src/features/stamps/give-stamp.ts', 'const card = await openCard(scope.db.prisma, customerId)'],
    ['src/main.ts', `import { readFiles } from './features/definitions/files.ts'`],
    ['src/features/stamps/store.ts', 'const row = await tx.stamp.findFirst()'],
    ['src/features/stamps/store/cards.ts', 'const row = await tx.stamp.findFirst()'],
    ['src/features/stamps/line/card.ts', `import { couponMessage } from '../../coupons/index.ts'`],
    ['src/main.ts', `const { createSandbox } = await import('./sandbox/index.ts')`],
    ['src/main.ts', `import type { Sandbox } from './sandbox/index.ts'`],
    ['src/platform/console-log.ts', 'console.warn(line)']
  ])('%s may: %s', (file, text) => expect(faultsOf(file, text)).toEqual([]))

  test('imports are found however they are written', () => {
    const text = `import a from 'a'\nimport { b,\n  c } from "b"\nexport * from 'c'\nexport type { D } from 'd'\nimport 'e'\nconst f = await import('f')\n// import g from 'g'\n/* import h from 'h' */\ntype I = import('i').I`
    expect(importsOf(text).map(({ from }) => from)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'i'])
  })
})

describe('Workers', () => {
  const FORBIDDEN = [
    '@electric-sql/pglite',
    'node:worker_threads',
    'node:sqlite',
    'node:child_process',
    'node-cron',
    '@hono/node-server',
    'pino'
  ]

  /** Every file that is loaded with worker.ts; types are erased. */
  function loadedWith(entry: string, seen = new Set<string>()): Set<string> {
    if (seen.has(entry)) return seen
    seen.add(entry)
    for (const { from, typeOnly } of importsOf(textOf(entry))) {
      if (from.startsWith('.') && !typeOnly) loadedWith(normalize(join(dirname(entry), from)), seen)
    }
    return seen
  }

  test('load nothing that only Node has', () => {
    const files = [...loadedWith('src/worker.ts')]
    const faults = files.flatMap((file) =>
      importsOf(textOf(file))
        .filter(
          ({ from, typeOnly }) => !typeOnly && FORBIDDEN.some((name) => from === name || from.startsWith(`${name}/`))
        )
        .map(({ from }) => `${file} imports ${from}`)
    )
    expect(files.length).toBeGreaterThan(50)
    expect(faults).toEqual([])
  })
})
