import { writeFileSync } from 'node:fs'
import { countRefs, createRef, refLink } from '../../src/features/attribution/index.ts'
import { qrSvg } from '../../src/platform/image/qr.ts'
import { qrPng } from '../../src/platform/image/qr-png.ts'
import type { Deps } from './run-line.ts'

/** What is asked of ref codes. */
export type RefOrder =
  | { readonly do: 'list'; readonly json: boolean }
  | {
      readonly do: 'create'
      readonly code: string
      readonly label: string | undefined
      /** Where the QR code goes. */
      readonly svg: string | undefined
      readonly png: string | undefined
      readonly json: boolean
    }

interface Values {
  readonly label?: string | undefined
  readonly svg?: string | undefined
  readonly png?: string | undefined
  readonly json?: boolean | undefined
}

/** Reads what follows "ref"; undefined when it is not understood. */
export function refOrder(words: readonly (string | undefined)[], values: Values): RefOrder | undefined {
  const [what, code, ...more] = words
  const { label, svg, png, json = false } = values
  if (what === 'list' && code === undefined) return { do: 'list', json }
  if (what === 'create' && code && more.length === 0) return { do: 'create', code, label, svg, png, json }
  return undefined
}

/** The built-in LINE's account, while no real one is connected. */
const SANDBOX_BOT = '@matane'

/** Makes a ref code, or lists them; the exit code. */
export function ref(order: RefOrder, deps: Deps): Promise<number> {
  return order.do === 'list' ? list(order, deps) : create(order, deps)
}

async function create(
  { code, label, svg, png, json }: RefOrder & { do: 'create' },
  { db, io, config }: Deps
): Promise<number> {
  const made = await db.transaction((tx) => createRef(tx, { code, label, at: new Date() }))
  if (!made.ok) {
    io.err(FAULTS[made.kind](code))
    return 1
  }
  const link = linkOf(made.value, config)
  if (svg) writeFileSync(svg, qrSvg(link))
  if (png) writeFileSync(png, qrPng(link))
  io.out(json ? JSON.stringify({ code: made.value, label: label ?? made.value, link }, null, 2) : link)
  for (const file of [svg, png]) if (file) io.err(`The QR code is in ${file}`)
  return 0
}

const FAULTS: Readonly<Record<'bad' | 'taken', (code: string) => string>> = {
  bad: (code) =>
    `"${code.slice(0, 40)}" cannot be a code: use 1 to 32 letters, digits, - and _, a letter or digit first`,
  taken: (code) =>
    `"${code}" is there already, and stays what it was: choose another one, or see: npm run line -- ref list`
}

async function list({ json }: RefOrder & { do: 'list' }, { db, io, config }: Deps): Promise<number> {
  const refs = (await countRefs(db.prisma)).map((one) => ({ ...one, link: linkOf(one.code, config) }))
  const lines = refs.map(({ code, label, first, last }) => `${code}\t${label}\t${first} first\t${last} last`)
  io.out(json ? JSON.stringify(refs, null, 2) : lines.join('\n') || 'No codes yet: npm run line -- ref create <code>')
  return 0
}

function linkOf(code: string, config: Deps['config']): string {
  return refLink(config.sandbox ? SANDBOX_BOT : config.line.botId, code)
}
