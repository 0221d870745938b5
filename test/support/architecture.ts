/** Who may import whom, and what may be written where. */
import { dirname, join, normalize } from 'node:path'

/** Rooms that each room may use, through their index.ts. No room stands on itself by a detour: see the order. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  events: [],
  customers: ['events'],
  ingest: ['attribution', 'customers', 'events'],
  audit: [],
  definitions: ['customers', 'audit'],
  consent: ['customers', 'definitions', 'events'],
  rights: ['customers', 'consent', 'events', 'flows', 'audit'],
  shops: ['definitions'],
  coupons: ['audit', 'customers', 'definitions', 'events', 'shops'],
  stamps: ['audit', 'coupons', 'definitions', 'events', 'shops'],
  tiers: ['coupons', 'customers', 'definitions', 'events', 'shops'],
  points: ['audit', 'coupons', 'customers', 'definitions', 'events', 'shops'],
  menu: ['definitions', 'tiers'],
  surveys: ['customers', 'definitions', 'events'],
  voice: [],
  staff: ['customers', 'audit'],
  'follow-ups': ['customers', 'events', 'staff', 'surveys', 'audit', 'voice'],
  attribution: ['events'],
  'customer-card': [
    'attribution',
    'consent',
    'customers',
    'events',
    'coupons',
    'points',
    'shops',
    'stamps',
    'surveys',
    'tiers',
    'flow-desk',
    'flows',
    'follow-ups',
    'audit'
  ],
  links: ['events'],
  flows: [
    'customers',
    'consent',
    'definitions',
    'events',
    'links',
    'coupons',
    'points',
    'shops',
    'stamps',
    'segments',
    'surveys',
    'tiers',
    'follow-ups'
  ],
  metrics: ['customers', 'definitions', 'staff', 'surveys', 'audit'],
  segments: ['customers', 'consent', 'definitions', 'events', 'tiers', 'audit'],
  triggers: ['customers', 'definitions', 'flows', 'ingest', 'segments', 'audit'],
  'flow-desk': ['flows', 'definitions', 'segments', 'surveys', 'triggers', 'audit'],
  settings: ['audit'],
  transfer: ['consent', 'customers', 'events', 'audit', 'merge'],
  merge: ['customers', 'audit'],
  hooks: ['attribution', 'customers', 'definitions', 'events', 'rights'],
  privacy: ['customers', 'definitions', 'audit'],
  linking: ['customers', 'audit', 'merge', 'ingest']
}

export interface Import {
  readonly from: string
  readonly typeOnly: boolean
  readonly dynamic: boolean
}

const STATEMENT = /(?:^|[\n;])\s*(import|export)\s+(type\s)?(?:[\w*{}\s,$]*?\sfrom\s*)?['"]([^'"]+)['"]/g
const CALL = /\bimport\(\s*['"]([^'"]+)['"]\s*\)(\.[A-Z])?/g

/** Everything a file imports or passes on, in the order of the kinds: statements, then calls. */
export function importsOf(text: string): Import[] {
  const code = withoutComments(text)
  const statements = [...code.matchAll(STATEMENT)].map(([, , type, from = '']) => ({
    from,
    typeOnly: type !== undefined,
    dynamic: false
  }))
  const calls = [...code.matchAll(CALL)].map(([, from = '', type]) => ({
    from,
    typeOnly: type !== undefined,
    dynamic: true
  }))
  return [...statements, ...calls]
}

/** What a file does that its place does not allow, in words; empty when all is well. */
export function faultsOf(file: string, text: string): string[] {
  const foreign = importsOf(text).flatMap((found) => {
    const to = found.from.startsWith('.') ? normalize(join(dirname(file), found.from)) : found.from
    const fault = found.from.startsWith('.') ? ownFault(file, to, found) : packageFault(file, to)
    return fault ? [`imports ${to}: ${fault}`] : []
  })
  return [...foreign, ...wordFaults(file, withoutComments(text))]
}

