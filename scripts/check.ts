/** Everything a change must pass before its tests are run: format and lint, types, unused code, the house rules. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const CHECKS = [
  ['biome', 'check', '.'],
  ['tsc', '-p', '.'],
  ['knip'],
  ['vitest', 'run', 'test/architecture.test.ts']
] as const

const bin = join(import.meta.dirname, '../node_modules/.bin')
const failed = CHECKS.filter(([tool, ...args]) => {
  console.error(`— ${tool} ${args.join(' ')}`)
  return spawnSync(join(bin, tool), args, { stdio: 'inherit' }).status !== 0
})
if (failed.length > 0) {
  console.error(`Failed: ${failed.map(([tool]) => tool).join(', ')}`)
  process.exitCode = 1
}
