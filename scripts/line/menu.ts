import { fileURLToPath } from 'node:url'
import { publishFolder } from '../../src/features/definitions/files.ts'
import { type MenuSync, menuFeature, syncMenus } from '../../src/features/menu/index.ts'
import { createPainter } from '../../src/platform/image/painter.ts'
import { createRichMenuClient } from '../../src/platform/line/index.ts'
import { ROOMS } from '../flows/rooms.ts'
import type { Deps } from './run-line.ts'

export interface MenuOrder {
  readonly dryRun: boolean
  readonly json: boolean
}

/** Brings the menus of flows/loyalty/menu.yaml to LINE; the exit code. */
export async function menu({ dryRun, json }: MenuOrder, deps: Deps): Promise<number> {
  const { db, config, io } = deps
  if (config.sandbox) {
    io.err(
      'The sandbox brings its menus to its own LINE when it starts. For a real account set LINE_CHANNEL_ACCESS_TOKEN.'
    )
    return 1
  }
  const sync = { db, client: createRichMenuClient(config.line), paint: createPainter(), now: new Date() }
  const first = await syncMenus(sync, { dryRun })
  const synced = first.ok ? first : await publishAndSync(deps, sync, dryRun)
  if (!synced.ok) {
    io.err('There is no menu: write flows/loyalty/menu.yaml')
    return 1
  }
  io.out(json ? JSON.stringify({ dryRun, ...synced.value }, null, 2) : linesOf(synced.value, dryRun).join('\n'))
  return 0
}

/** Before the first start no menu is published yet: then it is published from flows/, as the server would. */
async function publishAndSync({ db, config, log }: Deps, sync: Parameters<typeof syncMenus>[0], dryRun: boolean) {
  const scope = { db, log, now: () => sync.now, timeZone: config.timeZone, waitUntil: () => undefined }
  const folder = fileURLToPath(new URL('../../flows', import.meta.url))
  await publishFolder(scope, { kinds: menuFeature(ROOMS).definitions ?? [], folder })
  return syncMenus(sync, { dryRun })
}

function linesOf({ created, pictured, kept, defaultChanged, relinked, removed }: MenuSync, dryRun: boolean): string[] {
  const lines = [
    ...created.map((key) => `new      ${key}`),
    ...pictured.map((key) => `picture  ${key} (an earlier run ended without it)`),
    ...kept.map((key) => `same     ${key}`),
    ...(defaultChanged ? ['default  everybody without a menu of their own sees another one'] : []),
    ...(relinked > 0 ? [`linked   ${relinked} see another menu of their own`] : []),
    ...(removed > 0 ? [`removed  ${removed} that nobody has any more`] : [])
  ]
  return dryRun ? [...lines, 'Nothing was changed: leave out --dry-run to do it.'] : lines
}