const within = (file: string, ...places: string[]) => places.some((place) => file.startsWith(place))
const roomOf = (file: string) => /^src\/features\/([^/]+)\//.exec(file)?.[1]
const isRule = (file: string) => /^src\/features\/[^/]+\/rules\//.test(file)
const isStore = (file: string) => /^src\/features\/[^/]+\/store(\.ts|\/)/.test(file)
const isTest = (file: string) => file.endsWith('.test.ts')

function ownFault(file: string, to: string, { typeOnly, dynamic }: Import): string | undefined {
  if (isTest(file)) return undefined
  if (within(file, 'src/core/')) return within(to, 'src/core/') ? undefined : 'core imports nothing of ours'
  if (within(to, 'src/sandbox/') && !within(file, 'src/sandbox/')) {
    const mayLoad = file === 'src/main.ts' && (dynamic || typeOnly)
    return mayLoad ? undefined : 'only main.ts loads the sandbox, and only when asked for'
  }
  if (isRule(file)) return ruleImportFault(file, to)
  if (within(file, 'src/platform/')) return within(to, 'src/features/') ? 'the platform knows no feature' : undefined
  const room = roomOf(to)
  return room ? roomFault(file, to, room) : upwardFault(file, to)
}

function ruleImportFault(file: string, to: string): string | undefined {
  const room = roomOf(file) ?? ''
  const allowed = [room, ...(ROOMS[room] ?? [])].map((name) => `src/features/${name}/rules/`)
  return within(to, 'src/core/', ...allowed) ? undefined : 'rules import core, zod and rules of rooms they may use'
}

function roomFault(file: string, to: string, room: string): string | undefined {
  const from = roomOf(file)
  if (from === room) return undefined
  // What only Node can do stays out of index.ts, which Workers load as well; main.ts takes it from files.ts.
  if (!from && to === `src/features/${room}/files.ts`) return undefined
  if (to !== `src/features/${room}/index.ts`) return 'other rooms are reached through their index.ts'
  if (!from) return undefined
  return ROOMS[from]?.includes(room) ? undefined : `${from} may use: ${ROOMS[from]?.join(', ') || 'no other room'}`
}

function upwardFault(file: string, to: string): string | undefined {
  const top = /^src\/[^/]+\.ts$/.test(to) && to !== 'src/config.ts'
  return top && within(file, 'src/features/') ? 'a room does not know the house it stands in' : undefined
}

function packageFault(file: string, name: string): string | undefined {
  if (isTest(file)) return undefined
  if (within(file, 'src/core/'))
    return name.startsWith('node:') || name === 'zod' ? undefined : 'core needs no package but zod'
  if (isRule(file)) return name === 'zod' ? undefined : 'rules import core, zod and rules only'
  const database = /^(#prisma|#kysely|pg|kysely|@prisma\/.+|@electric-sql\/.+)$/.test(name)
  return database && within(file, 'src/features/') && !isStore(file)
    ? "only a room's store.ts touches the database"
    : undefined
}

const IMPURE: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\(|\bnew Date\(\s*\)|\bperformance\.now\(/, 'a rule has no clock'],
  [/\bMath\.random\(|\brandomUUID\(|\bgetRandomValues\(/, 'a rule has no chance'],
  [/\bfetch\(|\bprocess\.|\bsetTimeout\(/, 'a rule does nothing']
]
/** Asking the database; handing a client on to a store is fine. */
const DATABASE =
  /\$(query|execute)Raw|\b(tx|prisma)\s*\.\s*[a-z]\w*\s*\.\s*(find|create|update|upsert|delete|count|aggregate|groupBy)|\bdb\s*\.\s*query\b|\bkysely\s*\./

function wordFaults(file: string, code: string): string[] {
  if (isTest(file)) return []
  const faults: string[] = []
  if (isRule(file)) faults.push(...IMPURE.filter(([pattern]) => pattern.test(code)).map(([, fault]) => fault))
  if (within(file, 'src/features/') && !isStore(file) && DATABASE.test(code)) {
    faults.push("only a room's store.ts touches the database")
  }
  if (
    /\bconsole\s*\.\s*\w+\(/.test(code) &&
    file !== 'src/platform/console-log.ts' &&
    !within(file, 'src/sandbox/page/')
  ) {
    faults.push('writes to the console: use scope.log')
  }
  return faults
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1')
}
