import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type BaseConfig, type LoadedConfig, loadConfig } from '../../src/config.ts'
import { publishFolder } from '../../src/features/definitions/files.ts'
import { type CounterUrl, counterUrls, rotateKeys, shopDefinitions } from '../../src/features/shops/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { createLog } from '../../src/platform/log.ts'
import type { Log } from '../../src/platform/scope.ts'
import type { MenuOrder } from './menu.ts'
import { type RefOrder, ref, refOrder } from './ref.ts'

const USAGE = `npm run line -- counter [shop]            Addresses of the counter pages, of all shops or of one
npm run line -- counter --rotate <shop>   Give a shop's page a new address, and its codes a new secret; the old
                                          ones stop working at once
npm run line -- ref create <code>         A link and QR code that tell where a customer found you
npm run line -- ref list                  The codes there are, and how many customers each brought
npm run line -- menu sync                 Bring the menus of flows/loyalty/menu.yaml, as published, to LINE; again = no change

  --json            for programs: [{ "shop", "name": { "ja", "en" }, "url" }], or [{ "code", "label", "link", "first", "last" }]
  --label <words>   what people call a code ("駅前のポスター")
  --svg <file>      writes the QR code of the link there, to be printed; sharp at any size
  --png <file>      the same as a picture that any program opens
  --dry-run         only says what "menu sync" would do; LINE checks the menus
  --help            this text

Whoever has an address can hand out stamps: open it on the tablet at the counter, and give it to nobody else.`

/** Where a command reads its environment and writes its lines. */
export interface CommandIo {
  readonly env: Readonly<Record<string, string | undefined>>
  out(text: string): void
  err(text: string): void
  /** The store that the environment names. */
  open(config: BaseConfig, log: Log): Promise<Database>
}

interface Order {
  readonly shop: string | undefined
  readonly rotate: boolean
  readonly json: boolean
}

/** Runs `npm run line -- …`; the exit code: 0 done, 1 could not be done, 2 not understood. */
export async function runLine(args: readonly string[], io: CommandIo): Promise<number> {
  const order = readOrder(args, io)
  if (typeof order === 'number') return order
  try {
    return await withStore(io, (deps) => carryOut(order, deps))
  } catch (error) {
    io.err(explain(error))
    return 1
  }
}

type AnyOrder = Order | { readonly ref: RefOrder } | { readonly menu: MenuOrder }

async function carryOut(order: AnyOrder, deps: Deps): Promise<number> {
  if ('ref' in order) return ref(order.ref, deps)
  if (!('menu' in order)) return counter(order, deps)
  // What paints is loaded only when something is painted.
  const { menu } = await import('./menu.ts')
  return menu(order.menu, deps)
}

function readOrder(args: readonly string[], io: CommandIo): AnyOrder | number {
  const options = {
    rotate: { type: 'string' },
    label: { type: 'string' },
    svg: { type: 'string' },
    png: { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean' }
  } as const
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    if (values.help) {
      io.out(USAGE)
      return 0
    }
    const [command, shop, ...more] = positionals
    if (command === 'counter' && more.length === 0 && !(shop && values.rotate)) {
      return { shop: values.rotate ?? shop, rotate: values.rotate !== undefined, json: values.json ?? false }
    }
    if (command === 'menu' && shop === 'sync' && more.length === 0)
      return { menu: { dryRun: values['dry-run'] ?? false, json: values.json ?? false } }
    const order = command === 'ref' ? refOrder([shop, ...more], values) : undefined
    if (order) return { ref: order }
    io.err(USAGE)
  } catch (error) {
    io.err(`${explain(error)}\n\n${USAGE}`)
  }
  return 2
}

async function withStore(io: CommandIo, run: (deps: Deps) => Promise<number>): Promise<number> {
  const config = loadConfig(io.env)
  const log = createLog()
  const db = await io.open(config, log)
  try {
    return await run({ db, config, log, io })
  } finally {
    await db.close()
  }
}

async function counter(order: Order, deps: Deps): Promise<number> {
  const { io } = deps
  const urls = await urlsOf(deps, order)
  if (!urls) return 1
  io.out(order.json ? JSON.stringify(urls, null, 2) : urls.map(({ name, url }) => `${name.ja}\t${url}`).join('\n'))
  return 0
}

async function urlsOf(deps: Deps, { shop, rotate }: Order): Promise<CounterUrl[] | undefined> {
  const { db } = deps
  const known = await allUrls(deps)
  if (shop !== undefined && !known.some((one) => one.shop === shop)) {
    deps.io.err(`There is no shop "${shop}". The shops are: ${known.map((one) => one.shop).join(', ')}`)
    return undefined
  }
  if (rotate && shop !== undefined) await db.transaction((tx) => rotateKeys(tx, db.cipher, shop))
  const urls = rotate ? await allUrls(deps) : known
  return urls.filter((one) => shop === undefined || one.shop === shop)
}

/** What a command works on. */
export interface Deps {
  readonly db: Database
  readonly config: LoadedConfig
  readonly log: Log
  readonly io: CommandIo
}

/** Before the first start there are no shops yet: then they are made from flows/, as the server would. */
async function allUrls({ db, config, log }: Deps): Promise<CounterUrl[]> {
  const urls = await counterUrls(db.prisma, db.cipher, config.publicUrl)
  if (urls.length > 0) return urls
  const scope = { db, log, now: () => new Date(), timeZone: config.timeZone, waitUntil: () => undefined }
  await publishFolder(scope, {
    kinds: shopDefinitions,
    folder: fileURLToPath(new URL('../../flows', import.meta.url))
  })
  return counterUrls(db.prisma, db.cipher, config.publicUrl)
}

function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
